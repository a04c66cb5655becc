"""Answers by a language model for programs that wait: the command line, the evaluation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from retrieval.answering.answer import Answer
from retrieval.knowledge.documents import Language
from retrieval.model.teller import Asked, Teller, Told
from retrieval.passages import Passage
from retrieval.search.context import NOTHING, Context


class Source(Protocol):
    """What answers without a model: a library."""

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return the extractive answer."""
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, if there is one."""
        ...


class Waiting:
    """Tells one answer after another, in one event loop: connections to the model live in it."""

    def __init__(self, teller: Teller, library: Source, runner: asyncio.Runner) -> None:
        self._teller = teller
        self._library = library
        self._runner = runner

    def tell(self, question: str, plain: Answer, before: Context = NOTHING) -> Told:
        """Return what is told for ``question``, whose extractive answer is ``plain``."""

        async def ask(context: Context) -> Answer:
            return await asyncio.to_thread(self._library.answer, question, None, context)

        asked = Asked(question, ask, self._library.passage, before)
        return self._runner.run(self._teller.tell(asked, plain))


@contextmanager
def waiting(teller: Teller, library: Source) -> Iterator[Waiting]:
    """Give what tells with ``teller``; on leaving, its event loop is closed."""
    with asyncio.Runner() as runner:
        yield Waiting(teller, library, runner)
