"""Support, need and dates of statements, worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from retrieval.answering.answer import Citation, Statement
from tests.eval.dated import holds_date
from tests.eval.made import TEXT, answer, asked, citation, passage, question
from tests.eval.statements import statement_scores

TODAY = dt.date(2026, 11, 22)
BLOCKED, USERS, CALM = TEXT.split("\n")
HOME, ELSEWHERE = passage(), passage("signal#blocked.1@en", "Signal was blocked in 2021.")
GOLD = question(gold=("telegram#blocked",))


def test_a_quoted_statement_on_gold_is_supported_and_needed() -> None:
    given = answer(statements=[Statement(BLOCKED, (1,))], citations=[citation(1, HOME)])
    scores = statement_scores(asked(GOLD, given, HOME), TODAY)
    assert scores == {
        "citation recall": 1,
        "citation precision": 1,
        "on gold": 1,
        "undated": 0,
        "date in sentence": 1,
    }


def test_words_that_are_not_in_the_passage_are_not_supported() -> None:
    statements = [Statement(BLOCKED, (1,)), Statement("It is open again.", (1,))]
    given = answer(statements=statements, citations=[citation(1, HOME)])
    scores = statement_scores(asked(GOLD, given, HOME), TODAY)
    assert (scores["citation recall"], scores["citation precision"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    "given",
    [
        citation(1, HOME, excerpt=f"{BLOCKED} Really."),
        citation(1, HOME, excerpt=USERS),
        replace(citation(1, HOME), passage="nowhere#at-all.1@en"),
    ],
    ids=["excerpt not in the passage", "statement not in the excerpt", "no such passage"],
)
def test_a_citation_that_does_not_hold_supports_nothing(given: Citation) -> None:
    shown = answer(statements=[Statement(BLOCKED, (1,))], citations=[given])
    assert statement_scores(asked(GOLD, shown, HOME), TODAY)["citation recall"] == 0


def test_a_passage_past_its_review_supports_nothing() -> None:
    given = answer(statements=[Statement(BLOCKED, (1,))], citations=[citation(1, HOME)])
    due = replace(HOME, review_by="2026-11-22")
    assert statement_scores(asked(GOLD, given, due), TODAY)["citation recall"] == 1
    past = replace(HOME, review_by="2026-11-21")
    assert statement_scores(asked(GOLD, given, past), TODAY)["citation recall"] == 0


def test_the_same_source_named_twice_is_needed_once() -> None:
    given = answer(
        statements=[Statement(BLOCKED, (1, 2))], citations=[citation(1, HOME), citation(2, HOME)]
    )
    scores = statement_scores(asked(GOLD, given, HOME), TODAY)
    assert (scores["citation recall"], scores["citation precision"]) == (1, 0.5)


def test_a_statement_without_citation_is_not_supported() -> None:
    given = answer(statements=[Statement(BLOCKED, ())])
    scores = statement_scores(asked(GOLD, given, HOME), TODAY)
    assert (scores["citation recall"], scores["on gold"]) == (0, 0)


def test_statements_from_elsewhere_are_off_gold() -> None:
    given = answer(
        statements=[Statement(BLOCKED, (1,)), Statement(ELSEWHERE.text, (2,))],
        citations=[citation(1, HOME), citation(2, ELSEWHERE, excerpt=ELSEWHERE.text)],
    )
    assert statement_scores(asked(GOLD, given, HOME, ELSEWHERE), TODAY)["on gold"] == 0.5


def test_a_figure_is_dated_by_its_citation_or_a_notice() -> None:
    def undated(date: str | None, *notices: str) -> float:
        given = answer(
            statements=[Statement(USERS, (1,))],
            citations=[citation(1, HOME, date=date)],
            notices=notices,
        )
        return statement_scores(asked(GOLD, given, HOME), TODAY)["undated"]

    assert undated("2018-05-01") == 0
    assert undated(None, "As far as known on 1 May 2018.") == 0
    assert undated(None, "As far as known on 2 May 2018.") == 1
    assert undated(None) == 1


def test_a_span_of_days_dates_what_lies_in_it() -> None:
    later = replace(ELSEWHERE, as_of="2021-02-01")

    def undated(notice: str) -> float:
        given = answer(
            statements=[Statement(USERS, (1,)), Statement(later.text, (2,))],
            citations=[citation(1, HOME, date=None), citation(2, later, later.text, date=None)],
            notices=[notice],
        )
        return statement_scores(asked(GOLD, given, HOME, later), TODAY)["undated"]

    assert undated("As far as known between 1 May 2018 and 1 February 2021.") == 0
    assert undated("As far as known on 1 May 2018.") == 1


def test_advice_and_steps_do_not_age() -> None:
    for text, where in ((CALM, HOME), (USERS, replace(HOME, role="do"))):
        given = answer(statements=[Statement(text, (1,))], citations=[citation(1, where)])
        assert "undated" not in statement_scores(asked(GOLD, given, where), TODAY)


def test_an_answer_without_statements_has_none_of_these() -> None:
    assert statement_scores(asked(GOLD, answer("abstained")), TODAY) == {}


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("blocked on 30 April 2018", True),
        ("از دی ۱۳۹۶", True),
        ("از ۲۵ آبان تا ۲ آذر", True),
        ("۱۰ اردیبهشت", True),
        ("45 million users", False),
        ("ماده ۱۶۹", False),
        ("it may work in 10 minutes", False),
    ],
)
def test_what_a_date_is(text: str, dated: bool) -> None:
    assert holds_date(text) is dated
