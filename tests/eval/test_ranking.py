"""Ranks are counted as the field counts them, over gold sections rather than their pieces."""

from __future__ import annotations

from math import log2

import pytest

from tests.eval.ranking import gold_units, rank_among, rank_scores

KEYS = ("a#x.1", "b#y.1", "b#y.2", "c#z.1", "d#w.1")


def test_hand_computed_ranks() -> None:
    """Gold at ranks 2 and 4 (the second piece of b#y counts for nothing, so c#z is third)."""
    scores = rank_scores({"q": (KEYS, ("b#y", "c#z", "e#gone"))})["q"]
    best = 1 + 1 / log2(3) + 1 / log2(4)
    assert scores == pytest.approx(
        {
            "hit@1": 0,
            "hit@5": 1,
            "recall@5": 2 / 3,
            "recall@10": 2 / 3,
            "mrr": 1 / 2,
            "ndcg@10": (1 / log2(3) + 1 / log2(4)) / best,
        }
    )


def test_any_passage_of_a_gold_document_counts_once() -> None:
    assert list(gold_units(("a#x.1", "a#y.1", "b#z.1"), ("a",))) == ["a", "b#z.1"]


def test_a_section_counts_before_its_document() -> None:
    assert list(gold_units(("a#x.1", "a#y.1"), ("a", "a#x"))) == ["a#x", "a"]


def test_the_order_given_is_the_order_scored_past_ten_hits() -> None:
    keys = [f"n{number}#s.1" for number in range(40)]
    scores = rank_scores({"q": ([*keys, "gold#s.1"], ("gold#s",))})["q"]
    assert scores["mrr"] == pytest.approx(1 / 41)
    assert scores["recall@10"] == 0


def test_a_question_that_found_nothing_scores_nothing() -> None:
    assert set(rank_scores({"q": ((), ("a#x",))})["q"].values()) == {0.0}
    found = rank_scores({"q": ((), ("a#x",)), "p": (("a#x.1",), ("a#x",))})
    assert (found["q"]["hit@5"], found["p"]["hit@5"]) == (0, 1)


def test_a_question_without_gold_has_no_rank() -> None:
    assert rank_scores({"q": (KEYS, ())}) == {}


def test_the_first_gold_rank() -> None:
    assert rank_among(KEYS, ("c#z",)) == 4
    assert rank_among(KEYS, ("nowhere",)) is None
