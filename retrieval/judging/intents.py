"""What must be noticed before a question is answered: urgency, harm to others, other business.

A linear model over a message's vector and its hashed words and word pairs, fitted by regularised
least squares when an index is built (Rifkin and Klautau, "In Defense of One-Vs-All Classification",
2004). The vector knows what a message is about; the words tell "now" from "if" and "last year".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.judging.examples import Intent
from retrieval.judging.grams import HASHED, gram_counts

# The kinds told apart, and the two sides of a question that looks like the folder's own.
KINDS: tuple[Intent, ...] = ("door", "arrest", "outside", "harmful", "none")
SIDES: tuple[Intent, ...] = ("missing", "none")
# Set by trial on the development questions; `python -m tests.eval.calibrate` prints what they find.
_PENALTY = 1.0
_ROWS = 1000  # examples whose features are in memory at once
# Rare kinds count for more than their number: weight = (mean size / size) ** BALANCE.
_BALANCE = 0.75


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far each kind is ahead of "none of these": 0 is a tie, higher is surer. ``missing`` is
    how far a question looks like those of the field that the folder does not answer."""

    door: float = 0.0
    arrest: float = 0.0
    harmful: float = 0.0
    outside: float = 0.0
    missing: float = 0.0

    @property
    def urgent(self) -> float:
        return max(self.door, self.arrest)


def _features(vectors: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    constant = np.ones((len(texts), 1), dtype=np.float32)
    hashed = np.zeros((len(texts), HASHED), dtype=np.float32)
    for row, text in enumerate(texts):
        for column, value in gram_counts(text).items():
            hashed[row, column] = value
    return np.hstack([vectors, hashed, constant]).astype(np.float32)


def fit_intents(
    vectors: NDArray[np.float32], texts: Sequence[str], intents: Sequence[Intent], asked: int = 0
) -> NDArray[np.float32]:
    """Return the weights of the model, shape ``(features, len(KINDS) + len(SIDES))``.

    ``vectors`` has shape ``(messages, dimensions)``, rows of length one, in the order of ``texts``
    and of what they are; the last ``asked`` are questions that the folder answers. The sides are
    learned apart: what is missing says nothing about what is urgent.
    """
    answered = range(len(texts) - asked, len(texts))
    told = [row for row, intent in enumerate(intents) if intent != "missing"]
    missing = [row for row, intent in enumerate(intents) if intent == "missing"]
    return np.hstack(
        [
            _fitted(vectors[rows], [texts[r] for r in rows], [intents[r] for r in rows], among)
            for rows, among in ((told, KINDS), ([*missing, *answered], SIDES))
        ]
    )


def _fitted(
    vectors: NDArray[np.float32],
    texts: Sequence[str],
    intents: Sequence[Intent],
    among: tuple[Intent, ...],
) -> NDArray[np.float32]:
    kinds = np.array([among.index(intent) for intent in intents], dtype=np.int64)
    sizes = np.maximum(np.bincount(kinds, minlength=len(among)), 1)
    weights = ((len(kinds) / len(among) / sizes) ** _BALANCE)[kinds].astype(np.float32)
    targets = np.where(np.arange(len(among)) == kinds[:, None], 1, -1).astype(np.float32)
    width = vectors.shape[1] + HASHED + 1
    gram = _PENALTY * np.eye(width, dtype=np.float32)
    answer = np.zeros((width, len(among)), dtype=np.float32)
    for start in range(0, len(texts), _ROWS):
        part = slice(start, start + _ROWS)
        features = _features(vectors[part], texts[part])
        weighted = features * weights[part, None]
        gram += weighted.T @ features
        answer += weighted.T @ targets[part]
    return np.linalg.solve(gram, answer).astype(np.float32)


def likeness(vector: NDArray[np.float32], text: str, weights: NDArray[np.float32]) -> Likeness:
    """Return how like each kind the message ``text`` with that ``vector`` is."""
    if not vector.size:
        return Likeness()
    reached = (_features(vector[None, :], [text]) @ weights)[0].tolist()
    scores = dict(zip(KINDS, reached, strict=False))
    sides = dict(zip(SIDES, reached[len(KINDS) :], strict=True))
    return Likeness(
        door=scores["door"] - scores["none"],
        arrest=scores["arrest"] - scores["none"],
        harmful=scores["harmful"] - scores["none"],
        outside=scores["outside"] - scores["none"],
        missing=sides["missing"] - sides["none"],
    )
