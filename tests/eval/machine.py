"""The evaluation as a program reads it: one object, figures only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from tests.eval.baseline import Comparison
from tests.eval.evaluation import Evaluation
from tests.eval.floors import Checked


def as_object(
    evaluation: Evaluation, floors: Sequence[Checked], comparison: Comparison | None
) -> dict[str, Any]:
    """Return what ``--json`` prints. Each mean has ``n``, ``value`` and the interval's ends."""
    return {
        "questions": {
            one.asked.question.id: {"status": one.asked.answer.status, "measures": one.scores}
            for one in evaluation.scored
        },
        "means": {
            group: {name: asdict(mean) for name, mean in by_name.items()}
            for group, by_name in evaluation.means.items()
        },
        "english_above_persian": {name: asdict(mean) for name, mean in evaluation.gaps.items()},
        "lost_where_typed": [asdict(one) for one in evaluation.drops],
        "risk": {split: asdict(line) for split, line in evaluation.risk.items()},
        "speed": asdict(evaluation.speed),
        "floors": [
            {**one.floor.model_dump(exclude_none=True), "value": one.value, "holds": one.holds}
            for one in floors
        ],
        "comparison": asdict(comparison) if comparison else None,
    }
