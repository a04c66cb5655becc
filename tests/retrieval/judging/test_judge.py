"""What is done with a question, and what comes before what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.judging import thresholds
from retrieval.judging.intents import Likeness
from retrieval.judging.judge import Evidence, Verdict, verdict
from retrieval.search.question import Question
from retrieval.search.search import Search

QUESTION = Question("What is a VPN?", "en", "What is a VPN?", ("vpn",), ())
NOTHING = Likeness(0.0, 0.0, 0.0, 0.0, 0.0)
SURE, UNSURE, LOST = 0.99, (thresholds.ANSWER + thresholds.OFFER) / 2, 0.01


def judged(
    monkeypatch: pytest.MonkeyPatch,
    confidence: float,
    likeness: Likeness = NOTHING,
    question: Question = QUESTION,
) -> Verdict:
    monkeypatch.setattr(Evidence, "confidence", property(lambda _: confidence))
    return verdict(Evidence(Search(question), likeness, 0.0))


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (SURE, "answered"),
        (thresholds.ANSWER, "answered"),
        (UNSURE, "partial"),
        (thresholds.OFFER, "partial"),
        (LOST, "abstained"),
    ],
)
def test_how_sure_decides(
    monkeypatch: pytest.MonkeyPatch, confidence: float, expected: Verdict
) -> None:
    assert judged(monkeypatch, confidence) == expected


@pytest.mark.parametrize(
    ("likeness", "expected"),
    [
        (Likeness(0.9, 0.8, 0.0, 0.0, 0.0), "door"),
        (Likeness(0.8, 0.9, 0.0, 0.0, 0.0), "arrest"),
        (Likeness(0.9, 0.0, 0.99, 0.99, 0.0), "door"),  # danger comes before everything
        (Likeness(0.0, 0.0, 0.9, 0.95, 0.0), "declined"),
        (Likeness(0.9, 0.9, 0.9, 0.9, 0.95), "answered"),  # nearer to a near miss
        (Likeness(0.0, 0.0, 0.0, 0.9, 0.0), "answered"),  # the folder answers it all the same
    ],
)
def test_danger_comes_first_and_then_harm(
    monkeypatch: pytest.MonkeyPatch, likeness: Likeness, expected: Verdict
) -> None:
    assert judged(monkeypatch, SURE, likeness) == expected


def test_a_margin_before_the_near_misses_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, margin, expected in (
        ("door", thresholds.URGENT_MARGIN, "door"),
        ("harmful", thresholds.HARMFUL_MARGIN, "declined"),
    ):
        ahead = replace(NOTHING, none=0.9 - margin - 0.001, **{kind: 0.9})
        behind = replace(NOTHING, none=0.9 - margin + 0.001, **{kind: 0.9})
        assert judged(monkeypatch, SURE, ahead) == expected
        assert judged(monkeypatch, SURE, behind) == "answered"


def test_other_business_is_outside_only_where_the_folder_has_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = replace(NOTHING, outside=0.9)
    assert judged(monkeypatch, UNSURE, other) == "outside"
    assert judged(monkeypatch, LOST, other) == "outside"
    assert judged(monkeypatch, SURE, other) == "answered"


def test_what_holds_no_question_is_seen_before_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    alarm = Likeness(0.99, 0.99, 0.99, 0.99, 0.0)
    empty = Question("😀", "en", "😀", (), ())
    greeting = Question("hello", "en", "hello", ("hello",), ())
    vague = Question("what?", "en", "what?", (), ())
    assert judged(monkeypatch, SURE, alarm, empty) == "unreadable"
    assert judged(monkeypatch, SURE, alarm, greeting) == "greeting"
    assert judged(monkeypatch, SURE, NOTHING, vague) == "underspecified"


def test_nothing_found_is_no_confidence() -> None:
    assert Evidence(Search(QUESTION), NOTHING, 1.0).confidence == 0.0
