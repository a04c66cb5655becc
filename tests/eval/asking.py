"""A question put to the library, and all that the measures look at afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from retrieval.answering.answer import Answer
from retrieval.knowledge.documents import Language
from retrieval.library import Library
from retrieval.passages import Passage
from retrieval.search.search import Search
from tests.eval.questions import EvalQuestion

# How far down the hits are looked at; what is further down, nobody is ever shown.
DEPTH = 100


class OneSearchLibrary(Library):
    """A library that searches once for a question, however often it is asked the same."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._last: tuple[tuple[str, Language | None], Search] | None = None

    def search(self, query: str, language: Language | None = None) -> Search:
        """Return the passages found for ``query``, best first."""
        if self._last is None or self._last[0] != (query, language):
            self._last = (query, language), super().search(query, language)
        return self._last[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, the keys (``document#section.n``) of the hits best first, the
    passages that the answer cites by id, and how sure the judge was (0 to 1)."""

    question: EvalQuestion
    answer: Answer
    found: tuple[str, ...]
    cited: dict[str, Passage]
    confidence: float


def ask(question: EvalQuestion, library: Library, text: str | None = None) -> Asked:
    """Put ``question`` to ``library``, or ``text``, another way of writing it."""
    words = question.question if text is None else text
    answer = library.answer(words)
    hits = library.search(words).hits[:DEPTH]
    passages = {c.passage: library.passage(c.passage) for c in answer.citations}
    return Asked(
        question,
        answer,
        tuple(hit.passage.key for hit in hits),
        {name: passage for name, passage in passages.items() if passage is not None},
        library.evidence(words).confidence,
    )
