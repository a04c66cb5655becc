"""What the Telegram face needs of the library, and nothing more."""

from __future__ import annotations

from typing import Protocol

from retrieval.answering.answer import Answer, Language


class Answerer(Protocol):
    """Answers a question; called from several threads at once."""

    def answer(self, question: str, language: Language | None = None) -> Answer:
        """Return the answer, in ``language`` or, where that is None, in the question's."""
        ...
