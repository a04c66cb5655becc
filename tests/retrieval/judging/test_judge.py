"""What is done with a question, and what comes before what."""

from __future__ import annotations

import pytest

from retrieval.judging import thresholds
from retrieval.judging.intents import Likeness
from retrieval.judging.judge import NEIGHBOURS_WEIGHT, Evidence, Verdict, verdict
from retrieval.judging.neighbours import Nearness
from retrieval.search.question import Question
from retrieval.search.search import Search

QUESTION = Question("What is a VPN?", "en", "What is a VPN?", ("vpn",), ())
# Far from every kind.
NOTHING = Likeness(-2.0, -2.0, -2.0, -2.0)
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
        (Likeness(0.9, 0.8, -1, -1), "door"),
        (Likeness(0.8, 0.9, -1, -1), "arrest"),
        (Likeness(0.9, -1, 0.8, 0.7), "door"),
        (Likeness(-1, -1, 0.9, 0.8), "declined"),
        (Likeness(0.8, -1, 0.9, -1), "declined"),  # more like harm than like danger
        (Likeness(-1, -1, -1, 0.9), "answered"),  # the folder answers it all the same
    ],
)
def test_danger_and_harm_come_before_an_answer(
    monkeypatch: pytest.MonkeyPatch, likeness: Likeness, expected: Verdict
) -> None:
    assert judged(monkeypatch, SURE, likeness) == expected


def test_danger_and_harm_must_be_like_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    near = 1e-6
    for kind, least, expected in (
        ("door", thresholds.URGENT, "door"),
        ("arrest", thresholds.URGENT, "arrest"),
        ("harmful", thresholds.HARMFUL_THOUGH_KNOWN, "declined"),
    ):
        assert judged(monkeypatch, SURE, only(kind, least)) == expected
        assert judged(monkeypatch, SURE, only(kind, least - near)) == "answered"


def only(kind: str, value: float) -> Likeness:
    """Return a likeness to ``kind`` alone."""
    others = dict.fromkeys(("door", "arrest", "harmful", "outside"), -2.0)
    return Likeness(**{**others, kind: value})


def test_other_business_is_outside_only_where_the_folder_has_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = only("outside", 0.9)
    assert judged(monkeypatch, UNSURE, other) == "outside"
    assert judged(monkeypatch, LOST, other) == "outside"
    assert judged(monkeypatch, SURE, other) == "answered"
    assert judged(monkeypatch, LOST, only("outside", thresholds.OUTSIDE - 0.01)) == "abstained"


def test_what_holds_no_question_is_seen_before_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    alarm = Likeness(0.99, 0.99, 0.99, 0.99)
    empty = Question("😀", "en", "😀", (), ())
    greeting = Question("hello", "en", "hello", ("hello",), ())
    vague = Question("what?", "en", "what?", (), ())
    assert judged(monkeypatch, SURE, alarm, empty) == "unreadable"
    assert judged(monkeypatch, SURE, alarm, greeting) == "greeting"
    assert judged(monkeypatch, SURE, NOTHING, vague) == "underspecified"


def test_neighbours_and_model_are_weighed_together() -> None:
    near = {"door": Nearness(0.9, 0.5), "outside": Nearness(0.9, 0.2), "none": Nearness(0.9, 0.4)}
    like = Evidence(Search(QUESTION), Likeness(-0.5, -0.5, 0.1, 0.5), 0.0, near).like
    assert like.door == pytest.approx(-0.5 + 0.1 * NEIGHBOURS_WEIGHT)
    assert like.outside == pytest.approx(0.5 - 0.2 * NEIGHBOURS_WEIGHT)
    assert (like.arrest, like.harmful) == (-0.5, 0.1)  # nothing known of their neighbours


def test_nothing_found_is_no_confidence() -> None:
    assert Evidence(Search(QUESTION), NOTHING, 1.0).confidence == 0.0
