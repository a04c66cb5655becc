"""What must be noticed before a question is answered: urgency, harm to others, other business.

A linear model over a message's vector and its hashed words and word pairs, fitted by regularised
least squares when an index is built (Rifkin and Klautau, "In Defense of One-Vs-All Classification",
2004). The vector knows what a message is about; the words tell "now" from "if" and "last year".
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from retrieval.judging.examples import Intent
from retrieval.language.normalise import HALF_SPACE
from retrieval.language.words import surface_words

KINDS: tuple[Intent, ...] = get_args(Intent)
# Set by trial on the development questions; `python -m tests.eval.calibrate` prints what they find.
_HASHED = 2048
_PENALTY = 1.0
# Rare kinds count for more than their number: weight = (mean size / size) ** BALANCE.
_BALANCE = 0.75


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far each kind is ahead of "none of these": 0 is a tie, higher is surer."""

    door: float = 0.0
    arrest: float = 0.0
    harmful: float = 0.0
    outside: float = 0.0

    @property
    def urgent(self) -> float:
        return max(self.door, self.arrest)


def _hashed(text: str) -> NDArray[np.float32]:
    """Return the words and word pairs of ``text``, hashed with signs, of length one."""
    words = surface_words(text.replace(HALF_SPACE, " "))
    features = np.zeros(_HASHED, dtype=np.float32)
    for gram in (*words, *(f"{one} {other}" for one, other in pairwise(words))):
        code = zlib.crc32(gram.encode("utf-8", "ignore"))
        features[code % _HASHED] += 1 if code & (1 << 20) else -1
    length = float(np.linalg.norm(features))
    return features / length if length else features


def _features(vectors: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    constant = np.ones((len(texts), 1), dtype=np.float32)
    hashed = np.stack([_hashed(text) for text in texts])
    return np.hstack([vectors, hashed, constant]).astype(np.float32)


def fit_intents(
    vectors: NDArray[np.float32], texts: Sequence[str], intents: Sequence[Intent]
) -> NDArray[np.float32]:
    """Return the weights of the model, shape ``(features, kinds)``.

    ``vectors`` has shape ``(examples, dimensions)``, rows of length one, in the order of ``texts``
    and of what they are examples of.
    """
    features = _features(vectors, texts)
    kinds = np.array([KINDS.index(intent) for intent in intents])
    sizes = np.maximum(np.bincount(kinds, minlength=len(KINDS)), 1)
    weights = ((len(kinds) / len(KINDS) / sizes) ** _BALANCE)[kinds].astype(np.float32)
    targets = np.where(np.arange(len(KINDS)) == kinds[:, None], 1, -1).astype(np.float32)
    weighted = features * weights[:, None]
    gram = weighted.T @ features + _PENALTY * np.eye(features.shape[1], dtype=np.float32)
    solved: NDArray[np.float32] = np.linalg.solve(gram, weighted.T @ targets).astype(np.float32)
    return solved


def likeness(vector: NDArray[np.float32], text: str, weights: NDArray[np.float32]) -> Likeness:
    """Return how like each kind the message ``text`` with that ``vector`` is."""
    if not vector.size:
        return Likeness()
    scores = (_features(vector[None, :], [text]) @ weights)[0]
    ahead = {
        kind: float(score - scores[KINDS.index("none")])
        for kind, score in zip(KINDS, scores, strict=True)
    }
    return Likeness(ahead["door"], ahead["arrest"], ahead["harmful"], ahead["outside"])
