"""Every fault of the knowledge folder at once: each document alone, then all of them together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from retrieval.knowledge.documents import Document
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.markdown import FrontMatter, read_front_matter
from retrieval.knowledge.reading import Knowledge
from retrieval.knowledge.shared_files import Topic
from retrieval.knowledge.typography import typography_faults

_FOLDER_OF_KIND = {
    "article": "articles",
    "guidance": "guidance",
    "tool": "tools",
    "platform": "platforms",
    "contact": "contacts",
}
_LANGUAGES = ("en", "fa")
_MARKUP = re.compile(r"\]\(|<https?:|\*\*")


def lint(knowledge: Knowledge, topics: Iterable[Topic], today: dt.date) -> list[Fault]:
    """Return every fault of ``knowledge``, those found while reading included, sorted by place."""
    known = {topic.id for topic in topics}
    faults = list(knowledge.faults)
    for document in knowledge.documents:
        lines = _FieldLines(knowledge.folder / document.path)
        faults += _name_faults(document)
        faults += _date_faults(document, lines, today)
        faults += _topic_faults(document, lines, known)
        faults += _source_faults(document, lines)
        faults += _question_faults(document, lines)
        faults += typography_faults(document, lines.of)
    unread = {Path(fault.path).name for fault in knowledge.faults}
    faults += _translation_faults(knowledge.documents, unread)
    return sorted(set(faults))


class _FieldLines:
    """The lines on which a document's front matter fields stand, read when first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _front(self) -> FrontMatter:
        return read_front_matter(self._path.read_text(encoding="utf-8-sig"))[0]

    def of(self, *place: str | int) -> int:
        return self._front.line_of(place)


def _name_faults(document: Document) -> Iterator[Fault]:
    kind = document.header.kind
    path = Path(document.path)
    expected = f"{document.id}.{document.language}.md"
    if path.name != expected:
        yield Fault(
            document.path,
            2,
            f"The file name does not match the id `{document.id}` and language.",
            f"Rename the file to {expected}, or correct `id:` and `language:`.",
        )
    if len(path.parts) > 1 and path.parts[0] in _FOLDER_OF_KIND.values():
        folder = _FOLDER_OF_KIND[kind]
        if path.parts[0] != folder:
            yield Fault(
                document.path,
                3,
                f"A document of kind {kind} stands in {path.parts[0]}/.",
                f"Move it to {folder}/, or correct `kind:`.",
            )


def _date_faults(document: Document, lines: _FieldLines, today: dt.date) -> Iterator[Fault]:
    header = document.header
    if header.as_of > today:
        yield Fault(
            document.path,
            lines.of("as_of"),
            f"`as_of` ({header.as_of}) is in the future.",
            "Write the day on which the facts held.",
        )
    if header.reviewed > today:
        yield Fault(
            document.path,
            lines.of("reviewed"),
            f"`reviewed` ({header.reviewed}) is in the future.",
            "Write the day it was last read against its sources.",
        )
    if header.review_by <= header.reviewed:
        yield Fault(
            document.path,
            lines.of("review_by"),
            f"`review_by` ({header.review_by}) is not after `reviewed` ({header.reviewed}).",
            "Write a later day: six months is usual.",
        )
    elif header.review_by < today:
        yield Fault(
            document.path,
            lines.of("review_by"),
            f"Stale: the review was due on {header.review_by}.",
            "Read it against its sources, then set `reviewed` and `review_by`.",
            "warning",
        )


def _topic_faults(document: Document, lines: _FieldLines, known: set[str]) -> Iterator[Fault]:
    for number, topic in enumerate(document.header.topics):
        if known and topic not in known:
            yield Fault(
                document.path,
                lines.of("topics", number),
                f"The topic `{topic}` is not in topics.yaml.",
                f"Use one of: {', '.join(sorted(known))}.",
            )


def _source_faults(document: Document, lines: _FieldLines) -> Iterator[Fault]:
    sources = document.header.sources
    keys = [source.key for source in sources]
    for number, key in enumerate(keys):
        if len(sources) > 1 and key is None:
            yield Fault(
                document.path,
                lines.of("sources", number),
                "One of several sources has no `key`.",
                "Add `key: short-name`, and put [^short-name] after the sentences it carries.",
            )
        if key is not None and key in keys[:number]:
            yield Fault(
                document.path,
                lines.of("sources", number, "key"),
                f"The source key `{key}` is used twice.",
                "Give each source its own key.",
            )
    if document.header.kind == "platform":
        for number, event in enumerate(document.header.events):
            if event.source not in keys:
                yield Fault(
                    document.path,
                    lines.of("events", number, "source"),
                    f"The event's source `{event.source}` is not among the sources.",
                    f"Use one of: {', '.join(key for key in keys if key)}.",
                )
    for section in document.sections:
        for block in section.blocks:
            for _, key in block.marks:
                if key not in keys:
                    yield Fault(
                        document.path,
                        block.line,
                        f"[^{key}] points to no source.",
                        "Add a source with that key, or correct the mark.",
                    )
            if _MARKUP.search(block.text):
                yield Fault(
                    document.path,
                    block.line,
                    "The text holds mark-up that a chat message cannot show.",
                    "Write plain sentences; addresses as plain text.",
                    "warning",
                )
        if len(sources) > 1 and not any(block.marks for block in section.blocks):
            yield Fault(
                document.path,
                section.line,
                f"The section «{section.heading}» does not say which source it stands on.",
                "Put [^key] after its sentences.",
                "warning",
            )


def _question_faults(document: Document, lines: _FieldLines) -> Iterator[Fault]:
    sections = {section.id for section in document.sections}
    for number, question in enumerate(document.questions):
        if question.section is not None and question.section not in sections:
            yield Fault(
                document.path,
                lines.of("questions", number),
                f"The question names the section `{question.section}`, which is not there.",
                f"Use one of: {', '.join(sorted(sections))}.",
            )


def _translation_faults(documents: Iterable[Document], unread: set[str]) -> Iterator[Fault]:
    """``unread`` are the names of files at fault: they are there, only not fit to be compared."""
    by_id: dict[str, dict[str, Document]] = {}
    for document in documents:
        by_id.setdefault(document.id, {})[document.language] = document
    for document_id, versions in by_id.items():
        for language in _LANGUAGES:
            if language not in versions and f"{document_id}.{language}.md" not in unread:
                present = next(iter(versions.values()))
                yield Fault(
                    present.path,
                    1,
                    f"`{document_id}` has no version in {language}.",
                    f"Write {document_id}.{language}.md beside it.",
                    "warning",
                )
        if len(versions) == len(_LANGUAGES):
            yield from _pair_faults(versions["en"], versions["fa"])


def _pair_faults(english: Document, persian: Document) -> Iterator[Fault]:
    ours = [section.id for section in english.sections]
    theirs = [section.id for section in persian.sections]
    for section in persian.sections:
        if section.id not in ours:
            yield Fault(
                persian.path,
                section.line,
                f"The section `{section.id}` is not in the English version.",
                "Give both the same `{#id}`, or translate the section.",
                "warning",
            )
    for section in english.sections:
        if section.id not in theirs:
            yield Fault(
                english.path,
                section.line,
                f"The section `{section.id}` is not in the Persian version.",
                "Give both the same `{#id}`, or translate the section.",
                "warning",
            )
    if english.header.as_of != persian.header.as_of:
        yield Fault(
            persian.path,
            1,
            f"`as_of` is {persian.header.as_of} here and {english.header.as_of} in English.",
            "Bring the older version up to the newer one.",
            "warning",
        )
    if english.header.kind != persian.header.kind:
        yield Fault(
            persian.path,
            1,
            f"`kind` is {persian.header.kind} here and {english.header.kind} in English.",
            "Write the same kind in both.",
        )
