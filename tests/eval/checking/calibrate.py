"""``python -m tests.eval.checking.calibrate``: how like is like enough.

Fits the logistic models of ``retrieval/checking/weights.py`` on the clauses of the development
half, prints their weights, and what thresholds refuse of honest and of wrong statements.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from retrieval.checking import Checker
from retrieval.checking.weights import (
    OTHER_LANGUAGE,
    SAME_LANGUAGE,
    Features,
    Weights,
    likelihood,
)
from retrieval.encoder import load_encoder
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import read_glossary
from retrieval.passages import passages_of
from retrieval.settings import LibrarySettings
from tests.eval.checking.cases import Case, pieces
from tests.eval.checking.making import Making

# Faults that only a comparison of meaning finds; the others have rules of their own.
MEANING = ("invented step", "moved near", "moved far", "merged claims")
# A hand-written text is what a model writes; the rest is there for number. Wrong ones pass more
# dearly than honest ones are lost.
_BY_HAND, _WRONG = 6.0, 2.0
_ROUNDS = 3

Example = tuple[Case, list[Features], bool]


def main() -> None:
    """Fit, and print weights and curve."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.eval.checking.calibrate", description=__doc__
    )
    parser.add_argument("--knowledge", type=Path, help="the knowledge folder")
    parser.add_argument("--each", type=int, default=100, help="cases of a kind at most")
    options = parser.parse_args()
    settings = LibrarySettings(**({"knowledge": options.knowledge} if options.knowledge else {}))
    encoder, terms = load_encoder(settings.encoder), read_glossary(settings.knowledge)
    documents = read_knowledge(settings.knowledge).documents
    passages = [p for document in documents for p in passages_of(document)]
    cases = Making(passages, terms, encoder, "dev", options.each).cases(translations=True)
    checker = Checker(encoder, terms=terms)
    report([example for case in cases for example in examples(checker, case)])


def examples(checker: Checker, case: Case) -> list[Example]:
    """Return the statements of ``case`` as the model of meaning sees them; none of a case whose
    fault is not one of meaning."""
    if not case.good and case.kind not in MEANING:
        return []
    seen = [checker.features(piece, {1: case.passage}) for piece in pieces(case)]
    if not case.good and case.kind in ("invented step", "merged claims"):
        # Which of the statements is the wrong one is not known: it is looked for among all.
        together = [clause for clauses, _ in seen for clause in clauses]
        return [(case, together, seen[0][1])] if together else []
    return [(case, clauses, across) for clauses, across in seen if clauses]


def report(found: Sequence[Example]) -> None:
    """Print the models that fit ``found`` and what thresholds make of it."""
    for name, across, start in (
        ("SAME_LANGUAGE", False, SAME_LANGUAGE),
        ("OTHER_LANGUAGE", True, OTHER_LANGUAGE),
    ):
        own = [example for example in found if example[2] == across]
        weights = fitted(own, start)
        print(f"{name} = Weights(")
        for field, value in weights._asdict().items():
            print(f"    {field}={value:.3f},")
        print(")\nthreshold  wrong refused  honest refused  by hand refused")
        scores = [
            (case, min(likelihood(clause, weights) for clause in clauses))
            for case, clauses, _ in own
        ]
        for threshold in np.arange(0.1, 0.75, 0.05):
            wrong = [s < threshold for case, s in scores if not case.good]
            honest = [s < threshold for case, s in scores if case.good]
            hand = [s < threshold for c, s in scores if c.good and "hand" in c.kind]
            shares = [float(np.mean(values)) for values in (wrong, honest, hand)]
            print(f"{threshold:9.2f}  {shares[0]:13.3f}  {shares[1]:14.3f}  {shares[2]:15.3f}")


def fitted(found: Sequence[Example], start: Weights) -> Weights:
    """Return the model that tells the clauses apart best.

    Of a wrong statement only one clause need be wrong: it is the one that looks least borne, by the
    model of the round before.
    """
    weights = start
    for _ in range(_ROUNDS):
        rows: list[Features] = []
        borne: list[bool] = []
        counts: list[float] = []
        for case, clauses, _ in found:
            chosen = clauses
            if not case.good:
                chosen = [min(clauses, key=lambda clause: likelihood(clause, weights))]
            rows += chosen
            borne += [case.good] * len(chosen)
            counts += [(_BY_HAND if "hand" in case.kind else 1) if case.good else _WRONG] * len(
                chosen
            )
        model = LogisticRegression(C=10, max_iter=5000)
        model.fit(np.array(rows), np.array(borne), sample_weight=np.array(counts))
        weights = Weights(float(model.intercept_[0]), *map(float, model.coef_[0]))
    return weights


if __name__ == "__main__":
    main()
