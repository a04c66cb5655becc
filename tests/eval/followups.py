"""``python -m tests.eval.followups``: what the turn before is worth to half a question.

Prints, for the follow-up questions of one split, where the passage that answers is found: asked
alone, and after the question before it with other values for ``retrieval.search.context``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from retrieval.library import Library
from retrieval.search import context
from retrieval.search.context import NOTHING, Context
from retrieval.settings import LibrarySettings
from tests.eval.questions import EvalQuestion, read_questions

DEPTH = 10
WORDS, VECTOR, DOCUMENT = (0.3, 0.5, 0.8), (0.3, 0.6, 1.0), (0.0, 0.5, 1.0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.followups", description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    library = Library.open(
        LibrarySettings(state=options.state) if options.state else LibrarySettings()
    )
    asked = [q for q in read_questions() if q.before and q.split == options.split]
    before = {q.id: library.answer(q.before or "").context for q in asked}
    print(_line("alone", _ranks(library, asked, lambda _: NOTHING)))
    chosen = (context.WORDS, context.VECTOR, context.DOCUMENT)
    print(_line("as it is", _ranks(library, asked, lambda q: before[q.id])))
    if options.split == "dev":
        for values in [(w, v, d) for w in WORDS for v in VECTOR for d in DOCUMENT]:
            context.WORDS, context.VECTOR, context.DOCUMENT = values
            print(_line(str(values), _ranks(library, asked, lambda q: before[q.id])))
        context.WORDS, context.VECTOR, context.DOCUMENT = chosen


def _ranks(
    library: Library, asked: Sequence[EvalQuestion], before: Callable[[EvalQuestion], Context]
) -> list[int]:
    """Return where the answering passage stands for each question, 0 where it is further down."""
    return [_rank(library, question, before(question)) for question in asked]


def _rank(library: Library, question: EvalQuestion, before: Context) -> int:
    hits = library.search(question.question, before=before).hits[:DEPTH]
    for rank, hit in enumerate(hits, 1):
        section = hit.passage.key.rpartition(".")[0]
        if section in question.gold or hit.passage.document in question.gold:
            return rank
    return 0


def _line(name: str, ranks: Sequence[int]) -> str:
    first = sum(rank == 1 for rank in ranks)
    near = sum(0 < rank <= 5 for rank in ranks)
    reciprocal = sum(1 / rank for rank in ranks if rank) / max(len(ranks), 1)
    return (
        f"{name:>18}  first {first}/{len(ranks)}  in five {near}/{len(ranks)}  MRR {reciprocal:.3f}"
    )


if __name__ == "__main__":
    main()
