"""Every fault of the knowledge folder at once: each document alone, then all of them together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from retrieval.knowledge.claims import claim_findings
from retrieval.knowledge.documents import Document, Kind
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.flow_checks import flow_faults
from retrieval.knowledge.lines import FieldLines
from retrieval.knowledge.readability import reading_findings
from retrieval.knowledge.reading import Knowledge
from retrieval.knowledge.shared_files import Topic
from retrieval.knowledge.sourcing import source_faults
from retrieval.knowledge.translations import translation_faults
from retrieval.knowledge.typography import typography_faults
from retrieval.knowledge.weighing import unweighed

FOLDERS: dict[Kind, str] = {
    "article": "articles",
    "guidance": "guidance",
    "tool": "tools",
    "platform": "platforms",
    "contact": "contacts",
}


def lint(knowledge: Knowledge, topics: Iterable[Topic], today: dt.date) -> list[Fault]:
    """Return every fault of ``knowledge``, those found while reading included, sorted by place."""
    known = {topic.id for topic in topics}
    faults = list(knowledge.faults)
    lines = {d.path: FieldLines(knowledge.folder / d.path) for d in knowledge.documents}
    for document in knowledge.documents:
        own = lines[document.path]
        faults += _name_faults(document)
        faults += _date_faults(document, own, today)
        faults += _topic_faults(document, own, known)
        faults += _question_faults(document, own)
        faults += source_faults(document, own)
        faults += typography_faults(document, own)
        findings = [*claim_findings(document, own), *reading_findings(document)]
        faults += unweighed(document, findings, own)
    unread = {Path(fault.path).name for fault in knowledge.faults}
    faults += translation_faults(knowledge.documents, unread, lines)
    faults += flow_faults(knowledge.flows, knowledge.documents)
    return sorted(set(faults))


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
            lint="name",
        )
    if len(path.parts) > 1 and path.parts[0] in FOLDERS.values() and path.parts[0] != FOLDERS[kind]:
        yield Fault(
            document.path,
            3,
            f"A document of kind {kind} stands in {path.parts[0]}/.",
            f"Move it to {FOLDERS[kind]}/, or correct `kind:`.",
            lint="name",
        )


def _date_faults(document: Document, lines: FieldLines, today: dt.date) -> Iterator[Fault]:
    header = document.header
    if header.as_of > today:
        yield Fault(
            document.path,
            lines.of("as_of"),
            f"`as_of` ({header.as_of}) is in the future.",
            "Write the day on which the facts held.",
            lint="date",
        )
    if header.reviewed > today:
        yield Fault(
            document.path,
            lines.of("reviewed"),
            f"`reviewed` ({header.reviewed}) is in the future.",
            "Write the day it was last read against its sources.",
            lint="date",
        )
    for number, source in enumerate(header.sources):
        if (source.date or "") > today.isoformat():
            yield Fault(
                document.path,
                lines.of("sources", number, "date"),
                f"The source's date ({source.date}) is in the future.",
                "Write the day it was published.",
                lint="date",
            )
    if header.review_by <= header.reviewed:
        yield Fault(
            document.path,
            lines.of("review_by"),
            f"`review_by` ({header.review_by}) is not after `reviewed` ({header.reviewed}).",
            "Write a later day: six months is usual.",
            lint="date",
        )
    elif header.review_by < today:
        yield Fault(
            document.path,
            lines.of("review_by"),
            f"Stale: the review was due on {header.review_by}.",
            "Read it against its sources, then set `reviewed` and `review_by`.",
            "warning",
            "stale",
        )


def _topic_faults(document: Document, lines: FieldLines, known: set[str]) -> Iterator[Fault]:
    for number, topic in enumerate(document.header.topics):
        if known and topic not in known:
            yield Fault(
                document.path,
                lines.of("topics", number),
                f"The topic `{topic}` is not in topics.yaml.",
                f"Use one of: {', '.join(sorted(known))}.",
                lint="topic",
            )


def _question_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    sections = {section.id for section in document.sections}
    for number, question in enumerate(document.questions):
        if question.section is not None and question.section not in sections:
            yield Fault(
                document.path,
                lines.of("questions", number),
                f"The question names the section `{question.section}`, which is not there.",
                f"Use one of: {', '.join(sorted(sections))}.",
                lint="question",
            )
