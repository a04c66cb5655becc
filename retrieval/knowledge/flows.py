"""Flows: guided conversations as data. One file a flow, every text in both languages side by side.

A flow asks steps, by buttons only, and ends in a result of one of three kinds: a ``plan`` (areas
with levels, and the advice that helps most), a ``case`` (blocks of quoted statements for what was
answered) or a ``comparison`` (tools held side by side). What it says about the world stands in
passages that it refers to; its own texts only ask and label.
"""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from retrieval.knowledge.conditions import Condition
from retrieval.knowledge.documents import CitedField, Language, Slug, Text

# Ids travel in the data of a button, of which Telegram takes 64 bytes.
FlowId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z0-9]+)*$", max_length=14)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=18)]
_SHORT_QUOTE = re.compile(r"^([^:\s]+)(?::\s*(\d+(?:\s*,\s*\d+)*))?$")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(_Model):
    """A text in every language."""

    en: Text
    fa: Text

    def of(self, language: Language) -> str:
        """Return the text in ``language``."""
        return self.fa if language == "fa" else self.en


def _spelt_out(value: Any) -> Any:
    """Return a quote with its short form ``document#section:1,3`` taken apart."""
    if isinstance(value, str):
        value = {"passage": value}
    match = _SHORT_QUOTE.match(str(value.get("passage"))) if isinstance(value, dict) else None
    if match is None or match.group(2) is None:
        return value
    numbers = [int(number) for number in match.group(2).split(",")]
    return {**value, "passage": match.group(1), "sentences": numbers}


class Quote(_Model):
    """Sentences of a section, shown letter for letter.

    ``passage`` is ``document#section``; ``sentences`` are numbers from 1 within the section, all
    of them where none is given. ``when`` says whom it is shown to.
    """

    passage: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#[^\s#:]+$")]
    sentences: tuple[Annotated[int, Field(gt=0)], ...] = ()
    when: Condition | None = None

    @property
    def document(self) -> str:
        return self.passage.partition("#")[0]


_Quote = Annotated[Quote, BeforeValidator(_spelt_out)]


class Want(_Model):
    """What somebody wants of a tool: a typed field that is one of ``among``, or a number of at
    least ``least``. Where the card does not say so, one of ``instead`` will do."""

    field: CitedField
    among: tuple[str, ...] = ()
    least: int | None = None
    instead: tuple[Want, ...] = ()


class Option(_Model):
    """A button. ``alone`` unticks all others where several may be picked.

    ``points`` count for areas of a plan; ``helps`` are advice for who chose it, ``lacks`` for who
    answered and did not. ``at_once`` is shown before anything else is asked. ``tool`` and
    ``wants`` serve comparisons.
    """

    id: Id
    label: Both
    alone: bool = False
    points: dict[Id, Annotated[int, Field(ge=0)]] = {}
    helps: tuple[Id, ...] = ()
    lacks: tuple[Id, ...] = ()
    at_once: tuple[_Quote, ...] = ()
    tool: Slug | None = None
    wants: tuple[Want, ...] = ()


class Step(_Model):
    """A question with its options, asked where ``when`` holds."""

    id: Id
    text: Both
    options: tuple[Option, ...] = Field(min_length=1)
    multiple: bool = False
    skip: bool = False
    when: Condition | None = None

    def option(self, option_id: str) -> Option | None:
        """Return the option of that id, if there is one."""
        return next((option for option in self.options if option.id == option_id), None)


class Area(_Model):
    """One of the things a plan looks at."""

    id: Id
    label: Both


class Level(_Model):
    """A name for how far along an area is: from this per cent of its points upwards."""

    id: Id
    label: Both
    at_least: Annotated[int, Field(ge=0, le=100)]


class Advice(_Model):
    """Something to do: a short label, and the statements it stands on. ``weight`` is how much it
    helps, 3 the most."""

    id: Id
    label: Both
    area: Id
    weight: Annotated[int, Field(ge=1, le=3)]
    quotes: tuple[_Quote, ...] = Field(min_length=1)


class Block(_Model):
    """Statements under a title. ``checklist`` blocks are lists to tick off."""

    id: Id
    title: Both
    quotes: tuple[_Quote, ...] = Field(min_length=1)
    when: Condition | None = None
    checklist: bool = False


class _Result(_Model):
    title: Both
    closing: Both | None = None


class PlanResult(_Result):
    """Areas with levels; the ``top`` pieces of advice first, then the rest."""

    kind: Literal["plan"]
    areas: tuple[Area, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    top: Annotated[int, Field(gt=0)] = 3
    advice: tuple[Advice, ...] = Field(min_length=1)


class CaseResult(_Result):
    """Blocks of statements, in order."""

    kind: Literal["case"]
    blocks: tuple[Block, ...] = Field(min_length=1)


class ComparisonResult(_Result):
    """Tools side by side: at most ``most`` of ``candidates``, by how many wants they meet, then in
    the order given. ``fields`` are the lines; ``limits`` is the section of a card that says what
    the tool does not protect; ``blocks`` follow."""

    kind: Literal["comparison"]
    candidates: tuple[Slug, ...] = Field(min_length=1)
    fields: tuple[CitedField, ...] = Field(min_length=1)
    limits: str
    most: Annotated[int, Field(gt=1)] = 3
    blocks: tuple[Block, ...] = ()


FlowResult = Annotated[PlanResult | CaseResult | ComparisonResult, Field(discriminator="kind")]


class Flow(_Model):
    """A guided conversation. ``opening`` is said above the first question."""

    id: FlowId
    title: Both
    opening: Both
    steps: tuple[Step, ...] = Field(min_length=1)
    result: FlowResult

    @property
    def digest(self) -> str:
        """Identifies the content: an answer given to another version may not fit this one."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def step(self, step_id: str) -> Step | None:
        """Return the step of that id, if there is one."""
        return next((step for step in self.steps if step.id == step_id), None)
