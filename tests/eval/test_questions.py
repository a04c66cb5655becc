"""The evaluation's questions can be trusted: their answers stand in the knowledge folder, and the
folder does not already hold the questions themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from retrieval.judging.examples import read_examples
from retrieval.knowledge.documents import Language
from retrieval.knowledge.reading import Knowledge, read_knowledge
from retrieval.language.normalise import HALF_SPACE, search_form
from retrieval.reading.training.judged import read_judged
from tests.eval.held import repeated
from tests.eval.questions import EvalQuestion, read_fitting, read_questions

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
KINDS = {
    "fact",
    "howto",
    "time",
    "status-now",
    "followup",
    "multi",
    "underspecified",
    "false-premise",
    "out-of-folder",
    "out-of-field",
    "unsafe",
    "urgent",
    "near-urgent",
    "injection",
    "greeting",
}
STATUSES = {"answered", "partial", "abstained", "outside", "declined", "urgent"}
SCRIPTS = {"persian": "fa", "latin": "fa", "english": "en"}
# Percent of rapidfuzz's ratio. Two evaluation questions may share a frame ("is … safe?"); above
# this one repeats the other.
TOO_LIKE_ANOTHER = 93
# A greeting has no other words than greetings: likeness proves nothing about it.
FORMULAS = {"greeting"}

QUESTIONS = read_questions()
FITTING = read_fitting()
each_question = pytest.mark.parametrize(
    "question", [*QUESTIONS, *FITTING], ids=lambda question: question.id
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge(KNOWLEDGE)


@pytest.fixture(scope="module")
def texts(knowledge: Knowledge) -> dict[tuple[str, Language], str]:
    """The plain text of each section (``document#section``) and document, by language."""
    found: dict[tuple[str, Language], str] = {}
    for document in knowledge.documents:
        for section in document.sections:
            text = _plain(" ".join(block.text for block in section.blocks))
            found[f"{document.id}#{section.id}", document.language] = text
        found[document.id, document.language] = " ".join(
            found[f"{document.id}#{section.id}", document.language] for section in document.sections
        )
    return found


def test_ids_are_unique() -> None:
    counts = Counter(question.id for question in (*QUESTIONS, *FITTING))
    assert [id for id, count in counts.items() if count > 1] == []


@each_question
def test_fields_hold_known_values(question: EvalQuestion) -> None:
    assert question.kind in KINDS
    assert question.expect
    assert set(question.expect) <= STATUSES
    assert SCRIPTS[question.script] == question.language
    assert question.gold or not question.nuggets, "nuggets need a gold passage to come from"


@each_question
def test_gold_passages_exist(
    question: EvalQuestion, texts: dict[tuple[str, Language], str]
) -> None:
    missing = [gold for gold in question.gold if (gold, question.language) not in texts]
    assert missing == []


@each_question
def test_gold_passages_hold_every_nugget(
    question: EvalQuestion, texts: dict[tuple[str, Language], str]
) -> None:
    gold = [texts.get((gold, question.language), "") for gold in question.gold]
    missing = [
        options
        for options in question.nuggets
        if not any(_plain(option) in text for option in options for text in gold)
    ]
    assert missing == []


@each_question
def test_gold_passages_hold_nothing_forbidden(
    question: EvalQuestion, texts: dict[tuple[str, Language], str]
) -> None:
    gold = [texts.get((gold, question.language), "") for gold in question.gold]
    assert [said for said in question.must_not if any(_plain(said) in text for text in gold)] == []


def test_no_question_stands_in_a_document(knowledge: Knowledge) -> None:
    listed = {asked.text for document in knowledge.documents for asked in document.questions}
    assert _alike(listed) == {}


def test_no_question_stands_among_the_judges_examples() -> None:
    assert _alike({example.text for example in read_examples()}) == {}


def test_no_question_stands_among_those_the_judge_is_fitted_on() -> None:
    assert _alike({question.question for question in FITTING}) == {}


def test_no_question_stands_among_those_the_reader_learns_from() -> None:
    assert _alike({text for judged in read_judged() for text in judged.asked.values()}) == {}


def test_no_question_repeats_another() -> None:
    forms = [search_form(question.question) for question in QUESTIONS]
    likeness = process.cdist(forms, forms, scorer=fuzz.ratio, score_cutoff=TOO_LIKE_ANOTHER)
    repeats = [
        (QUESTIONS[one].id, QUESTIONS[other].id)
        for one, other in zip(*likeness.nonzero(), strict=True)
        if one < other and QUESTIONS[one].before == QUESTIONS[other].before
    ]
    assert repeats == []


def _alike(held: Iterable[str]) -> dict[str, str]:
    """Return which of ``held`` a question nearly repeats, by the question's id."""
    asked = {q.id: q.question for q in QUESTIONS if q.kind not in FORMULAS}
    return repeated(asked, held)


def _plain(text: str) -> str:
    """Return ``text`` as the evaluation compares it: in search form, without any space."""
    return re.sub(f"[\\s{HALF_SPACE}]+", "", search_form(text))
