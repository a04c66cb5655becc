"""Daricheh itself, as its commands use it: the whole answer, or the search alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retrieval.encoder import load_encoder
from retrieval.index.store import IndexStore
from retrieval.library import Library
from retrieval.settings import LibrarySettings
from tests.eval.beside.contenders import Found
from tests.eval.beside.material import Text


class Daricheh:
    """``Library.search``; with ``answers`` the whole of ``Library.answer`` before it."""

    def __init__(self, encoder: str, knowledge: Path, folder: Path, answers: bool) -> None:
        self._settings = LibrarySettings(knowledge=knowledge, state=folder, encoder=encoder)
        self._answers = answers

    def index(self, texts: Sequence[Text], split: bool) -> int:
        """Index the folder itself: our passages, their sentences and the questions they answer."""
        del texts, split
        store = IndexStore(self._settings.knowledge, self._settings.state)
        report = store.update(load_encoder(self._settings.encoder))
        assert report is not None, "the index was there already"
        return report.encoded + report.reused

    def open(self) -> None:
        self._library = Library.open(self._settings)

    def find(self, question: str, limit: int) -> list[Found]:
        if self._answers:
            answer = self._library.answer(question)
            return [Found(one.passage, one.excerpt) for one in answer.citations]
        hits = self._library.search(question).hits[:limit]
        return [Found(hit.passage.id, hit.passage.text) for hit in hits]
