"""A document laid out for reading: its sections as statements with citations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from retrieval.answering.about import about
from retrieval.answering.answer import Citation, Statement
from retrieval.answering.compose import Citations, Span, spans_of
from retrieval.knowledge.documents import AnyHeader, Kind, Language, PlatformHeader, SectionRole
from retrieval.passages import Passage

TIMELINE = "timeline"
# Of a document that is not a platform or a contact, sections open until this many characters: about
# one and a half phone screens.
OPENING = 900


@dataclass(frozen=True, slots=True)
class Heading:
    """A section that is not shown yet."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its statements, in reading order."""

    section: str
    heading: str
    role: SectionRole
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some sections of a document, and the headings of the ``others``.

    ``language`` is the one asked for; where the document is not in it, ``notices`` say so.
    ``verified`` is the day a contact was last tried, None for one never tried and for other kinds.
    """

    document: str
    kind: Kind
    language: Language
    title: str
    parts: tuple[Part, ...]
    others: tuple[Heading, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    verified: dt.date | None = None


def section_of(passage: Passage) -> str:
    """Return the id of the section that ``passage`` is a piece of."""
    return passage.key.partition("#")[2].rpartition(".")[0]


def opening(header: AnyHeader | None, passages: Sequence[Passage]) -> set[str]:
    """Return the sections that a document shows first.

    Of a platform: how things stand, what happened, and what it has exposed people to. Of a contact:
    everything. Of others: the first sections, as many as a phone shows at once.
    """
    sections = list(dict.fromkeys(section_of(passage) for passage in passages))
    kind = passages[0].kind
    if kind == "contact":
        return set(sections)
    if isinstance(header, PlatformHeader):
        return {*sections[:1], TIMELINE, *header.exposes}
    shown: set[str] = set()
    used = 0
    for section in sections:
        used += sum(len(p.text) for p in passages if section_of(p) == section)
        if shown and used > OPENING:
            break
        shown.add(section)
    return shown


def laid_out(
    header: AnyHeader | None,
    passages: Sequence[Passage],
    sections: Collection[str],
    language: Language,
    today: dt.date,
) -> Sheet:
    """Return the ``sections`` of the document that ``passages`` (at least one) make up.

    A platform's timeline comes right after its first section.
    """
    by_section: dict[str, list[Passage]] = {}
    for passage in passages:
        by_section.setdefault(section_of(passage), []).append(passage)
    order = list(by_section)
    if TIMELINE in order:
        order.remove(TIMELINE)
        order.insert(1, TIMELINE)
    numbered = Citations()
    shown: list[Span] = []
    parts = []
    for section in order:
        if section not in sections:
            continue
        spans = [span for passage in by_section[section] for span in spans_of(passage)]
        shown += spans
        first = by_section[section][0]
        statements = tuple(numbered.statement(span) for span in spans)
        parts.append(Part(section, first.section, first.role, statements))
    verified = header.verified if header is not None and header.kind == "contact" else None
    return Sheet(
        document=passages[0].document,
        kind=passages[0].kind,
        language=language,
        title=passages[0].title,
        parts=tuple(parts),
        others=tuple(
            Heading(section, by_section[section][0].section)
            for section in order
            if section not in sections
        ),
        citations=numbered.all(),
        notices=tuple(about(shown, language, today)) if shown else (),
        verified=verified,
    )
