"""``python -m tests.eval.growth.ask MATERIAL FOLDER``: opens one size and asks it.

Prints one JSON object: seconds to open, milliseconds a question by part, memory, and what is found.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import load_encoder
from retrieval.index.store import Index
from retrieval.index.vectors import VectorsIndex
from retrieval.index.version import read_contents
from retrieval.index.words import WordsIndex
from retrieval.search.question import Question
from retrieval.search.search import DEPTH, Searcher, best
from tests.eval.growth.material import Asked, read_material
from tests.eval.growth.pile import is_wanted
from tests.eval.progress import bar
from tests.eval.ranking import rank_scores
from tests.eval.resident import peak_megabytes, resident_megabytes

# The true nearest of so many questions are counted up one by one, and so many of each.
EXACT, NEAREST = 50, 10
_BLOCK = 100_000
Asking = TypeVar("Asking")


def main() -> None:
    """Open, ask and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("material", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    asked = read_material(options.material).questions
    encoder = load_encoder()
    encoder.encode_queries(["?", "؟"])  # the towers are loaded: what is measured is the index
    before = resident_megabytes()
    started, busy = time.perf_counter(), time.process_time()
    index = _opened(options.folder)
    searcher = Searcher(index, encoder)
    searcher.search(searcher.understanding.question(asked[0].text))
    found: dict[str, float] = {"open_s": time.perf_counter() - started}
    found["open_cpu_s"] = time.process_time() - busy
    found["open_mb"] = resident_megabytes() - before
    questions = [searcher.understanding.question(one.text) for one in asked]
    vectors = encoder.encode_queries([question.searched for question in questions])

    def by_words(question: Question) -> None:
        best(index.words.scores(question.stems), DEPTH)

    # Every question is put once before the clock runs, so that no part pays for another's reading
    # from the disk.
    found |= _quality(searcher, asked)
    with bar() as show:
        found |= _timed("whole", [one.text for one in asked], _search(searcher), show)
        found |= _timed("dense", list(vectors), lambda v: index.vectors.nearest(v, DEPTH), show)
        found |= _timed("words", questions, by_words, show)
        found |= _timed(
            "reading", [one.text for one in asked], searcher.understanding.question, show
        )
    found["steady_mb"] = resident_megabytes()
    found["peak_mb"] = peak_megabytes()
    found["true_nearest"] = _true_nearest(index, vectors[:EXACT], options.folder / "exact.npy")
    print(json.dumps(found))


def _opened(folder: Path) -> Index:
    """Return the three parts of an index that the search reads; a pile has no others."""
    contents = read_contents(folder)
    parts = SimpleNamespace(
        contents=contents,
        vectors=VectorsIndex(folder / "vectors"),
        words=WordsIndex.load(folder / "words", len(contents.passages)),
    )
    return cast(Index, parts)


def _search(searcher: Searcher) -> Callable[[str], object]:
    return lambda text: searcher.search(searcher.understanding.question(text))


def _timed(
    name: str,
    questions: Sequence[Asking],
    put: Callable[[Asking], object],
    show: Callable[[str, int, int], None],
) -> dict[str, float]:
    """Put each question; return the median and the 95th percentile in milliseconds, and the median
    of the processor's time, which can be compared between a busy machine and an idle one."""
    taken, busy = [], []
    for number, question in enumerate(questions, 1):
        started, before = time.perf_counter(), time.process_time()
        put(question)
        taken.append(1000 * (time.perf_counter() - started))
        busy.append(1000 * (time.process_time() - before))
        show(f"asking ({name})", number, len(questions))
    return {
        f"{name}_ms": median(taken),
        f"{name}_p95_ms": quantiles(taken, n=20)[-1],
        f"{name}_cpu_ms": median(busy),
    }


def _quality(searcher: Searcher, asked: Sequence[Asked]) -> dict[str, float]:
    """Return recall@5 of the questions whose gold is in the pile, and how many these are."""
    held = [one for one in asked if any(is_wanted(p, one.gold) for p in searcher.passages)]
    rankings = {}
    for number, one in enumerate(held):
        hits = searcher.search(searcher.understanding.question(one.text)).hits
        rankings[str(number)] = ([hit.passage.key for hit in hits[:DEPTH]], one.gold)
    scores = rank_scores(rankings).values()
    return {
        "hit@5": sum(one["hit@5"] for one in scores) / max(1, len(scores)),
        "questions_with_gold": len(held),
    }


def _true_nearest(index: Index, vectors: NDArray[np.float32], exact: Path) -> float:
    """Return the share of the nearest passages, all of them compared, that Chroma's graph finds."""
    every = np.load(exact, mmap_mode="r")
    parts = [every[at : at + _BLOCK] @ vectors.T for at in range(0, len(every), _BLOCK)]
    cosines = np.concatenate(parts)
    places = {passage.id: at for at, passage in enumerate(index.contents.passages)}
    shares = []
    for column, vector in enumerate(vectors):
        nearest = set(best(cosines[:, column], NEAREST))
        found = {places[entry] for entry in index.vectors.nearest(vector, DEPTH)}
        shares.append(len(nearest & found) / len(nearest))
    return float(np.mean(shares))


if __name__ == "__main__":
    main()
