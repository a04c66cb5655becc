"""Vectors that a search can count on, also while the server that holds them does not answer.

What is found by words is then compared with the question here: the encoder makes the same vectors
of the same texts, so a verdict rests on the same figures as ever. Only what no word of the question
leads to is not found. Saying "there is nothing on this" would be wrong then, and is not said (see
``Library.answer``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.errors import ServerGoneError
from retrieval.index.vectors import Vectors
from retrieval.index.version import Contents

# How many of the passages found by words are encoded, in all their languages: a passage has some
# ten texts, and each takes about two milliseconds.
ENCODED = 6


class Near(NamedTuple):
    """The cosine of each passage's best entry, by position; ``complete`` where all were looked
    at."""

    cosines: dict[int, float]
    complete: bool


class SteadyVectors:
    """The vectors of an index, made again where they cannot be had."""

    def __init__(self, vectors: Vectors, contents: Contents, encoder: Encoder) -> None:
        self._vectors = vectors
        self._contents = contents
        self._encoder = encoder
        self._positions = {passage.id: at for at, passage in enumerate(contents.passages)}

    def nearest(
        self, vector: NDArray[np.float32], limit: int, found_by_words: Sequence[int]
    ) -> Near:
        """Return what lies nearest to ``vector``, of length one: among ``limit`` entries of all
        passages, or among those ``found_by_words``."""
        try:
            near = self._vectors.nearest(vector, limit)
        except ServerGoneError:
            return Near(self._compared(vector, found_by_words), complete=False)
        best: dict[int, float] = {}
        for entry, cosine in near.items():
            position = self._position(entry)
            best[position] = max(best.get(position, -1.0), cosine)
        return Near(best, complete=True)

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the passages and sentences ``ids``; an id that is not there is left
        out."""
        try:
            return self._vectors.of(ids)
        except ServerGoneError:
            texts = {entry: text for entry in ids if (text := self._text(entry)) is not None}
            if not texts:
                return {}
            vectors = self._encoder.encode_passages(list(texts.values()))
            return dict(zip(texts, vectors, strict=True))

    def _position(self, entry: str) -> int:
        """Return the position of the passage that ``entry`` leads to."""
        if entry.startswith("?"):
            return self._contents.questions[int(entry[1:])].passage
        of, cut, _ = entry.partition("/")
        return self._positions[of if cut else entry]

    def _compared(self, vector: NDArray[np.float32], positions: Sequence[int]) -> dict[int, float]:
        rows = [(position, text) for position in positions for text in self._texts(position)]
        if not rows:
            return {}
        cosines = self._encoder.encode_passages([text for _, text in rows]) @ vector
        best: dict[int, float] = {}
        for (position, _), cosine in zip(rows, cosines.tolist(), strict=True):
            best[position] = max(best.get(position, -1.0), cosine)
        return best

    def _texts(self, position: int) -> list[str]:
        """Return what the index holds of a passage: itself, its sentences, what it answers."""
        passage = self._contents.passages[position]
        sentences = [passage.text[said.start : said.end] for said in passage.sentences]
        return [passage.indexed_text, *sentences, *self._questions[position]]

    def _text(self, entry: str) -> str | None:
        of, cut, number = entry.partition("/")
        at = self._positions.get(of)
        if at is None:
            return None
        passage = self._contents.passages[at]
        if not cut:
            return passage.indexed_text
        if not number.isdecimal() or int(number) >= len(passage.sentences):
            return None
        said = passage.sentences[int(number)]
        return passage.text[said.start : said.end]

    # Needed only where a server is gone.
    @cached_property
    def _questions(self) -> dict[int, list[str]]:
        leading: dict[int, list[str]] = defaultdict(list)
        for question in self._contents.questions:
            leading[question.passage].append(question.text)
        return leading
