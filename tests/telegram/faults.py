"""Faults that a test scripts: what goes wrong, in which method, for whom, how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["too_many", "server_error", "slow", "drop_before", "drop_after", "not_json"]


@dataclass
class Fault:
    """One fault.

    too_many: 429 with ``retry_after``; server_error: ``code`` with an HTML page, as a gateway
    sends it; slow: no answer for ``seconds``; drop_before / drop_after: the connection is cut
    before or after the request is carried out; not_json: 200 with rubbish.
    """

    kind: Kind
    method: str
    times: int = 1
    chat: int | None = None
    retry_after: int = 1
    code: int = 502
    seconds: float = 1.0

    def meets(self, method: str, chat: int | None) -> bool:
        """Whether this fault strikes a call now."""
        return self.times > 0 and self.method == method and self.chat in {None, chat}


class Faults:
    """The faults still to come, in the order they were scripted."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Script a fault."""
        self._faults.append(fault)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Return the fault that strikes this call and count it, or None."""
        for fault in self._faults:
            if fault.meets(method, chat):
                fault.times -= 1
                return fault
        return None
