"""txtai with its own index (Faiss) and content store (SQLite), and sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from txtai import Embeddings  # type: ignore[import-not-found, unused-ignore]
from txtai.pipeline import Segmentation  # type: ignore[import-not-found, unused-ignore]

from tests.eval.beside.contenders import Contender, Found
from tests.eval.beside.material import Text

# Between a text's id and the number of its piece.
_MARK = "\t"


class Txtai:
    """``Embeddings`` with content, nothing set but the model; cut by paragraphs."""

    def __init__(self, model: str, folder: Path) -> None:
        # sentence-transformers is named because a model with a module of its own needs it.
        self._embeddings = Embeddings(path=model, method="sentence-transformers", content=True)
        self._folder = str(folder)

    def index(self, texts: Sequence[Text], split: bool) -> int:
        pieces = [(text.id, text.text) for text in texts]
        if split:
            cut = Segmentation(paragraphs=True)
            pieces = [
                (f"{text.id}{_MARK}{number}", piece)
                for text in texts
                for number, piece in enumerate(cut(text.text))
            ]
        self._embeddings.index([(name, text, None) for name, text in pieces])
        self._embeddings.save(self._folder)
        return int(self._embeddings.count())

    def open(self) -> None:
        self._embeddings.load(self._folder)

    def find(self, question: str, limit: int) -> list[Found]:
        hits = self._embeddings.search(question, limit)
        return [Found(hit["id"].partition(_MARK)[0], hit["text"]) for hit in hits]


def make(model: str, folder: Path) -> Contender:
    """Return txtai with ``model``."""
    return Txtai(model, folder)
