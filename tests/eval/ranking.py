"""How high the gold stands among the hits: the measures of ir-measures, question by question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

# What each is called here.
MEASURES = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr": RR,
    "ndcg@10": nDCG @ 10,
}


def rank_scores(
    rankings: Mapping[str, tuple[Iterable[str], Iterable[str]]],
) -> dict[str, dict[str, float]]:
    """Return each measure of each question that has gold, by the question's id.

    ``rankings`` holds, by id, the keys of the hits (``document#section.n``, best first) and the
    gold (``document#section``, or ``document`` where any part of it would do).
    """
    judged, run = [], []
    for asked, (keys, gold) in rankings.items():
        wanted = list(dict.fromkeys(gold))
        judged += [Qrel(asked, name, 1) for name in wanted]
        if wanted:
            units = list(gold_units(keys, wanted))
            # ir-measures orders by score and knows no ties here: minus the rank is the order given.
            run += [ScoredDoc(asked, unit, -rank) for rank, unit in enumerate(units, 1)]
    scores: dict[str, dict[str, float]] = {
        one.query_id: dict.fromkeys(MEASURES, 0.0) for one in judged
    }
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(names), judged, run) if run else ():
        scores[metric.query_id][names[metric.measure]] = metric.value
    return scores


def gold_units(keys: Iterable[str], gold: Iterable[str]) -> Iterable[str]:
    """Yield what each hit counts as: the gold it belongs to, where that was not met before, else
    itself. A second passage of the same gold section is neither right again nor wrong."""
    left = set(gold)
    met: set[str] = set()
    for key in keys:
        names = (key.rpartition(".")[0], key.partition("#")[0])
        unit = next((name for name in names if name in left), None)
        if unit is not None:
            left.discard(unit)
            met.add(unit)
            yield unit
        elif not met.intersection(names):
            yield key


def rank_among(keys: Iterable[str], gold: Iterable[str]) -> int | None:
    """Return the rank, from 1, of the first of ``keys`` that is ``gold``, if there is one."""
    wanted = set(gold)
    units = enumerate(gold_units(keys, wanted), 1)
    return next((rank for rank, unit in units if unit in wanted), None)
