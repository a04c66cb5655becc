"""The words index: BM25 (Robertson et al., the Lucene variant) by bm25s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from retrieval.language.words import surface_words, tokens

# A passage that many questions lead to is long, but no worse for it: hence less weight on length
# than the usual 0.75. `python -m tests.eval.tune` prints what it finds.
K1, B = 1.2, 0.5
_SURFACE_FILE = "surface.txt"


class WordsIndex:
    """BM25 scores of texts, addressed by their position."""

    def __init__(self, index: bm25s.BM25, surface: frozenset[str], size: int) -> None:
        self._index = index
        self.surface = surface
        self.size = size

    @classmethod
    def build(
        cls, texts: Sequence[str], progress: Callable[[int], None] = lambda _: None
    ) -> WordsIndex:
        """Index ``texts`` in order; ``progress`` is called with the number of texts just done."""
        token_lists: list[list[str]] = []
        surface: set[str] = set()
        # One object for each stem: a million passages hold tens of millions of some ten thousand.
        once: dict[str, str] = {}
        for text in texts:
            token_lists.append([once.setdefault(stem, stem) for stem in tokens(text)])
            surface.update(surface_words(text))
            progress(1)
        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        if any(token_lists):
            index.index(token_lists, show_progress=False)
        return cls(index, frozenset(surface), len(texts))

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SURFACE_FILE).write_text("\n".join(sorted(self.surface)), "utf-8")
        if self._has_words:
            self._index.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> WordsIndex:
        """Open the index of ``size`` texts written to ``folder``."""
        surface = frozenset((folder / _SURFACE_FILE).read_text("utf-8").split("\n"))
        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        if (folder / "params.index.json").is_file():
            index = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        return cls(index, surface, size)

    @property
    def _has_words(self) -> bool:
        return hasattr(self._index, "scores")

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every text for the stems ``query``, shape ``(size,)``."""
        known = [stem for stem in query if self.frequency(stem)]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        scores: NDArray[np.float32] = self._index.get_scores(known)
        return scores

    def frequency(self, stem: str) -> int:
        """Return how many texts hold ``stem``."""
        if not self._has_words:
            return 0
        number = self._index.vocab_dict.get(stem)
        if number is None:
            return 0
        starts = self._index.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def holding(self, stem: str) -> NDArray[np.int32]:
        """Return the positions of the texts that hold ``stem``."""
        number = self._index.vocab_dict.get(stem) if self._has_words else None
        if number is None:
            return np.zeros(0, dtype=np.int32)
        start, end = self._index.scores["indptr"][number : number + 2]
        found: NDArray[np.int32] = self._index.scores["indices"][start:end]
        return found

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of ``stem``: high for rare and unknown ones."""
        count = self.frequency(stem)
        return float(np.log1p((self.size - count + 0.5) / (count + 0.5)))
