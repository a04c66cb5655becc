"""``python -m tests.eval.calibrate``: how sure is sure enough.

Fits the logistic model of ``retrieval/judging/thresholds.py`` on the development questions and on
those of ``questions/fitting``, prints its weights, and what each pair of thresholds would do.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from retrieval.judging.thresholds import ConfidenceWeights
from retrieval.library import Library
from retrieval.settings import LibrarySettings
from tests.eval.questions import EvalQuestion, read_fitting, read_questions

# Kinds that are decided before confidence is looked at, or that have no single right status.
_ASIDE = {"urgent", "near-urgent", "unsafe", "greeting", "injection", "followup", "underspecified"}
_ABLE = {"answered", "partial"}
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


def main() -> None:
    """Fit, and print weights and curve."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.calibrate", description=__doc__)
    parser.add_argument("--state", type=Path, help="where the index lives")
    options = parser.parse_args()
    library = Library.open(LibrarySettings(**({"state": options.state} if options.state else {})))
    fitting = read_fitting()
    questions = [*(q for q in read_questions() if q.split == "dev"), *fitting]
    evidence = [
        (question, library.evidence(question.question))
        for question in questions
        if question.kind not in _ASIDE
    ]
    # What is asked of this moment gets the nearest, however sure the judge is.
    kept = [(q, one) for q, one in evidence if one.search.hits and not one.of_this_moment]
    truth = np.array([answerable(question) for question, _ in kept])
    features = np.array([one.features[1:] for _, one in kept])
    # All of one size, so that the penalty treats them alike; the weights are those of the raw ones.
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    features = (features - middle) / spread
    model = LogisticRegression(C=_PENALTY, class_weight="balanced", max_iter=5000)
    sure = cross_val_predict(model, features, truth, cv=_FOLDS, method="predict_proba")[:, 1]
    model.fit(features, truth)
    raw = model.coef_[0] / spread
    weights = ConfidenceWeights(float(model.intercept_[0] - raw @ middle), *map(float, raw))
    print(f"{truth.sum()} answerable, {(~truth).sum()} not; five-fold cross-validation")
    for name, weight in weights._asdict().items():
        print(f"  {name} = {weight:.3f}")
    written = {question.id for question in fitting}
    new = np.array([question.id in written for question, _ in kept])
    nearest = np.array(["partial" in question.expect for question, _ in kept])
    print("of the questions for fitting, then of the development questions: spoken to though not")
    print("answerable; of the answerable not spoken to; of the answerable offered as the nearest")
    print("offer  answer")
    for offer, answer in _THRESHOLDS:
        answered = sure >= answer
        offered = (sure >= offer) & ~answered
        print(f"{offer:5.2f}  {answer:6.2f}", end="")
        for part in (new, ~new):
            wrong = (answered | (offered & ~nearest))[part & ~truth].mean()
            silent, unsure = (sure < offer)[part & truth].mean(), offered[part & truth].mean()
            print(f"   {wrong:.3f} {silent:.3f} {unsure:.3f}", end="")
        print()
    _print_intents(library)


if __name__ == "__main__":
    main()
