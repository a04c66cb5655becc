"""Vectors of the example messages: made once, and carried from version to version of the index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Encoder

_FILE = "examples.npz"
_BATCH = 256  # texts between two steps of the progress bar


class ExampleVectors(NamedTuple):
    """``vectors``, shape ``(texts, dimensions)``, belong to the texts with these ``digests``."""

    digests: NDArray[np.str_]
    vectors: NDArray[np.float32]

    def save(self, folder: Path) -> None:
        """Write them into ``folder``."""
        np.savez(folder / _FILE, digests=self.digests, vectors=self.vectors)

    @classmethod
    def load(cls, folder: Path | None) -> ExampleVectors:
        """Read what ``save`` wrote into ``folder``: none where there is no such file."""
        if folder is None or not (folder / _FILE).is_file():
            return cls(np.zeros(0, dtype=np.str_), np.zeros((0, 0), dtype=np.float32))
        with np.load(folder / _FILE) as stored:
            return cls(stored["digests"], stored["vectors"])

    def without(self, texts: Sequence[str]) -> list[int]:
        """Return the positions of those ``texts`` that have no vector here."""
        known = set(self.digests)
        return [at for at, text in enumerate(texts) if _digest(text) not in known]

    def completed(
        self,
        texts: Sequence[str],
        encoder: Encoder,
        progress: Callable[[int], None] = lambda _: None,
    ) -> ExampleVectors:
        """Return the vectors of ``texts``, as questions: those that are here are not made again."""
        made = _made.get(encoder.name)
        if made is not None and len(made.digests) and not len(self.digests):
            return made.completed(texts, encoder, progress)
        digests = [_digest(text) for text in texts]
        rows = {str(digest): row for row, digest in enumerate(self.digests)}
        vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
        for at, digest in enumerate(digests):
            if digest in rows:
                vectors[at] = self.vectors[rows[digest]]
        missing = self.without(texts)
        for start in range(0, len(missing), _BATCH):
            part = missing[start : start + _BATCH]
            vectors[part] = encoder.encode_queries([texts[at] for at in part])
            progress(len(part))
        _made[encoder.name] = ExampleVectors(np.array(digests), vectors)
        return _made[encoder.name]


# By the encoder's name: a process that builds several indexes makes the vectors once.
_made: dict[str, ExampleVectors] = {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
