"""What the page shows of a document and of a search: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from retrieval.knowledge.documents import Document
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.reading import Knowledge
from retrieval.library import Library
from retrieval.passages import Passage, passages_of
from retrieval.search.search import Search

_HITS = 10


def contents(knowledge: Knowledge, faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return one entry a document id, also of those that cannot be read: titles and findings."""
    entries: dict[str, dict[str, Any]] = {}

    def entry(document_id: str) -> dict[str, Any]:
        made = {"id": document_id, "titles": {}, "errors": 0, "warnings": 0}
        return entries.setdefault(document_id, made)

    for document in knowledge.documents:
        entry(document.id)["titles"][document.language] = document.header.title
    for fault in faults:
        entry(id_of(fault.path, knowledge))[f"{fault.level}s"] += 1
    return [entries[name] for name in sorted(entries)]


def id_of(path: str, knowledge: Knowledge) -> str:
    """Return the id of the document at ``path``: what its file name says where it can't be read."""
    for document in knowledge.documents:
        if document.path == path:
            return document.id
    return PurePosixPath(path).name.split(".")[0]


def document(document_id: str, knowledge: Knowledge, faults: Iterable[Fault]) -> dict[str, Any]:
    """Return all the page shows of a document: its versions, their passages and its findings."""
    versions = [each for each in knowledge.documents if each.id == document_id]
    return {
        "id": document_id,
        "versions": {each.language: _version(each) for each in versions},
        "faults": [
            fault.to_json() for fault in faults if id_of(fault.path, knowledge) == document_id
        ],
    }


def _version(version: Document) -> dict[str, Any]:
    header = version.header
    return {
        "path": version.path,
        "kind": header.kind,
        "title": header.title,
        "summary": header.summary,
        "as_of": header.as_of.isoformat(),
        "reviewed": header.reviewed.isoformat(),
        "review_by": header.review_by.isoformat(),
        "questions": [
            {"text": question.text, "section": question.section} for question in version.questions
        ],
        "passages": [_passage(passage) for passage in passages_of(version)],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "section": passage.section,
        "role": passage.role,
        "sentences": [
            {
                "text": passage.text[sentence.start : sentence.end],
                "sources": [
                    # Isolated, so that a Persian line does not turn the date round.
                    source.publisher + (f", \u2068{source.date}\u2069" if source.date else "")
                    for source in sentence.references
                ],
            }
            for sentence in passage.sentences
        ],
    }


def keys(version: Document, library: Library) -> list[int | None]:
    """Return for each question of ``version`` the rank at which it finds the section that answers
    it (any section where it names none), from 1; None where it does not find it at all."""
    return [
        rank_of(
            library.search(question.text, version.language),
            f"{version.id}#{question.section}." if question.section else f"{version.id}#",
        )
        for question in version.questions
    ]


def rank_of(search: Search, prefix: str) -> int | None:
    """Return the rank of the first hit whose passage id begins with ``prefix``, from 1."""
    ranked = enumerate(search.hits, 1)
    return next((rank for rank, hit in ranked if hit.passage.id.startswith(prefix)), None)


def found(search: Search) -> list[dict[str, Any]]:
    """Return the first hits of ``search`` as the page lists them."""
    return [
        {
            "id": hit.passage.id,
            "document": hit.passage.document,
            "title": hit.passage.title,
            "section": hit.passage.section,
            "score": round(hit.score, 2),
        }
        for hit in search.hits[:_HITS]
    ]
