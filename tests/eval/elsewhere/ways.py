"""The three ways of finding a passage: by words, by vectors, and both fused as the search does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.index.words import WordsIndex
from retrieval.language.words import tokens
from retrieval.search.fusion import fused
from retrieval.search.search import DEPTH, best
from tests.eval.elsewhere.data import Retrieval
from tests.eval.ranking import rank_scores

WAYS = ("BM25", "dense", "fused")
MEASURES = ("hit@1", "hit@5", "ndcg@10")
# Deep enough for every measure.
_SHOWN = 10
_AT_ONCE = 256
Vectors = NDArray[np.float32]
# Told what is done, how much of it and of how much.
Show = Callable[[str, int, int], None]


def measured(
    name: str, data: Retrieval, encoder: Encoder, show: Show
) -> dict[str, dict[str, float]]:
    """Return each measure of each way on ``data``."""
    rankings: dict[str, dict[str, tuple[list[str], list[str]]]] = {way: {} for way in WAYS}
    for number, found in enumerate(_found(name, data, encoder, show)):
        for way, keys in zip(WAYS, found, strict=True):
            rankings[way][str(number)] = (keys, [str(data.answers[number])])
    measures = {}
    for way, own in rankings.items():
        scores = rank_scores(own).values()
        measures[way] = {
            measure: float(np.mean([one[measure] for one in scores])) for measure in MEASURES
        }
    return measures


def _found(
    name: str, data: Retrieval, encoder: Encoder, show: Show
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield the places of the passages that each way finds for each question, best first."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        show(f"{name}: passages", done, len(data.passages))

    passages = encoder.encode_passages(data.passages, progress=count)
    index = WordsIndex.build(data.passages)
    for start in range(0, len(data.questions), _AT_ONCE):
        asked = data.questions[start : start + _AT_ONCE]
        cosines = encoder.encode_queries(asked) @ passages.T
        for question, row in zip(asked, cosines, strict=True):
            words = _keyed(best(index.scores(tokens(question)), DEPTH))
            dense = _keyed(best(row, DEPTH))
            yield _first(words), _first(dense), _first(fused(dense, words))
        show(f"{name}: questions", start + len(asked), len(data.questions))


def _keyed(scores: Mapping[int, float]) -> dict[str, float]:
    return {str(place): score for place, score in scores.items()}


def _first(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda key: -scores[key])[:_SHOWN]


def passages_of_words(texts: Sequence[str], words: int, number: int) -> list[str]:
    """Return ``number`` passages of so many words, cut from ``texts`` put together."""
    every = " ".join(texts).split()
    return [" ".join(every[at : at + words]) for at in range(0, number * words, words)]
