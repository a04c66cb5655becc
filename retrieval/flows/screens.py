"""What is shown of a flow, in one language: a question, or one of three kinds of result.

Every ``Statement`` is a sentence of a passage, letter for letter; its numbers point into the
``citations`` of the same screen. All other texts are the flow's own questions and labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from retrieval.answering.answer import Citation, Statement
from retrieval.flows.state import Press
from retrieval.knowledge.documents import Language


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a question, and whether it is ticked."""

    press: Press
    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A step as it is asked: number ``number`` of at most ``total``.

    ``first`` are statements to be shown before the question, at once: somebody is in danger.
    ``opening`` is said above the first question only. ``skip``, ``done`` and ``back`` are the
    presses of those buttons, None where they make no sense.
    """

    flow: str
    language: Language
    title: str
    step: str
    text: str
    choices: tuple[Choice, ...]
    multiple: bool
    number: int
    total: int
    skip: Press | None
    done: Press | None
    back: Press | None
    opening: str | None = None
    first: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaLevel:
    """How far along an area is. ``share`` is 0 to 100 per cent of the points that the answered
    questions could give; it and the level are None where none of them was answered. ``step`` is
    the level's position, from 0, of ``steps``."""

    id: str
    label: str
    level: str | None
    level_label: str | None
    share: int | None
    step: int | None
    steps: int


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """A piece of advice, and the statements it stands on."""

    id: str
    label: str
    area: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where somebody stands, what helps most today, and the rest as a list to keep."""

    flow: str
    language: Language
    title: str
    areas: tuple[AreaLevel, ...]
    top: tuple[ShownAdvice, ...]
    rest: tuple[ShownAdvice, ...]
    back: Press | None
    closing: str | None
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """Statements under a title; to be ticked off where it is a checklist."""

    id: str
    title: str
    checklist: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The steps for exactly what was answered, block by block, the most urgent first."""

    flow: str
    language: Language
    title: str
    blocks: tuple[ShownBlock, ...]
    back: Press | None
    closing: str | None
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of one tool. ``value`` is a short text, None where no source tells; ``statement``
    says the same as a sentence with its sources. ``fits``: whether it is what somebody wants, None
    where they did not ask for it or nobody knows."""

    field: str
    label: str
    value: str | None
    statement: Statement | None
    fits: bool | None


@dataclass(frozen=True, slots=True)
class ShownTool:
    """A tool: its lines in the order of the comparison, how many wants it meets, and what it does
    not protect. ``document`` is the id of its card."""

    document: str
    name: str
    cells: tuple[Cell, ...]
    met: int
    limits: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What somebody ``uses`` and the ``options`` they could go to, out of ``wanted`` wants each."""

    flow: str
    language: Language
    title: str
    uses: tuple[ShownTool, ...]
    options: tuple[ShownTool, ...]
    wanted: int
    blocks: tuple[ShownBlock, ...]
    back: Press | None
    closing: str | None
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The flow was stopped; only a restart leads on."""

    flow: str
    language: Language
    title: str


Screen = Question | Plan | Case | Comparison | Stopped


@dataclass(frozen=True, slots=True)
class AreaChange:
    """An area before and after; ``direction`` is None where either was not answered."""

    before: AreaLevel
    after: AreaLevel
    direction: Literal["up", "down", "same"] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two plans: the areas, the labels of advice that is no longer needed and
    of advice that is new."""

    areas: tuple[AreaChange, ...]
    settled: tuple[str, ...]
    fresh: tuple[str, ...]
