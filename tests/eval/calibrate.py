"""``python -m tests.eval.calibrate``: how sure is sure enough.

Fits the logistic model of ``retrieval/judging/thresholds.py`` on the development questions, on
those of ``questions/fitting`` and on the judged ones that the reader has not learned from, prints
its weights, and what each pair of thresholds would do.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from retrieval.judging.judge import Evidence
from retrieval.judging.thresholds import ConfidenceWeights
from retrieval.library import Library
from retrieval.reading.training.judged import HELPS, TELLS, read_judged
from retrieval.settings import LibrarySettings
from tests.eval.questions import EvalQuestion, read_fitting, read_questions

# Kinds that are decided before confidence is looked at, or that have no single right status.
_ASIDE = {"urgent", "near-urgent", "unsafe", "greeting", "injection", "followup", "underspecified"}
_ABLE = {"answered", "partial"}
_PARTS = ("judged", "fitting", "development")
_PENALTY = 0.1
_FOLDS = StratifiedKFold(5, shuffle=True, random_state=0)
_THRESHOLDS = tuple(product((0.3, 0.35, 0.4, 0.5), (0.5, 0.6, 0.7, 0.8)))


def answerable(question: EvalQuestion) -> bool:
    """Return whether the folder answers ``question``."""
    return bool(question.gold) and bool(_ABLE & set(question.expect))


def _print_intents(library: Library) -> None:
    """Print, for each kind noticed before answering, what a threshold finds and falsely alarms."""
    rows = [
        (question.kind, library.evidence(question.question).like)
        for question in [*(q for q in read_questions() if q.split == "dev"), *read_fitting()]
        if question.before is None
    ]
    for name, kind in (("urgent", "urgent"), ("harmful", "unsafe"), ("outside", "out-of-field")):
        print(f"{name}: threshold, found of {kind}, false alarms among the rest")
        for threshold in np.arange(-0.4, 0.45, 0.1):
            found = {True: [0, 0], False: [0, 0]}
            for own, like in rows:
                others = {"urgent", "harmful", "outside"} - {name}
                value = getattr(like, name)
                ahead = value >= max(threshold, *(getattr(like, other) for other in others))
                tally = found[own == kind]
                tally[0] += ahead
                tally[1] += 1
            right, wrong = (hits / max(total, 1) for hits, total in (found[True], found[False]))
            print(f"{threshold:9.2f}  {right:6.3f}  {wrong:6.3f}")


@dataclass(frozen=True, slots=True)
class Case:
    """A question to fit on: whether the folder ``tells`` what it asks, and whether to offer the
    ``nearest`` is right as well."""

    part: str
    tells: bool
    nearest: bool
    evidence: Evidence


def cases(library: Library) -> Iterator[Case]:
    """Yield every question that confidence decides on; not those about this very moment, which get
    the nearest however sure the judge is, nor those that the folder half answers."""
    for part, questions in (
        ("fitting", read_fitting()),
        ("development", [q for q in read_questions() if q.split == "dev"]),
    ):
        for question in questions:
            if question.kind not in _ASIDE:
                evidence = library.evidence(question.question)
                yield Case(part, answerable(question), "partial" in question.expect, evidence)
    for judged in read_judged():
        if judged.kept_back and judged.best != HELPS:
            for language, text in judged.asked.items():
                yield Case("judged", judged.best == TELLS, False, library.evidence(text, language))


def main() -> None:
    """Fit, and print weights and curve."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.calibrate", description=__doc__)
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    library = Library.open(LibrarySettings(**({"state": options.state} if options.state else {})))
    kept = [
        one
        for one in cases(library)
        if one.evidence.search.hits and not one.evidence.of_this_moment
    ]
    truth = np.array([one.tells for one in kept])
    features = np.array([one.evidence.features[1:] for one in kept])
    # All of one size, so that the penalty treats them alike; the weights are those of the raw ones.
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    features = (features - middle) / spread
    model = LogisticRegression(C=_PENALTY, class_weight="balanced", max_iter=5000)
    sure = cross_val_predict(model, features, truth, cv=_FOLDS, method="predict_proba")[:, 1]
    model.fit(features, truth)
    raw = model.coef_[0] / spread
    weights = ConfidenceWeights(float(model.intercept_[0] - raw @ middle), *map(float, raw))
    print(f"{truth.sum()} answerable, {(~truth).sum()} not; five-fold cross-validation")
    print(f"area under the curve {roc_auc_score(truth, sure):.3f}")
    for name, weight in weights._asdict().items():
        print(f"  {name} = {weight:.3f}")
    print(f"  UNREAD = {middle[-1]:.3f}")
    part_of = np.array([one.part for one in kept])
    nearest = np.array([one.nearest for one in kept])
    print(f"{', '.join(_PARTS)} questions, each: spoken to though not told; of those told not")
    print("spoken to; of those told offered as the nearest")
    print("offer  answer")
    for offer, answer in _THRESHOLDS:
        answered = sure >= answer
        offered = (sure >= offer) & ~answered
        print(f"{offer:5.2f}  {answer:6.2f}", end="")
        for part in _PARTS:
            own = part_of == part
            wrong = (answered | (offered & ~nearest))[own & ~truth].mean()
            silent, unsure = (sure < offer)[own & truth].mean(), offered[own & truth].mean()
            print(f"   {wrong:.3f} {silent:.3f} {unsure:.3f}", end="")
        print()
    _print_intents(library)


if __name__ == "__main__":
    main()
