"""What every contender is given, in one file: texts to index and questions to answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from retrieval.knowledge.documents import Document
from retrieval.knowledge.reading import Knowledge
from retrieval.passages import Passage, passages_of
from tests.eval.questions import EvalQuestion


@dataclass(frozen=True, slots=True)
class Text:
    """A text to index: one of our passages, or a whole document, by its id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """``passages`` are the folder's, as it cuts them; ``documents`` the same documents whole, for
    contenders to cut themselves; ``questions`` are put one after the other."""

    passages: tuple[Text, ...]
    documents: tuple[Text, ...]
    questions: tuple[str, ...]


def material(knowledge: Knowledge, questions: Sequence[EvalQuestion]) -> Material:
    """Return what the contenders get of ``knowledge``: all languages, headings included."""
    passages = [p for document in knowledge.documents for p in passages_of(document)]
    return Material(
        tuple(Text(passage.id, passage.indexed_text) for passage in passages),
        tuple(
            Text(f"{document.id}@{document.language}", _whole(document))
            for document in knowledge.documents
        ),
        tuple(question.question for question in questions),
    )


def answerable(questions: Sequence[EvalQuestion], knowledge: Knowledge) -> list[EvalQuestion]:
    """Return the ``questions`` that stand by themselves and have gold in ``knowledge``, with the
    gold that is there."""
    held = {document.id for document in knowledge.documents}
    there = [
        replace(one, gold=tuple(g for g in one.gold if g.partition("#")[0] in held))
        for one in questions
        if not one.before
    ]
    return [one for one in there if one.gold]


def _whole(document: Document) -> str:
    """Return ``document`` as a page would show it: Markdown headings and text, no header fields."""
    parts = [f"# {document.header.title}", document.header.summary]
    for passage in passages_of(document):
        heading = f"## {passage.section}"
        if heading not in parts:
            parts.append(heading)
        parts.append(passage.text)
    return "\n\n".join(parts)


def passages_by_document(knowledge: Knowledge) -> dict[str, list[Passage]]:
    """Return the passages of each document of ``knowledge``, by ``document@language``."""
    return {
        f"{document.id}@{document.language}": passages_of(document)
        for document in knowledge.documents
    }


def write_material(path: Path, written: Material) -> None:
    """Write ``written`` to ``path``."""
    path.write_text(json.dumps(asdict(written), ensure_ascii=False), "utf-8")


def read_material(path: Path) -> Material:
    """Return what ``write_material`` wrote."""
    rows = json.loads(path.read_text("utf-8"))
    return Material(
        tuple(Text(**row) for row in rows["passages"]),
        tuple(Text(**row) for row in rows["documents"]),
        tuple(rows["questions"]),
    )
