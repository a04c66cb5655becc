"""Extractive answers from the small folder, for a scripted model to compose from."""

from __future__ import annotations

from functools import lru_cache

from retrieval.answering.answer import Answer
from retrieval.answering.compose import Citations, spans_of
from retrieval.knowledge.reading import read_knowledge
from retrieval.passages import Passage, passages_of
from retrieval.search.context import Context
from tests.small.shelf import SMALL


@lru_cache(maxsize=1)
def small_passages() -> dict[str, Passage]:
    """Return the passages of the small folder by id."""
    documents = read_knowledge(SMALL).documents
    return {passage.id: passage for document in documents for passage in passages_of(document)}


def extractive(question: str, *passages: Passage) -> Answer:
    """Return an extractive answer that shows ``passages`` whole."""
    citations = Citations()
    spans = [span for passage in passages for span in spans_of(passage)]
    statements = tuple(citations.statement(span) for span in spans)
    return Answer(
        question,
        passages[0].language,
        "answered",
        statements,
        citations=citations.all(),
        notices=("As far as known on 27 April 2026.",),
        suggestions=("And then?",),
        context=Context(("call",), tuple(passage.id for passage in passages)),
    )
