"""What the Telegram face needs of the library, and nothing more."""

from __future__ import annotations

from typing import Protocol

from retrieval.answering.answer import Answer, Language
from retrieval.answering.views import View
from retrieval.browsing import Catalogue
from retrieval.flows import Guide
from retrieval.passages import Passage
from retrieval.search.context import NOTHING, Context


class Answerer(Protocol):
    """Answers questions, leads through flows and lists what it holds; called from several threads
    at once."""

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return the answer, in ``language`` or, where that is None, in the question's; ``before``
        is what was spoken of before."""
        ...

    def view(self, answer: Answer, view: View) -> Answer | None:
        """Return ``answer`` in another shape, or None where it has no such shape."""
        ...

    def flow(self, flow_id: str) -> Guide | None:
        """Return the guided conversation of that id, if there is one."""
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, if there is one."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """What the folder holds, to leaf through."""
        ...
