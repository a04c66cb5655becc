"""Search: dense and by words, over passages of all languages, fused.

Translations of one passage share what is found for any of them, so that a Persian question whose
words only stand in the English text still leads to the Persian passage.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.index.store import Index
from retrieval.passages import Passage
from retrieval.reading import Reader
from retrieval.search import context
from retrieval.search.coverage import Coverage, coverage
from retrieval.search.fusion import ranking
from retrieval.search.question import Question, Understanding
from retrieval.search.steady import ENCODED, SteadyVectors

# How many entries each way of searching contributes before fusion.
DEPTH = 200
# So many of the best are read together with the question, and this is how much it counts how surely
# a passage tells what is asked: nearly as much as all else (trials on questions for fitting).
READ, READ_WEIGHT = 3, 5.0
# Other names of what was asked for count less than the words that were used.
ALIAS_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. ``dense`` is a cosine, ``words`` a BM25 score, 0 if not found by
    words; ``score`` is the fused one, comparable within one search only."""

    passage: Passage
    score: float
    dense: float
    words: float


@dataclass(frozen=True, slots=True)
class Search:
    """A question and what was found for it, best first, one hit for all translations.

    ``coverage`` tells how well the best hit covers the question's words. ``vector`` is that of the
    message, ``sought`` what was searched for: the same, or drawn towards what was spoken of before.
    Both have length one. ``read`` is how surely the first hits tell what is asked, as log-odds (see
    ``retrieval.reading``); empty where nothing was read. Not ``complete`` where the server of the
    vectors did not answer: what is there stands as ever, but something may be missing.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    vector: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32), repr=False)
    sought: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32), repr=False)
    complete: bool = True
    read: tuple[float, ...] = ()

    def to_json(self, limit: int) -> dict[str, Any]:
        """Return the object that ``daricheh search --json`` prints."""
        return {
            "query": self.question.text,
            "language": self.question.language,
            "results": [
                {
                    "rank": rank,
                    "score": round(hit.score, 4),
                    "passage": hit.passage.id,
                    "document": hit.passage.document,
                    "language": hit.passage.language,
                    "title": hit.passage.title,
                    "section": hit.passage.section,
                    "text": hit.passage.text,
                }
                for rank, hit in enumerate(self.hits[:limit], 1)
            ],
        }


def best(scores: NDArray[np.float32], limit: int) -> dict[int, float]:
    """Return the ``limit`` highest of ``scores`` that are above 0, by their position, highest
    first; of equal ones the earlier. Only these are sorted: of a million that is what counts."""
    places = np.flatnonzero(scores > 0)
    if len(places) > limit:
        least = np.partition(scores[places], -limit)[-limit]
        places = places[scores[places] >= least]
    ordered = places[np.argsort(-scores[places], kind="stable")][:limit]
    return {int(place): float(scores[place]) for place in ordered}


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


class Searcher:
    """Searches one index. Without a ``reader`` the order is that of the search alone."""

    def __init__(self, index: Index, encoder: Encoder, reader: Reader | None = None) -> None:
        self._index = index
        self._encoder = encoder
        self._reader = reader
        self.passages = index.contents.passages
        self.understanding = Understanding(index.words, index.contents.terms)
        self.vectors = SteadyVectors(index.vectors, index.contents, encoder)
        self._versions: dict[str, dict[str, Passage]] = defaultdict(dict)
        self._positions: dict[str, list[int]] = defaultdict(list)
        for position, passage in enumerate(self.passages):
            self._versions[passage.key][passage.language] = passage
            self._positions[passage.key].append(position)

    def search(self, question: Question) -> Search:
        """Return what is found for ``question``: nothing where it holds nothing to look for."""
        if question.is_empty or not self.passages:
            return Search(question)
        vector = self._encoder.encode_queries([question.searched])[0]
        sought = self._sought(vector, question)
        words = self._by_words(question)
        dense, complete = self._by_vector(sought, words)
        scores = self._nearby(ranking(dense, words), question)
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        read = self._read(question, ranked[:READ])
        scores |= {key: scores[key] + READ_WEIGHT * _share(sure) for key, sure in read.items()}
        ranked[: len(read)] = sorted(read, key=lambda key: (-scores[key], key))
        hits = tuple(
            Hit(
                self._in_language(key, question.language),
                scores[key],
                dense.get(key, 0.0),
                words.get(key, 0.0),
            )
            for key in ranked
        )
        cover = self._coverage(question, hits)
        sure = tuple(read[key] for key in ranked[: len(read)])
        return Search(question, hits, cover, vector, sought, complete, sure)

    def candidates(
        self, question: Question
    ) -> tuple[NDArray[np.float32], dict[str, float], dict[str, float]]:
        """Return the question's vector, and what each way of searching found: scores by key."""
        vector = self._encoder.encode_queries([question.searched])[0]
        words = self._by_words(question)
        return vector, self._by_vector(vector, words)[0], words

    def _read(self, question: Question, keys: Sequence[str]) -> dict[str, float]:
        """Return how surely the passages tell what is asked, by key; nothing of half a question,
        which does not say by itself what that is."""
        if self._reader is None or (question.context and not question.whole):
            return {}
        texts = [self._in_language(key, question.language).indexed_text for key in keys]
        sure = self._reader.read(question.whole or question.searched, texts)
        return dict(zip(keys, sure.tolist(), strict=True))

    def _by_vector(
        self, vector: NDArray[np.float32], words: Iterable[str]
    ) -> tuple[dict[str, float], bool]:
        """Return the cosines by key, and whether all passages were looked at: where the vectors
        cannot be had, only the first of what was found by ``words``."""
        named = [self._positions[key] for key in islice(words, ENCODED)]
        found = self.vectors.nearest(vector, DEPTH, [place for places in named for place in places])
        return self._by_key(found.cosines), found.complete

    def _by_words(self, question: Question) -> dict[str, float]:
        scores = self._index.words.scores(question.stems)
        scores = scores + ALIAS_WEIGHT * self._index.words.scores(question.aliases)
        if question.context.stems:
            before = self._index.words.scores(question.context.stems)
            scores = scores + context.WORDS * before
        return self._by_key(best(scores, DEPTH))

    def _sought(self, vector: NDArray[np.float32], question: Question) -> NDArray[np.float32]:
        """Return the vector of the question in full, where a model has put it so; else its own,
        drawn towards the passages that were spoken of before."""
        if question.whole:
            in_full: NDArray[np.float32] = self._encoder.encode_queries([question.whole])[0]
            return in_full
        shown = question.context.passages
        before = list(self.vectors.of(shown).values()) if shown else []
        if not before:  # also where the passages are gone from the folder since
            return vector
        middle = np.mean(before, axis=0)
        drawn = vector + context.VECTOR * middle / np.linalg.norm(middle)
        turned: NDArray[np.float32] = (drawn / np.linalg.norm(drawn)).astype(np.float32)
        return turned

    def _nearby(self, scores: dict[str, float], question: Question) -> dict[str, float]:
        """Return ``scores`` with what the documents spoken of before are ahead."""
        documents = question.context.documents
        return {
            key: score + (context.DOCUMENT if key.partition("#")[0] in documents else 0.0)
            for key, score in scores.items()
        }

    def _by_key(self, scores: dict[int, float]) -> dict[str, float]:
        best: dict[str, float] = {}
        for position, score in scores.items():
            key = self.passages[position].key
            best[key] = max(best.get(key, score), score)
        return best

    def _in_language(self, key: str, language: str) -> Passage:
        versions = self._versions[key]
        return versions.get(language) or next(iter(versions.values()))

    def _coverage(self, question: Question, hits: tuple[Hit, ...]) -> Coverage:
        if not hits:
            return Coverage()
        stems = (*question.stems, *question.context.stems)
        return coverage(stems, self._positions[hits[0].passage.key], self._index.words)
