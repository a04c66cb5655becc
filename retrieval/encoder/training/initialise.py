"""A first embedding for every new piece: a mean of the English pieces it stands for.

Which those are is counted in the translated pairs, in one of two ways:

- `dice`: how often two pieces occur in the same pair, against how often each occurs (Dice score);
- `align`: the lexical translation probabilities of IBM Model 1 (Brown et al. 1993,
  https://aclanthology.org/J93-2003/), which let each English piece be explained only once.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from retrieval.encoder.normalise import normalise
from retrieval.encoder.training.dataset import Dataset


class Method(StrEnum):
    """How co-occurrence is counted."""

    DICE = "dice"
    ALIGN = "align"


_BEST = 5
_ROUNDS = 6
_LONGEST = 60


def initial_embeddings(
    data: Dataset, teacher: BertModel, english: Tokenizer, tokenizer: Tokenizer, method: Method
) -> NDArray[np.float32]:
    """One row for each piece of `tokenizer`; pieces the English model has keep their own row."""
    pairs = data.single_pairs()
    old: NDArray[np.float32] = teacher.embeddings.word_embeddings.weight.detach().numpy()
    english.no_padding()
    english.no_truncation()
    tokenizer.no_truncation()
    rows = translated_embeddings(
        _pieces(tokenizer, [normalise(pair.other) for pair in pairs]),
        _pieces(english, [pair.english for pair in pairs]),
        tokenizer.get_vocab_size(),
        old,
        method,
    )
    numbers = english.get_vocab()
    for piece, number in tokenizer.get_vocab().items():
        if piece in numbers:
            rows[number] = old[numbers[piece]]
    return rows


def _pieces(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    return [encoding.ids for encoding in encoded]


def translated_embeddings(
    other: list[list[int]],
    english: list[list[int]],
    size: int,
    english_embeddings: NDArray[np.float32],
    method: Method,
) -> NDArray[np.float32]:
    """One row for each of `size` pieces; the mean of all where one was never seen in a pair.

    `other` and `english` are the piece numbers of each pair, special pieces left out;
    `english_embeddings` has one row for each English piece.
    """
    pieces, translations, tokens = _cooccurrences(other, english)
    weights = (
        _dice(pieces, translations, tokens)
        if method is Method.DICE
        else _aligned(pieces, translations, tokens)
    )
    return _best_means(*weights, size, english_embeddings)


def _cooccurrences(
    other: list[list[int]], english: list[list[int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every (piece, English piece) of every pair, once a pair, and which English token it was."""
    piece_parts, english_parts, token_parts = [], [], []
    token = 0
    for ours, theirs in zip(other, english, strict=True):
        if not ours or not theirs or max(len(ours), len(theirs)) > _LONGEST:
            continue
        left, right = np.unique(ours), np.unique(theirs)
        piece_parts.append(np.repeat(left, len(right)))
        english_parts.append(np.tile(right, len(left)))
        token_parts.append(np.tile(np.arange(token, token + len(right)), len(left)))
        token += len(right)
    return np.concatenate(piece_parts), np.concatenate(english_parts), np.concatenate(token_parts)


_Weights = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


def _keys(
    pieces: NDArray[np.int64], translations: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    width = int(translations.max()) + 1
    keys, places = np.unique(pieces * width + translations, return_inverse=True)
    return keys // width, keys % width, places


def _dice(
    pieces: NDArray[np.int64], translations: NDArray[np.int64], tokens: NDArray[np.int64]
) -> _Weights:
    left, right, places = _keys(pieces, translations)
    both = np.bincount(places)
    ours = _pairs_with(pieces, tokens)
    theirs = np.bincount(translations[np.unique(tokens, return_index=True)[1]])
    return left, right, 2.0 * both / (ours[left] + theirs[right])


def _pairs_with(pieces: NDArray[np.int64], tokens: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many pairs each piece occurs: the rows where its first English token stands."""
    first = np.r_[True, (pieces[1:] != pieces[:-1]) | (tokens[1:] < tokens[:-1])]
    return np.bincount(pieces[first])


def _aligned(
    pieces: NDArray[np.int64], translations: NDArray[np.int64], tokens: NDArray[np.int64]
) -> _Weights:
    left, right, places = _keys(pieces, translations)
    probability = 1.0 / np.bincount(left)[left]
    background = np.bincount(right, weights=np.bincount(places))
    background = 0.1 * background / background.sum()
    for _ in range(_ROUNDS):
        each = probability[places]
        explained = np.bincount(tokens, weights=each)[tokens] + background[translations]
        counts = np.bincount(places, weights=each / explained)
        probability = counts / np.bincount(left, weights=counts)[left]
    return left, right, probability


def _best_means(
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    weights: NDArray[np.float64],
    size: int,
    english_embeddings: NDArray[np.float32],
) -> NDArray[np.float32]:
    order = np.lexsort((-weights, left))
    left, right, weights = left[order], right[order], weights[order]
    starts = np.r_[0, np.flatnonzero(np.diff(left)) + 1]
    rank = np.arange(len(left)) - np.repeat(starts, np.diff(np.r_[starts, len(left)]))
    best = rank < _BEST
    left, right, weights = left[best], right[best], weights[best]
    rows = np.zeros((size, english_embeddings.shape[1]))
    np.add.at(rows, left, weights[:, None] * english_embeddings[right])
    sums = np.bincount(left, weights=weights, minlength=size)
    seen = sums > 0
    rows[seen] /= sums[seen, None]
    rows[~seen] = rows[seen].mean(0)
    return rows.astype(np.float32)
