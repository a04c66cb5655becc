"""Whether the versions of a document say the same, and are of the same day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from retrieval.knowledge.documents import Document, Section
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.lines import FieldLines
from retrieval.language.sentences import sentence_spans

LANGUAGES = ("en", "fa")
# A version may tell in two sentences what the other tells in one, not more.
MOST_APART = 1  # sentences of a section
_DATES = ("as_of", "reviewed", "review_by")
# Fields that hold no text: they are the same in every language.
_VALUES = (
    "topics",
    "urgent",
    "purpose",
    "end_to_end",
    "phone_number",
    "works_offline",
    "open_source",
    "countries",
    "messenger",
    "cites",
    "languages",
    "verified",
)


def translation_faults(
    documents: Iterable[Document], unread: set[str], lines: dict[str, FieldLines]
) -> Iterator[Fault]:
    """Yield what a version lacks or holds otherwise. ``unread`` are the names of files at fault:
    they are there, only not fit to be compared; ``lines`` are by the path of the document."""
    by_id: dict[str, dict[str, Document]] = {}
    for document in documents:
        by_id.setdefault(document.id, {})[document.language] = document
    for document_id, versions in by_id.items():
        for language in LANGUAGES:
            if language not in versions and f"{document_id}.{language}.md" not in unread:
                present = next(iter(versions.values()))
                yield _fault(
                    present,
                    1,
                    f"`{document_id}` has no version in {language}.",
                    f"Write {document_id}.{language}.md beside it.",
                )
        if len(versions) == len(LANGUAGES):
            english, persian = versions["en"], versions["fa"]
            yield from _header_faults(english, persian, lines[persian.path])
            yield from _missing(english, persian, "Persian")
            yield from _missing(persian, english, "English")
            yield from _section_faults(english, persian)


def _fault(document: Document, line: int, problem: str, mend: str) -> Fault:
    return Fault(document.path, line, problem, mend, "warning", "translation")


def _header_faults(english: Document, persian: Document, lines: FieldLines) -> Iterator[Fault]:
    ours, theirs = english.header, persian.header
    if ours.kind != theirs.kind:
        yield Fault(
            persian.path,
            lines.of("kind"),
            f"`kind` is {theirs.kind} here and {ours.kind} in English.",
            "Write the same kind in both.",
            lint="translation",
        )
        return
    for name in _DATES:
        here, there = getattr(theirs, name), getattr(ours, name)
        if here != there:
            yield _fault(
                persian,
                lines.of(name),
                f"`{name}` is {here} here and {there} in English.",
                "Bring the older version up to the newer one.",
            )
    for name in _VALUES:
        if getattr(ours, name, None) != getattr(theirs, name, None):
            yield _fault(
                persian,
                lines.of(name),
                f"`{name}` is not the same as in English.",
                "Write the same value in both.",
            )
    if _source_values(english) != _source_values(persian):
        yield _fault(
            persian,
            lines.of("sources"),
            "The sources are not those of the English version.",
            "List the same sources, with the same keys, addresses, dates, tiers and licences.",
        )
    if _event_values(english) != _event_values(persian):
        yield _fault(
            persian,
            lines.of("events"),
            "The events are not those of the English version.",
            "List the same events, with the same dates and sources.",
        )


def _source_values(document: Document) -> list[tuple[str | None, ...]]:
    return [(s.key, s.url, s.date, s.tier, s.licence) for s in document.header.sources]


def _event_values(document: Document) -> list[Any]:
    events = document.header.events if document.header.kind == "platform" else ()
    return [(event.date, event.source) for event in events]


def _missing(document: Document, other: Document, language: str) -> Iterator[Fault]:
    there = {section.id for section in other.sections}
    for section in document.sections:
        if section.id not in there:
            yield _fault(
                document,
                section.line,
                f"The section `{section.id}` is not in the {language} version.",
                "Give both the same `{#id}`, or translate the section.",
            )


def _section_faults(english: Document, persian: Document) -> Iterator[Fault]:
    there = {section.id: section for section in english.sections}
    for section in persian.sections:
        if section.id not in there:
            continue
        other = there[section.id]
        if section.role != other.role:
            yield _fault(
                persian,
                section.line,
                f"The section `{section.id}` is `{section.role}` here, `{other.role}` in English.",
                "Put the same `.do` or `.avoid` on both headings, or neither.",
            )
        if differing := _keys(section) ^ _keys(other):
            yield _fault(
                persian,
                section.line,
                f"The section `{section.id}` stands on other sources than in English: "
                f"{', '.join(sorted(differing))}.",
                "Let both say the same, each sentence with its [^key].",
            )
        elif abs(_sentences(section) - _sentences(other)) > MOST_APART:
            yield _fault(
                persian,
                section.line,
                f"The section `{section.id}` has {_sentences(section)} sentences here and "
                f"{_sentences(other)} in English.",
                "Let both say the same, no more and no less.",
            )


def _keys(section: Section) -> set[str]:
    return {key for block in section.blocks for _, key in block.marks}


def _sentences(section: Section) -> int:
    return sum(len(sentence_spans(block.text)) for block in section.blocks)
