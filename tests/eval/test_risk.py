"""Risk over coverage, counted by hand."""

from __future__ import annotations

import pytest

from retrieval.judging import thresholds
from tests.eval.made import answer, asked, question
from tests.eval.measures import Scored
from tests.eval.risk import calibration, curve


def scored(
    confidence: float, hit: float | None, kind: str = "fact", expect: str = "answered"
) -> Scored:
    """Return a question with gold that was found or not, or without gold (``hit`` None)."""
    of = question(kind=kind, expect=(expect,), gold=() if hit is None else ("a#x",))
    given = {} if hit is None else {"hit@5": hit}
    return Scored(asked(of, answer(), confidence=confidence), given)


def test_the_curve_goes_from_the_surest_on() -> None:
    points = curve([(0.2, True), (0.9, False), (0.5, True)])
    assert [(p.threshold, p.coverage, p.risk) for p in points] == [
        (0.9, pytest.approx(1 / 3), 0),
        (0.5, pytest.approx(2 / 3), 0.5),
        (0.2, 1, pytest.approx(2 / 3)),
    ]


def test_equal_confidence_is_one_step() -> None:
    assert {p.risk for p in curve([(0.5, True), (0.5, False)])} == {0.5}


def test_an_answer_is_wrong_without_gold_or_with_gold_out_of_reach() -> None:
    sure, near = thresholds.ANSWER + 0.1, thresholds.OFFER
    found = calibration(
        [
            scored(sure + 0.1, 1.0),
            scored(sure, 0.0),
            scored(near, None, "out-of-folder", "abstained"),
            scored(0.0, 1.0),
        ]
    )
    assert found is not None
    assert (found.chosen["answer"].coverage, found.chosen["answer"].risk) == (0.5, 0.5)
    assert found.chosen["offer"].coverage == 0.75
    assert found.chosen["offer"].risk == pytest.approx(2 / 3)
    assert found.area == pytest.approx((0 + 1 / 2 + 2 / 3 + 2 / 4) / 4)


def test_kinds_decided_before_confidence_are_aside() -> None:
    assert calibration([scored(0.9, 1.0, "urgent", "urgent")]) is None
