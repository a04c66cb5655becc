"""What the reader sees of a question and of a passage: their word pieces, and which they share.

Training and runtime share this, so that the reader meets nothing it could not have met in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.bundled import BUNDLED
from retrieval.encoder.normalise import normalise, without_surrogates
from retrieval.encoder.script import is_arabic_script
from retrieval.encoder.tower import load_tokenizer

Script = Literal["english", "persian"]
SCRIPTS: tuple[Script, ...] = ("english", "persian")

# Of a longer text the first pieces are read. A passage with its headings has 115 in the middle.
LONGEST_QUESTION, LONGEST_PASSAGE = 48, 144

# What a piece is: of the question or of the passage, and whether the other has it too (markers of
# exact matches: Boualili, Moreno and Boughanem, "MarkedBERT", 2020).
MARKS = 4
_OF_PASSAGE, _SHARED = 1, 2


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as the numbers of its word pieces, in the vocabulary of its script."""

    script: Script
    ids: tuple[int, ...]


def pieces_of(text: str, longest: int) -> Pieces:
    """Return the first ``longest`` pieces of ``text``, the marks of its begin and end included."""
    script: Script = "persian" if is_arabic_script(text) else "english"
    prepared = normalise(text) if script == "persian" else without_surrogates(text)
    ids: list[int] = load_tokenizer(tokenizer_file(script)).encode(prepared).ids
    if len(ids) > longest:
        ids = [*ids[: longest - 1], ids[-1]]
    return Pieces(script, tuple(ids))


def marks_of(question: Pieces, passage: Pieces) -> NDArray[np.int64]:
    """Return what each piece is, those of the question first: a number below ``MARKS``."""
    shared: set[int] = set()
    if question.script == passage.script:
        shared = set(question.ids) & set(passage.ids) - _saying_nothing(question.script)
    return np.array(
        [
            *(_SHARED * (piece in shared) for piece in question.ids),
            *(_OF_PASSAGE + _SHARED * (piece in shared) for piece in passage.ids),
        ],
        dtype=np.int64,
    )


def tokenizer_file(script: Script) -> Path:
    """Return where the encoder's tokenizer for that script lies."""
    return BUNDLED / f"{script}.tokenizer.json"


def padded(rows: Sequence[NDArray[np.generic]]) -> tuple[NDArray[np.generic], NDArray[np.int64]]:
    """Return ``rows`` filled up with 0 to the longest, and 1 where there is something."""
    longest = max(len(row) for row in rows)
    filled = np.zeros((len(rows), longest, *rows[0].shape[1:]), dtype=rows[0].dtype)
    mask = np.zeros((len(rows), longest), dtype=np.int64)
    for number, row in enumerate(rows):
        filled[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return filled, mask


@lru_cache(maxsize=len(SCRIPTS))
def _saying_nothing(script: Script) -> frozenset[int]:
    """Return the pieces that are no words: begin and end of a text, punctuation."""
    vocabulary = load_tokenizer(tokenizer_file(script)).get_vocab()
    special = {"[CLS]", "[SEP]", "[UNK]", "[PAD]"}
    return frozenset(
        number
        for piece, number in vocabulary.items()
        if piece in special or not any(letter.isalnum() for letter in piece)
    )
