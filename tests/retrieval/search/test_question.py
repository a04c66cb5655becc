"""A message is understood: its language, its script, its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.words import WordsIndex
from retrieval.knowledge.shared_files import Term
from retrieval.search.question import LONGEST_QUESTION, Understanding

TEXTS = ["The summons came by phone to a Telegram admin", "احضاریه‌ی تلفنی برای گوشی و تلگرام آمد"]
TERMS = (Term(id="summons", en=("summons",), fa=("احضاریه",), finglish=("ehzariye", "ehzarie")),)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(WordsIndex.build(TEXTS), TERMS)


@pytest.mark.parametrize(
    ("message", "language", "finglish"),
    [
        ("The summons came by phone", "en", False),
        ("احضاریه آمد", "fa", False),
        ("Telegram احضاریه", "fa", False),
        ("ehzariye chie", "fa", True),
        ("ehzarie telefoni gereftam chikar konam", "fa", True),
        ("Telegram", "en", False),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(
    understanding: Understanding, message: str, language: str, finglish: bool
) -> None:
    question = understanding.question(message)
    assert (question.language, question.finglish) == (language, finglish)


def test_a_language_that_was_chosen_overrides(understanding: Understanding) -> None:
    assert understanding.question("احضاریه", "en").language == "en"
    assert understanding.question("summons", "fa").language == "fa"


def test_a_misspelt_english_name_in_finglish_is_read_as_the_name() -> None:
    terms = (*TERMS, Term(id="clubhouse", en=("Clubhouse",), fa=("کلاب‌هاوس",), finglish=()))
    understanding = Understanding(WordsIndex.build([*TEXTS, "clubhouse کلاب‌هاوس"]), terms)
    question = understanding.question("ehzariye tu clubhoouse chie")
    assert "clubhouse" in question.searched
    assert question.searched == understanding.question("ehzariye tu clubhouse chie").searched


def test_finglish_is_searched_in_persian_letters(understanding: Understanding) -> None:
    question = understanding.question("ehzariye chie")
    assert "احضاریه" in question.searched
    assert question.text == "ehzariye chie"


def test_a_term_brings_its_other_names(understanding: Understanding) -> None:
    assert "summon" in understanding.question("احضاریه آمد").aliases


@pytest.mark.parametrize("message", ["", "   ", "😀", "۱۲۳", "؟!", "\ud800", "\x00\x01"])
def test_without_letters_there_is_nothing_to_look_for(
    understanding: Understanding, message: str
) -> None:
    assert understanding.question(message).is_empty


@pytest.mark.parametrize(
    ("message", "greeting"),
    [("سلام", True), ("hello!", True), ("salam", True), ("سلام احضاریه آمد", False), ("", False)],
)
def test_a_greeting_is_nothing_but_a_greeting(
    understanding: Understanding, message: str, greeting: bool
) -> None:
    assert understanding.question(message).is_greeting == greeting


@given(st.text(st.characters(), max_size=60), st.integers(1, 2000))
def test_a_message_of_any_length_becomes_a_short_question(
    understanding: Understanding, text: str, times: int
) -> None:
    question = understanding.question(text * times)
    assert len(question.text) <= LONGEST_QUESTION
    assert question.text == " ".join(question.text.split())
    question.text.encode("utf-8")
    assert len(set(question.stems)) == len(question.stems)
