"""Where somebody is in a flow, and what a button press says: plain data, ready to be stored.

A state holds ids of a flow, its steps and options, and the digest of the flow's content. It holds
nothing that a person wrote.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

PressKind = Literal["choose", "done", "skip", "back", "restart", "stop"]
_CODES: dict[str, PressKind] = {
    "c": "choose",
    "d": "done",
    "s": "skip",
    "b": "back",
    "r": "restart",
    "x": "stop",
}
_CODE_OF = {kind: code for code, kind in _CODES.items()}


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what it does, at which step it stood ("" under a result), with which option."""

    kind: PressKind
    step: str = ""
    option: str = ""

    def to_data(self) -> str:
        """Return the press as button data of at most 39 bytes."""
        return f"{_CODE_OF[self.kind]}:{self.step}:{self.option}"

    @classmethod
    def from_data(cls, data: str) -> Press | None:
        """Read what ``to_data`` wrote; return None where it is not that."""
        parts = data.split(":")
        if len(parts) != 3 or parts[0] not in _CODES:
            return None
        return cls(_CODES[parts[0]], parts[1], parts[2])


@dataclass(frozen=True, slots=True)
class Answered:
    """What was chosen at a step: no option where it was skipped."""

    step: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Where somebody is: what was answered, in that order, and what is ``ticked`` at the open step
    where several may be picked. ``stopped`` flows answer no press but a restart."""

    flow: str
    digest: str
    answers: tuple[Answered, ...] = ()
    ticked: tuple[str, ...] = ()
    stopped: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the state as an object of lists, texts and truth values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> State:
        """Read what ``to_json`` wrote; raise ``KeyError`` or ``TypeError`` if it is not that."""
        return cls(
            flow=value["flow"],
            digest=value["digest"],
            answers=tuple(Answered(a["step"], tuple(a["options"])) for a in value["answers"]),
            ticked=tuple(value["ticked"]),
            stopped=value["stopped"],
        )
