"""The page itself: the template filled in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.eval.baseline import Comparison
from tests.eval.evaluation import Evaluation
from tests.eval.floors import Checked
from tests.eval.measures import BY_NAME, MEASURES
from tests.eval.report.plots import drops_plot, means_plot, risk_plot
from tests.eval.report.shown import shown

_FOLDER = Path(__file__).parent
# What the plot by language compares, by the name it is shown under.
LANGUAGES = {"English": "language en", "Persian": "script persian", "Finglish": "script latin"}
STATUSES = ("answered", "partial", "abstained", "outside", "declined", "urgent")


def page(
    evaluation: Evaluation,
    floors: Sequence[Checked],
    comparison: Comparison | None,
    *,
    split: str,
    today: dt.date,
) -> str:
    """Return the whole page as HTML; it asks for nothing from outside."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    present = [measure.name for measure in MEASURES if measure.name in evaluation.means["all"]]
    by_kind = Counter(
        (one.asked.question.kind, one.asked.answer.status) for one in evaluation.scored
    )
    return environment.get_template("page.html.j2").render(
        evaluation=evaluation,
        floors=floors,
        broken=sum(not one.holds for one in floors),
        comparison=comparison,
        split=split,
        today=today.isoformat(),
        measures=[BY_NAME[name] for name in present],
        kinds=sorted({kind for kind, _ in by_kind}),
        by_kind=by_kind,
        statuses=STATUSES,
        languages=LANGUAGES,
        language_plot=means_plot(evaluation.means, LANGUAGES, present),
        drops_plot=drops_plot(evaluation.drops, "hit@5"),
        risk_plot=risk_plot(evaluation.risk),
        questions=[shown(one) for one in evaluation.scored],
    )
