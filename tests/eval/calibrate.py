"""``python -m tests.eval.calibrate``: how sure is sure enough.

Fits the logistic model of ``retrieval/judging/thresholds.py`` on the development questions, prints
its weights, and the curve of risk against coverage that the thresholds are read off.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from retrieval.judging.thresholds import ConfidenceWeights
from retrieval.library import Library
from retrieval.settings import LibrarySettings
from tests.eval.questions import EvalQuestion, read_questions

# Kinds that are decided before confidence is looked at, or that have no single right status.
_ASIDE = {"urgent", "near-urgent", "unsafe", "greeting", "injection", "followup", "underspecified"}
_ABLE = {"answered", "partial"}


def answerable(question: EvalQuestion) -> bool:
    """Return whether the folder answers ``question``."""
    return bool(question.gold) and bool(_ABLE & set(question.expect))


def _print_intents(library: Library) -> None:
    """Print, for each kind noticed before answering, what a threshold finds and falsely alarms."""
    rows = [
        (question.kind, library.evidence(question.question).like)
        for question in read_questions()
        if question.split == "dev" and question.before is None
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


def main() -> None:
    """Fit, and print weights and curve."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.calibrate", description=__doc__)
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    library = Library.open(LibrarySettings(**({"state": options.state} if options.state else {})))
    questions = [q for q in read_questions() if q.split == "dev" and q.kind not in _ASIDE]
    evidence = [(q, library.evidence(q.question)) for q in questions]
    kept = [(answerable(q), e.features[1:]) for q, e in evidence if e.search.hits]
    truth = np.array([able for able, _ in kept])
    features = np.array([values for _, values in kept])
    # All of one size, so that the penalty treats them alike; the weights are those of the raw ones.
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    features = (features - middle) / spread
    model = LogisticRegression(C=0.5, class_weight="balanced", max_iter=5000)
    sure = cross_val_predict(model, features, truth, cv=5, method="predict_proba")[:, 1]
    model.fit(features, truth)
    raw = model.coef_[0] / spread
    weights = ConfidenceWeights(float(model.intercept_[0] - raw @ middle), *map(float, raw))
    print(f"{truth.sum()} answerable, {(~truth).sum()} not; five-fold cross-validation")
    for name, weight in weights._asdict().items():
        print(f"  {name} = {weight:.3f}")
    print("threshold  answered though not answerable  not answered though answerable")
    for threshold in np.arange(0.05, 1.0, 0.05):
        wrong, missed = (sure[~truth] >= threshold).mean(), (sure[truth] < threshold).mean()
        print(f"{threshold:9.2f}  {wrong:30.3f}  {missed:29.3f}")
    _print_intents(library)


if __name__ == "__main__":
    main()
