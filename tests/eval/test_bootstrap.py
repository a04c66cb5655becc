"""Intervals mean what they say."""

from __future__ import annotations

import pytest

from tests.eval.bootstrap import gap_interval, interval


def test_no_spread_no_width() -> None:
    assert interval([1.0] * 5) == (1, 1)
    assert gap_interval([1.0] * 5, [0.25] * 9) == (0.75, 0.75)


def test_the_interval_of_a_share_is_the_normal_one_within_a_hundredth() -> None:
    """Of 400 questions half are right: 0.5 plus or minus 1.96 * sqrt(0.25 / 400) = 0.049."""
    assert interval([0.0, 1.0] * 200) == pytest.approx((0.451, 0.549), abs=0.01)


def test_a_gap_is_wider_than_either_side() -> None:
    low, high = gap_interval([0.0, 1.0] * 200, [0.0, 1.0] * 200)
    assert (low, high) == pytest.approx((-0.069, 0.069), abs=0.01)


def test_the_same_values_give_the_same_interval() -> None:
    assert interval([0.0, 1.0, 1.0]) == interval([0.0, 1.0, 1.0])
