"""A question put to the library, and all that the measures look at afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.answering.answer import Answer
from retrieval.encoder import Encoder
from retrieval.index.store import Index
from retrieval.knowledge.documents import Language
from retrieval.library import Library
from retrieval.model.waiting import Waiting
from retrieval.passages import Passage
from retrieval.reading import Reader
from retrieval.search.context import NOTHING, Context
from retrieval.search.search import Search
from tests.eval.questions import EvalQuestion

# How far down the hits are looked at; what is further down, nobody is ever shown.
DEPTH = 100
# So many questions as understood are remembered with what was found: polite words around them and
# some typing mistakes are gone by then.
_REMEMBERED = 16


class OneSearchLibrary(Library):
    """A library that searches once for a question, however often it is asked the same. It reads
    on ``threads`` cores (by default as many as the bot), and keeps what it has read of so many
    passages as ``kept`` says. A language ``model`` that is put in words its answers."""

    threads: int | None = None
    kept = 0

    def __init__(self, index: Index, encoder: Encoder) -> None:
        super().__init__(index, encoder, reader=Reader(threads=self.threads, keep=self.kept))
        self.model: Waiting | None = None
        self._understood = lru_cache(maxsize=_REMEMBERED)(self.searcher.understanding.question)
        self._found = lru_cache(maxsize=_REMEMBERED)(self.searcher.search)

    def search(
        self, query: str, language: Language | None = None, before: Context = NOTHING
    ) -> Search:
        """Return the passages found for ``query``, best first."""
        question = self._understood(query, language, before)
        return replace(self._found(replace(question, text=question.searched)), question=question)

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Answer ``question``, with the ``model`` where there is one."""
        plain = super().answer(question, language, before)
        if self.model is None or before.words:  # the model's own search, in full words
            return plain
        return self.model.tell(question, plain, before).answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, the keys (``document#section.n``) of what was found, best first:
    where an alarm was raised the passages it shows, then the hits; the passages that the answer
    cites by id; and how sure the judge was (0 to 1; None where the question was put in other
    words: nobody asks, and it takes a quarter of the time)."""

    question: EvalQuestion
    answer: Answer
    found: tuple[str, ...]
    cited: dict[str, Passage]
    confidence: float | None


def ask(question: EvalQuestion, library: Library, text: str | None = None) -> Asked:
    """Put ``question`` to ``library``, or ``text``, another way of writing it; after the question
    before it, where it has one."""
    words = question.question if text is None else text
    before = library.answer(question.before).context if question.before else NOTHING
    answer = library.answer(words, before=before)
    hits = library.search(words, before=before).hits[:DEPTH]
    passages = {c.passage: library.passage(c.passage) for c in answer.citations}
    cited = {name: passage for name, passage in passages.items() if passage is not None}
    # An alarm finds its text by what the message is, not by searching for its words.
    opened = [passage.key for passage in cited.values()] if answer.status == "urgent" else []
    return Asked(
        question,
        answer,
        tuple(dict.fromkeys((*opened, *(hit.passage.key for hit in hits)))),
        cited,
        library.evidence(words, before=before).confidence if text is None else None,
    )
