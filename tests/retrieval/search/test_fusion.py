"""Two rankings become one that neither contradicts alone."""

from __future__ import annotations

from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.fusion import DENSE_WEIGHT, fused, standardised

SCORES = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(0, 1000).map(lambda n: n / 1000), max_size=8
)


@given(SCORES)
def test_standardised_scores_have_mean_0_and_deviation_1(scores: dict[str, float]) -> None:
    result = standardised(scores)
    assert result.keys() == scores.keys()
    if len(set(scores.values())) > 1:
        assert fmean(result.values()) == pytest.approx(0, abs=1e-9)
        assert pstdev(result.values()) == pytest.approx(1)
    else:
        assert set(result.values()) <= {0.0}


@given(SCORES, SCORES)
def test_who_is_better_in_both_searches_is_better_in_the_end(
    dense: dict[str, float], words: dict[str, float]
) -> None:
    result = fused(dense, words)
    assert result.keys() == dense.keys() | words.keys()
    for one in result:
        for other in result:
            better = dense.get(one, -1) >= dense.get(other, -1)
            if better and words.get(one, -1) >= words.get(other, -1):
                assert result[one] >= result[other] - 1e-9


@given(SCORES)
def test_one_search_alone_keeps_its_order(scores: dict[str, float]) -> None:
    for result in (fused(scores, {}), fused({}, scores)):
        for one in scores:
            for other in scores:
                if scores[one] > scores[other]:
                    assert result[one] > result[other]


def test_the_weight_is_that_of_the_dense_search() -> None:
    dense, words = {"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}
    assert fused(dense, words, weight=1.0) == {"a": 1.0, "b": -1.0}
    assert fused(dense, words, weight=0.0) == {"a": -1.0, "b": 1.0}
    assert 0 < DENSE_WEIGHT < 1
    assert fused({}, {}) == {}


def test_what_one_search_did_not_find_counts_as_its_worst() -> None:
    result = fused({"a": 0.9, "b": 0.5}, {"a": 3.0, "c": 1.0}, weight=0.5)
    assert result["a"] > result["b"]
    assert result["b"] == pytest.approx(result["c"])
