"""``python -m tests.eval.tune``: other fusion weights, on the development questions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from retrieval.library import Library
from retrieval.search.fusion import DENSE_WEIGHT, SUPPORT, ranking
from retrieval.settings import LibrarySettings
from tests.eval.questions import read_questions
from tests.eval.ranking import rank_among

_WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
_SUPPORTS = (0.0, 0.1, 0.2, 0.3, 0.5)
# What both ways of searching found for a question, and its gold.
Found = tuple[dict[str, float], dict[str, float], tuple[str, ...]]


def main() -> None:
    """Print hit@1, hit@5 and the mean reciprocal rank for each weight and each support."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.tune", description=__doc__)
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    library = Library.open(LibrarySettings(**({"state": options.state} if options.state else {})))
    searcher = library.searcher
    found: list[Found] = []
    for question in read_questions():
        if question.split == "dev" and question.gold and question.before is None:
            asked = searcher.understanding.question(question.question)
            _, dense, words = searcher.candidates(asked)
            found.append((dense, words, question.gold))
    print(f"{len(found)} questions     hit@1   hit@5     MRR")
    for weight in _WEIGHTS:
        print(f"dense weight {weight:4.1f} {_figures(found, weight, SUPPORT)}")
    for support in _SUPPORTS:
        print(f"support      {support:4.1f} {_figures(found, DENSE_WEIGHT, support)}")


def _figures(found: Sequence[Found], weight: float, support: float) -> str:
    ranks = []
    for dense, words, gold in found:
        scores = ranking(dense, words, weight, support)
        ranks.append(rank_among(sorted(scores, key=lambda key: (-scores[key], key)), gold))
    hits = [sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in (1, 5)]
    mean = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return f"{hits[0]:11.3f}{hits[1]:8.3f}{mean:8.3f}"


if __name__ == "__main__":
    main()
