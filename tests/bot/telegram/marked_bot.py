"""A bot in a process of its own, whose answerer does its worst to get its question into a log.

Run as ``python -m tests.bot.telegram.marked_bot``; with ``--leaky`` logging is left as libraries
find it, to show that the search in ``test_nothing_kept`` would notice.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import warnings
from typing import TextIO

from bot import quiet
from bot.operating.settings import LogFormat
from bot.settings import BotSettings
from bot.telegram import run
from retrieval.answering.answer import Answer, Language
from retrieval.answering.views import View
from retrieval.browsing import Catalogue
from retrieval.flows import Guide
from retrieval.passages import Passage
from retrieval.search.context import NOTHING, Context
from tests.bot.telegram.scripted import citation
from tests.small.shelf import shelf


class Talkative:
    """Answers, but logs, warns, fails and dies in a thread with the question in hand."""

    def answer(
        self,
        question: str,
        language: Language | None = None,
        before: Context = NOTHING,
    ) -> Answer:
        """Return an answer or raise, after spilling the question wherever Python lets it."""
        for name in ("chromadb", "httpx", "retrieval.search", "bot.telegram"):
            logging.getLogger(name).debug("looking for %s", question)
            logging.getLogger(name).error(f"cannot find {question}")  # noqa: G004
        logging.getLogger("langchain").debug(question, extra={"question": question})
        logging.getLogger("chromadb").info("broken %d %s", question)  # wrong on purpose
        warnings.warn(f"odd question: {question}", RuntimeWarning, stacklevel=1)
        thread = threading.Thread(target=self._fail, args=(question,))
        thread.start()
        thread.join()
        _Unraisable(question)
        if "fail" in question:
            self._fail(question)
        return Answer(
            question,
            "en",
            "abstained",
            notices=("Nothing." * len(question),),
            citations=(citation(1),),
        )

    def view(self, answer: Answer, view: View) -> Answer | None:
        """Return nothing: there are no statements to show otherwise."""

    def passage(self, passage_id: str) -> Passage | None:
        """There are none."""
        return None

    def flow(self, flow_id: str) -> Guide | None:
        """Return a flow of the small folder."""
        return shelf().guides.get(flow_id)

    @property
    def catalogue(self) -> Catalogue:
        """The lists of the small folder."""
        return shelf().catalogue

    @staticmethod
    def _fail(question: str) -> None:
        try:
            raise KeyError(question)
        except KeyError as error:
            raise RuntimeError(f"no answer to {question}") from error


class _Unraisable:
    def __init__(self, question: str) -> None:
        self.question = question

    def __del__(self) -> None:
        raise ValueError(self.question)


def _leave_logging_alone(
    level: str, log_format: LogFormat = "text", stream: TextIO | None = None
) -> None:
    logging.basicConfig(level=level, stream=stream)


if __name__ == "__main__":
    if "--leaky" in sys.argv:
        quiet.set_up = _leave_logging_alone
    os.environ.setdefault("PYTHONASYNCIODEBUG", "1")
    run(BotSettings(_env_file=None), Talkative())
