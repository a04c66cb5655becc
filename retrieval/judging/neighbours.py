"""Which kind of message is a message nearest to: one the folder answers, one of the field that it
does not, a cry for help, other business?

Nearest neighbours over a message's vector and its hashed words and pieces of words: the vector
knows what is meant, the words which name, number or detail was asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.judging.grams import HASHED, gram_counts

_FILE = "neighbours.npz"
# How much the words count beside the vector; chosen on the development questions.
WORDS_WEIGHT = 0.4
_STEPS = 127
_ROWS = 2048  # whose vectors are written out at once


# How many neighbours tell what kind of place a question stands in.
AROUND = 10


class Nearness(NamedTuple):
    """How near the messages of one kind are, each at most 1 + 2 ``WORDS_WEIGHT``: the ``best``, and
    the mean of the best ``AROUND`` of them."""

    best: float = 0.0
    around: float = 0.0


class Neighbours(NamedTuple):
    """``steps``, shape ``(messages, dimensions)``, times ``scales`` are the messages' vectors, of
    length one: in a byte a number they take a quarter of the memory. The messages that hold hashed
    word ``column`` are ``rows``, and how much of it ``values``, from ``starts[column]`` up to
    ``starts[column + 1]``: a question looks up only its own words. ``names[kinds[i]]`` says what
    message ``i`` is."""

    steps: NDArray[np.int8]
    scales: NDArray[np.float32]
    starts: NDArray[np.int32]
    rows: NDArray[np.unsignedinteger]
    values: NDArray[np.float16]
    kinds: NDArray[np.int8]
    names: NDArray[np.str_]

    @classmethod
    def of(
        cls, texts: Sequence[str], vectors: NDArray[np.float32], kinds: Sequence[str]
    ) -> Neighbours:
        """Return the neighbours from the messages, their vectors and what each of them is."""
        # Arrays from the start: as Python's numbers the cells would be the most that a build holds.
        sizes, cells, weights = array("i"), array("h"), array("f")
        for text in texts:
            counts = gram_counts(text)
            sizes.append(len(counts))
            cells.extend(counts.keys())
            weights.extend(counts.values())
        columns = np.array(cells, dtype=np.int16)
        order = np.argsort(columns, kind="stable")
        row_of = np.min_scalar_type(len(texts))
        names = sorted(set(kinds))
        steps, scales = _in_steps(vectors)
        # Of the same type as the columns, which it would else have copied into its own.
        every = np.arange(HASHED + 1, dtype=columns.dtype)
        return cls(
            steps,
            scales,
            np.searchsorted(columns[order], every).astype(np.int32),
            np.repeat(np.arange(len(texts), dtype=row_of), sizes)[order],
            np.array(weights, dtype=np.float16)[order],
            np.array([names.index(kind) for kind in kinds], dtype=np.int8),
            np.array(names),
        )

    def save(self, folder: Path) -> None:
        """Write them into ``folder``."""
        np.savez(
            folder / _FILE,
            steps=self.steps,
            scales=self.scales,
            starts=self.starts,
            rows=self.rows,
            values=self.values,
            kinds=self.kinds,
            names=self.names,
        )

    @classmethod
    def load(cls, folder: Path) -> Neighbours:
        """Read what ``save`` wrote."""
        with np.load(folder / _FILE) as stored:
            return cls(**{name: stored[name] for name in cls._fields})

    def nearest(self, vector: NDArray[np.float32], text: str) -> dict[str, Nearness]:
        """Return how near the nearest messages of each kind are."""
        if not vector.size:
            return {}
        near = self._cosines(vector) + WORDS_WEIGHT * self._words(text)
        return {
            str(name): _nearness(near[self.kinds == kind]) for kind, name in enumerate(self.names)
        }

    def _words(self, text: str) -> NDArray[np.float32]:
        """Return how much of its hashed words each message shares with ``text``: at most 2."""
        shared = np.zeros(len(self.kinds), dtype=np.float32)
        for column, value in gram_counts(text).items():
            held = slice(self.starts[column], self.starts[column + 1])
            # A message stands only once in a column, so that no addition is lost.
            shared[self.rows[held]] += np.float32(value) * self.values[held]
        return shared

    def _cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        parts = range(0, len(self.steps), _ROWS)
        cosines = [self.steps[at : at + _ROWS].astype(np.float32) @ vector for at in parts]
        return np.concatenate(cosines) * self.scales


def _in_steps(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return ``vectors`` in steps of 1/127 of each row's largest value, and what makes the rows of
    that as long as one. Some rows at a time: all at once would be the most that a build holds."""
    steps = np.empty(vectors.shape, dtype=np.int8)
    scales = np.empty(len(vectors), dtype=np.float32)
    for at in range(0, len(vectors), _ROWS):
        some = vectors[at : at + _ROWS]
        stepped = np.round(some / np.abs(some).max(axis=1, keepdims=True) * _STEPS)
        steps[at : at + _ROWS] = stepped
        scales[at : at + _ROWS] = 1 / np.linalg.norm(stepped, axis=1)
    return steps, scales


def _nearness(near: NDArray[np.float32]) -> Nearness:
    most = min(AROUND, len(near))
    best = np.partition(near, len(near) - most)[-most:]
    return Nearness(float(best.max()), float(best.mean()))
