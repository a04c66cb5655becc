"""The words index: BM25 (Robertson et al., the Lucene variant), made by bm25s.

bm25s works out what each word adds to the score of each text when it builds. To answer is then to
add up a few columns of that, which is done here: a process that answers needs not load bm25s, with
which comes SciPy wherever it is installed (19 MB).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.language.words import surface_words, tokens

if TYPE_CHECKING:
    import bm25s

# A passage that many questions lead to is long, but no worse for it: hence less weight on length
# than the usual 0.75. `python -m tests.eval.tune` prints what it finds.
K1, B = 1.2, 0.5
_SURFACE_FILE = "surface.txt"
# As bm25s calls its files: there are none where no text holds a word.
_VOCABULARY = "vocab.index.json"
_COLUMNS = {
    "data": "data.csc.index.npy",
    "indices": "indices.csc.index.npy",
    "indptr": "indptr.csc.index.npy",
}
_NONE: Mapping[str, NDArray[Any]] = {
    "data": np.zeros(0, np.float32),
    "indices": np.zeros(0, np.int32),
    "indptr": np.zeros(1, np.int32),
}


class WordsIndex:
    """BM25 scores of texts, addressed by their position."""

    def __init__(
        self,
        columns: Mapping[str, NDArray[Any]],
        vocabulary: Mapping[str, int],
        surface: frozenset[str],
        size: int,
        built: bm25s.BM25 | None = None,
    ) -> None:
        """``columns`` is a sparse matrix by word: the scores of the texts ``indices`` are ``data``,
        those of word ``n`` of the ``vocabulary`` from ``indptr[n]`` up to ``indptr[n + 1]``."""
        self._scores, self._texts = columns["data"], columns["indices"]
        self._starts = columns["indptr"]
        self._vocabulary = vocabulary
        self.surface = surface
        self.size = size
        self._built = built

    @classmethod
    def build(
        cls, texts: Sequence[str], progress: Callable[[int], None] = lambda _: None
    ) -> WordsIndex:
        """Index ``texts`` in order; ``progress`` is called with the number of texts just done."""
        import bm25s

        token_lists: list[list[str]] = []
        surface: set[str] = set()
        # One object for each stem: a million passages hold tens of millions of some ten thousand.
        once: dict[str, str] = {}
        for text in texts:
            token_lists.append([once.setdefault(stem, stem) for stem in tokens(text)])
            surface.update(surface_words(text))
            progress(1)
        if not any(token_lists):
            return cls(_NONE, {}, frozenset(surface), len(texts))
        index = bm25s.BM25(method="lucene", k1=K1, b=B)
        index.index(token_lists, show_progress=False)
        return cls(index.scores, index.vocab_dict, frozenset(surface), len(texts), index)

    def save(self, folder: Path) -> None:
        """Write the index, which was built in this process, to ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SURFACE_FILE).write_text("\n".join(sorted(self.surface)), "utf-8")
        if self._built is not None:
            self._built.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> WordsIndex:
        """Open the index of ``size`` texts written to ``folder``."""
        surface = frozenset((folder / _SURFACE_FILE).read_text("utf-8").split("\n"))
        if not (folder / _VOCABULARY).is_file():
            return cls(_NONE, {}, surface, size)
        vocabulary = json.loads((folder / _VOCABULARY).read_text("utf-8"))
        columns = {name: np.load(folder / file, mmap_mode="r") for name, file in _COLUMNS.items()}
        return cls(columns, vocabulary, surface, size)

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every text for the stems ``query``, shape ``(size,)``."""
        scores = np.zeros(self.size, dtype=np.float32)
        for stem in query:
            column = self._column(stem)
            # A text stands only once in a column, so that no addition is lost.
            scores[self._texts[column]] += self._scores[column]
        return scores

    def frequency(self, stem: str) -> int:
        """Return how many texts hold ``stem``."""
        return len(self.holding(stem))

    def holding(self, stem: str) -> NDArray[np.int32]:
        """Return the positions of the texts that hold ``stem``."""
        found: NDArray[np.int32] = self._texts[self._column(stem)]
        return found

    def _column(self, stem: str) -> slice:
        number = self._vocabulary.get(stem)
        if number is None:
            return slice(0, 0)
        return slice(int(self._starts[number]), int(self._starts[number + 1]))

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of ``stem``: high for rare and unknown ones."""
        count = self.frequency(stem)
        return float(np.log1p((self.size - count + 0.5) / (count + 0.5)))
