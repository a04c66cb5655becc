"""What is learned from the example messages, ready made for the bundled encoder.

Encoding thousands of examples and fitting the model of intents would be the longest part of a
first start, and its outcome is always the same. ``python -m retrieval.judging.train`` makes it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.judging.examples import examples_digest, files_digest

FILE = Path(__file__).parent / "data" / "model.npz"
_STEPS = 127


@dataclass(frozen=True, slots=True)
class Model:
    """``weights``, shape ``(features, kinds)``, are those of ``fit_intents``; ``vectors``, shape
    ``(examples, dimensions)``, rows of length one, stand in the order of the examples."""

    weights: NDArray[np.float32]
    vectors: NDArray[np.float32]

    def save(self, encoder: str, file: Path = FILE) -> None:
        """Write the model; the vectors in steps of 1/127 of each row's largest value."""
        largest = np.abs(self.vectors).max(axis=1, keepdims=True)
        np.savez_compressed(
            file,
            encoder=encoder,
            examples=examples_digest(),
            weights=self.weights,
            steps=np.round(self.vectors / largest * _STEPS).astype(np.int8),
        )


@lru_cache(maxsize=1)
def learning_digest() -> str:
    """Return what identifies all that is learned: the examples, and the model made of them."""
    made = FILE.read_bytes() if FILE.is_file() else b""
    return hashlib.sha256(files_digest().encode() + made).hexdigest()


def ready_made(encoder: str, file: Path = FILE) -> Model | None:
    """Return the model for the encoder of that name, None where there is none for it and for the
    examples as they are now."""
    if not file.is_file():
        return None
    with np.load(file) as stored:
        if (str(stored["encoder"]), str(stored["examples"])) != (encoder, examples_digest()):
            return None
        vectors = stored["steps"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return Model(stored["weights"], vectors)
