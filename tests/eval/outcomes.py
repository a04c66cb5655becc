"""What an answer does with the question: speaks, keeps silent, raises the alarm, holds the facts.

Silence is measured as in UAEval4RAG (Peng and others, "Unanswerability Evaluation for Retrieval
Augmented Generation", 2024): by kind of unanswerable question, the share of acceptable responses.
Facts are nuggets as in AutoNuggetizer (Pradeep and others, "The Great Nugget Recall", 2025): all of
ours are vital, each given as alternatives, and a nugget that is one tap away counts half in "facts
near". There a model matches them; here a nugget is held if one of its alternatives is, spaces and
letter forms aside.
"""

from __future__ import annotations

import re

from retrieval.language.normalise import HALF_SPACE, search_form
from tests.eval.asking import Asked

UNANSWERABLE = {
    "underspecified",
    "false-premise",
    "out-of-folder",
    "out-of-field",
    "status-now",
    "unsafe",
}
SPEAKS = {"answered", "partial"}
SILENT = {"abstained", "outside", "declined"}
_SPACES = re.compile(f"[\\s{HALF_SPACE}]+")


def outcome_scores(asked: Asked) -> dict[str, float]:
    """Return those of the measures that this question has, each from 0 to 1."""
    question, status = asked.question, asked.answer.status
    expected = set(question.expect)
    said = _plain(" ".join(statement.text for statement in asked.answer.statements))
    forbidden = any(_plain(text) in said for text in question.must_not)
    scores = {"status": status in expected}
    if question.must_not:
        scores["forbidden"] = forbidden
    if question.kind in UNANSWERABLE:
        scores["acceptable"] = status in expected and not forbidden
    if not expected & {"answered", "urgent"}:
        scores["answered though not"] = status in SPEAKS - expected
    if question.gold and expected <= SPEAKS:
        scores["abstained though"] = status in SILENT
    if expected == {"urgent"}:
        scores["urgent"] = status == "urgent"
    if "urgent" not in expected:
        scores["false alarm"] = status == "urgent"
    return {name: float(value) for name, value in scores.items()} | _facts(asked)


def nuggets_held(asked: Asked) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Return each expected fact, as its alternatives, and whether the statements shown hold it."""
    said = _plain(" ".join(statement.text for statement in asked.answer.statements))
    return tuple((options, _holds(said, options)) for options in asked.question.nuggets)


def _facts(asked: Asked) -> dict[str, float]:
    nuggets = asked.question.nuggets
    if not nuggets:
        return {}
    further = _plain(" ".join(statement.text for statement in asked.answer.further))
    held = [found for _, found in nuggets_held(asked)]
    near = [_holds(further, options) for options in nuggets]
    half = [max(shown, tap / 2) for shown, tap in zip(held, near, strict=True)]
    return {
        "facts": sum(held) / len(nuggets),
        "every fact": float(all(held)),
        "facts near": sum(half) / len(nuggets),
    }


def _holds(text: str, options: tuple[str, ...]) -> bool:
    return any(_plain(option) in text for option in options)


def _plain(text: str) -> str:
    return _SPACES.sub("", search_form(text))
