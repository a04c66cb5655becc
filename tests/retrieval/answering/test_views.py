"""The same answer in another shape: nothing new is said, and every statement keeps its source."""

from __future__ import annotations

import pytest

from retrieval.answering.answer import Answer
from retrieval.answering.views import LEAST_STEPS, LEAST_TO_SHORTEN, OTHER, View, shorter
from retrieval.library import Library

QUESTIONS = [
    "گوشیمو تو بازجویی می‌گیرن؟",
    "How do I secure my Telegram account?",
    "Which messenger works without a phone number?",
    "تلفنی احضارم کرده‌اند، چه کار کنم؟",
    "ehzariye telefoni gereftam chikar konam",
]


@pytest.fixture(params=QUESTIONS)
def answer(request: pytest.FixtureRequest, library: Library) -> Answer:
    given = library.answer(request.param)
    assert given.statements
    return given


@pytest.mark.parametrize("view", ["short", "steps", "fa", "en"])
def test_every_statement_of_a_view_is_a_span_of_its_passage(
    library: Library, answer: Answer, view: View
) -> None:
    other = library.view(answer, view)
    for statement in other.statements if other else ():
        assert statement.citations
        for n in statement.citations:
            citation = other.citation(n) if other else None
            passage = library.passage(citation.passage) if citation else None
            assert citation is not None
            assert passage is not None
            assert statement.text in citation.excerpt
            assert citation.excerpt in passage.text


def test_the_short_view_is_the_first_statement_and_one_to_do_and_one_to_avoid(
    library: Library, answer: Answer
) -> None:
    short = library.view(answer, "short")
    if len(answer.statements) < LEAST_TO_SHORTEN:
        assert short is None
        return
    assert short is not None
    assert short.statements[0] == answer.statements[0]
    assert len(short.statements) < len(answer.statements)
    assert set(short.statements) <= set(answer.statements)
    assert short.notices == answer.notices  # how old it is, is said in every view


def test_steps_are_the_documents_own_in_its_order(library: Library, answer: Answer) -> None:
    steps = library.view(answer, "steps")
    if steps is None:
        return
    document = answer.citation(answer.statements[0].citations[0]).document
    assert {statement.role for statement in steps.statements} == {"do"}
    assert {citation.document for citation in steps.citations} == {document}
    assert len(steps.statements) >= LEAST_STEPS
    assert steps.notices


def test_the_other_language_says_the_same_passages_and_leads_back(
    library: Library, answer: Answer
) -> None:
    other = library.view(answer, OTHER[answer.language])
    assert other is not None
    assert other.language == OTHER[answer.language]
    assert _sections(other) == _sections(answer)
    back = library.view(other, answer.language)
    assert back is not None
    assert back.statements == answer.statements
    assert library.view(answer, answer.language) is None


def test_what_is_unsure_or_about_today_stays_so_in_the_other_language(library: Library) -> None:
    given = library.answer("Is Telegram blocked in Iran right now?")
    other = library.view(given, "fa")
    assert any("cannot be seen from here" in notice for notice in given.notices)
    assert other is not None
    assert any("از اینجا نمی‌شود دید" in notice for notice in other.notices)


def test_an_alarm_is_neither_shortened_nor_put_off(library: Library) -> None:
    alarm = library.answer("they are at my door")
    assert alarm.status == "urgent"
    assert library.view(alarm, "short") is None
    assert library.view(alarm, "steps") is None
    assert library.view(alarm, "fa") is not None


def test_an_answer_without_statements_has_no_other_view(library: Library) -> None:
    nothing = library.answer("best pizza in Tehran")
    assert shorter(nothing) is None
    assert library.view(nothing, "steps") is None
    assert library.view(nothing, "fa") is None


def _sections(answer: Answer) -> list[str]:
    cited = [answer.citation(s.citations[0]).passage for s in answer.statements]
    return [passage.rpartition(".")[0] for passage in cited]
