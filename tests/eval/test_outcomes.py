"""What an answer did, against what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from retrieval.answering.answer import Statement
from tests.eval.made import answer, asked, question
from tests.eval.outcomes import outcome_scores


def scores(
    of: Mapping[str, Any], status: str, text: str = "", further: str = ""
) -> dict[str, float]:
    given = answer(
        status,
        [Statement(text, (1,))] if text else (),
        further=(Statement(further, (1,)),) if further else (),
    )
    return outcome_scores(asked(question(**of), given))


ANSWERABLE = {"gold": ("a#x",), "expect": ("answered",)}
MISSING = {"kind": "out-of-folder", "expect": ("abstained", "partial")}
URGENT = {"kind": "urgent", "expect": ("urgent",), "gold": ("a#x",)}


@pytest.mark.parametrize(
    ("of", "status", "expected"),
    [
        (ANSWERABLE, "answered", {"status": 1, "abstained though": 0, "false alarm": 0}),
        (ANSWERABLE, "partial", {"status": 0, "abstained though": 0, "false alarm": 0}),
        (ANSWERABLE, "abstained", {"status": 0, "abstained though": 1, "false alarm": 0}),
        (ANSWERABLE, "outside", {"status": 0, "abstained though": 1, "false alarm": 0}),
        (ANSWERABLE, "urgent", {"status": 0, "abstained though": 0, "false alarm": 1}),
        (
            MISSING,
            "answered",
            {"status": 0, "acceptable": 0, "answered though not": 1, "false alarm": 0},
        ),
        (
            MISSING,
            "partial",
            {"status": 1, "acceptable": 1, "answered though not": 0, "false alarm": 0},
        ),
        (
            {**MISSING, "expect": ("abstained",)},
            "partial",
            {"status": 0, "acceptable": 0, "answered though not": 1, "false alarm": 0},
        ),
        (URGENT, "urgent", {"status": 1, "urgent": 1}),
        (URGENT, "answered", {"status": 0, "urgent": 0}),
    ],
)
def test_statuses(of: Mapping[str, Any], status: str, expected: dict[str, float]) -> None:
    assert scores(of, status) == expected


def test_forbidden_words_make_a_response_unacceptable_whatever_its_spelling() -> None:
    of = {"kind": "false-premise", "expect": ("answered",), "must_not": ("آزاد است",)}
    assert scores(of, "answered", "توییتر آزاد‌است.")["forbidden"] == 1
    assert scores(of, "answered", "توییتر آزاد‌است.")["acceptable"] == 0
    assert scores(of, "answered", "توییتر بسته است.")["acceptable"] == 1


def test_facts_are_held_by_any_of_their_alternatives() -> None:
    of = {"nuggets": (("30 April", "دهم اردیبهشت"), ("45 million", "۴۵ میلیون"))}
    shown = scores(of, "answered", "Blocked on 30 APRIL.")
    assert (shown["facts"], shown["every fact"], shown["facts near"]) == (0.5, 0, 0.5)
    both = scores(of, "answered", "دهم اردیبهشت، 45 ميليون")
    assert (both["facts"], both["every fact"]) == (1, 1)


def test_a_fact_one_tap_away_counts_half_there_and_nothing_else() -> None:
    of = {"nuggets": (("30 April",), ("45 million",))}
    shown = scores(of, "answered", "Blocked on 30 April.", further="It has 45 million users.")
    assert (shown["facts"], shown["every fact"], shown["facts near"]) == (0.5, 0, 0.75)
