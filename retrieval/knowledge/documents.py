"""The documents: one pydantic model per kind, and the sections of their text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
PartialDate = Annotated[
    str,
    BeforeValidator(str),  # a bare year is a number to YAML
    StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
]
Language = Literal["en", "fa"]
Tier = Literal["official", "research", "reporting", "practitioner", "partisan"]
Kind = Literal["article", "guidance", "tool", "platform", "contact"]
SectionRole = Literal["fact", "do", "avoid"]
# YAML reads a bare yes or no as a truth value; the fields below mean the words.
_SECTION_MARK = re.compile(r"\s*\{#([^{}\s]+)\}\s*$")
_word = BeforeValidator(lambda value: {True: "yes", False: "no"}.get(value, value))


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Model):
    """Where a document's facts come from. ``key`` is what ``[^key]`` in the text points to."""

    key: Slug | None = None
    publisher: Text
    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None
    date: PartialDate | None
    tier: Tier
    licence: Text


# What lint asks a person to weigh, and a person may have weighed.
Weighed = Literal["reading-level", "single-source", "undated-number"]


class Accepted(_Model):
    """A finding of lint that was weighed and left, in one section or in the whole document."""

    lint: Weighed
    section: Text | None = None
    why: Text


class Header(_Model):
    """Front matter common to all kinds."""

    id: Slug
    language: Language
    title: Text
    summary: Text
    topics: tuple[Slug, ...] = Field(min_length=1)
    as_of: dt.date
    reviewed: dt.date
    review_by: dt.date
    sources: tuple[Source, ...] = Field(min_length=1)
    questions: tuple[Text, ...] = ()
    accepted: tuple[Accepted, ...] = ()


class ArticleHeader(Header):
    """A digest of one article."""

    kind: Literal["article"]


class GuidanceHeader(Header):
    """Advice. ``urgent`` marks the document that comes first when that is happening now."""

    kind: Literal["guidance"]
    urgent: Literal["door", "arrest", "help"] | None = None


class Audit(_Model):
    """An outside examination: when, by whom, and the key of the source that says so.

    ``of`` is what was examined, where that is not the whole tool.
    """

    date: PartialDate
    by: Text
    of: Text | None = None
    source: Slug


class MessengerFacts(_Model):
    """What messengers are compared by; None where no source tells.

    ``group_size`` is the most people that one group holds; where its makers set no limit and only
    advise against more, ``group_limit`` is ``advised``. ``hides_number`` is ``yes`` where nobody
    ever sees a number, ``optional`` where people can hide it from each other.
    """

    group_size: Annotated[int, Field(gt=0)] | None = None
    group_limit: Annotated[Literal["fixed", "advised"], _word] = "fixed"
    calls: Annotated[Literal["no", "voice", "voice-and-video"], _word] | None = None
    hides_number: Annotated[Literal["yes", "optional", "no"], _word] | None = None


# The fields of a tool card that become a sentence where ``cites`` names their source.
CitedField = Literal[
    "operator",
    "end_to_end",
    "phone_number",
    "hides_number",
    "group_size",
    "calls",
    "works_offline",
    "open_source",
    "audits",
]


class ToolHeader(Header):
    """A tool card: what it is for, what its operator sees, where to get it.

    The texts may carry ``[^key]`` like any sentence. ``operator`` is who makes the tool and runs
    its servers, ``countries`` the ISO 3166 codes of where from: both empty where nobody does, or
    nobody knows. ``cites`` names, for each typed value, the keys of the sources that tell it.
    """

    kind: Literal["tool"]
    name: Text
    purpose: tuple[
        Literal[
            "messenger",
            "vpn",
            "proxy",
            "browser",
            "two-factor",
            "passwords",
            "offline",
            "file-sharing",
            "app-store",
            "metadata",
            "system",
        ],
        ...,
    ] = Field(min_length=1)
    end_to_end: Annotated[Literal["yes", "no", "optional", "not-applicable"], _word]
    phone_number: Annotated[Literal["required", "optional", "no"], _word]
    works_offline: Annotated[Literal["yes", "no", "partly"], _word]
    open_source: Annotated[Literal["yes", "no", "partly"], _word]
    operator: Text | None = None
    countries: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = ()
    audits: tuple[Audit, ...] = ()
    messenger: MessengerFacts = MessengerFacts()
    operator_sees: Text
    does_not_protect: Text | None = None
    get_it: tuple[Text, ...] = ()
    known_problems: tuple[Text, ...] = ()
    cites: dict[CitedField, tuple[Slug, ...]] = {}


class PlatformEvent(_Model):
    """A dated event in the life of a platform. ``also`` are further sources that it stands on."""

    date: PartialDate
    what: Text
    by: Text
    source: Slug
    also: tuple[Slug, ...] = ()


class PlatformHeader(Header):
    """A platform and what happened to it. ``exposes`` are the sections of the text that tell what
    using it or running something there has exposed people to."""

    kind: Literal["platform"]
    name: Text
    operator: Text
    events: tuple[PlatformEvent, ...] = ()
    exposes: tuple[Slug, ...] = ()


class ContactHeader(Header):
    """A help desk: how to reach it, in which languages, what it does and does not do."""

    kind: Literal["contact"]
    name: Text
    channels: tuple[Text, ...] = Field(min_length=1)
    languages: tuple[str, ...] = ()
    hours: Text | None = None
    does: tuple[Text, ...] = ()
    does_not: tuple[Text, ...] = ()
    verified: dt.date | None = None


AnyHeader = Annotated[
    ArticleHeader | GuidanceHeader | ToolHeader | PlatformHeader | ContactHeader,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item: its plain text, and where ``[^key]`` marks stood in it.

    A mark is ``(offset, key)``: the offset in ``text`` after which the mark stood.
    """

    text: str
    line: int
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading. ``path`` holds the headings above it, outermost first."""

    id: str
    heading: str
    path: tuple[str, ...]
    role: SectionRole
    line: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question people ask, and the section that answers it where the document says which."""

    text: str
    section: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the knowledge folder in one language. ``path`` is relative to the folder."""

    path: str
    header: AnyHeader
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        return self.header.id

    @property
    def language(self) -> Language:
        return self.header.language

    @property
    def questions(self) -> tuple[AskedQuestion, ...]:
        """The questions of the header; ``{#section-id}`` at the end names a section."""
        asked = []
        for text in self.header.questions:
            match = _SECTION_MARK.search(text)
            asked.append(
                AskedQuestion(text[: match.start()], match.group(1))
                if match
                else AskedQuestion(text, None)
            )
        return tuple(asked)

    def source(self, key: str | None) -> Source:
        """Return the source named ``key``; the first one where ``key`` is None or unknown."""
        for source in self.header.sources:
            if key is not None and source.key == key:
                return source
        return self.header.sources[0]
