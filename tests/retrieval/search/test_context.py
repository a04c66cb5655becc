"""Half a question leans on the one before it; a whole one stands by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from retrieval.library import Library
from retrieval.search.context import (
    MOST_PASSAGES,
    MOST_STEMS,
    NOTHING,
    Context,
    handed_on,
    leans_on_context,
    own_stems,
)

LEANING = [
    "و روی آیفون؟",
    "با ایمیل چطور؟",
    "badesh chi",
    "and on android?",
    "why",
    "اگر نگرفتند چی؟",
]
WHOLE = [
    "How do I get Psiphon when its site is blocked?",
    "رمز دوم تلگرام را چطور فعال کنم و اگر یادم برود چه می‌شود؟",
    "Can a blurred face be recognised again?",
]


@pytest.mark.parametrize("message", LEANING)
def test_half_a_question_leans_on_what_was_said_before(library: Library, message: str) -> None:
    understanding = library.searcher.understanding
    before = Context(("telegram",), ("telegram#safer.1@en",))
    assert understanding.question(message, before=before).context == before
    assert understanding.question(message).context is NOTHING


@pytest.mark.parametrize("message", WHOLE)
def test_a_whole_question_is_answered_as_if_nothing_had_been_said(
    library: Library, message: str
) -> None:
    before = library.answer("Who is behind Eitaa?").context
    assert before
    alone, after = library.answer(message), library.answer(message, before=before)
    assert alone.statements == after.statements


def test_words_that_point_back_say_nothing_themselves() -> None:
    assert own_stems("and it") == ()
    assert own_stems("بعدش چی") == ()
    assert own_stems("and on android") == ("android",)


def test_a_question_of_some_words_leans_only_where_it_points_back() -> None:
    four = ("phone", "lock", "code", "length")
    assert leans_on_context("and phone lock code length", four)
    assert leans_on_context("phone lock code length of it", four)
    assert not leans_on_context("phone lock code length", four)
    assert not leans_on_context("and phone lock code length six", (*four, "six"))


@pytest.mark.parametrize(
    ("first", "then", "document"),
    [
        ("does psiphon keep logs", "for how long", "psiphon"),
        ("they gave my phone back after a week", "so reset it first?", "phone-came-back"),
        (
            "رمز دوم تلگرام رو چطور بذارم",
            "اگه یادم رفت چی؟",
            "telegram-account-and-login-codes",
        ),
    ],
)
def test_a_follow_up_finds_the_document_that_was_spoken_of(
    library: Library, first: str, then: str, document: str
) -> None:
    before = library.answer(first).context
    assert library.search(then, before=before).hits[0].passage.document == document


@pytest.mark.parametrize(
    ("message", "status"),
    [("مامورها پشت در هستند", "urgent"), ("they are at my door", "urgent"), ("پیتزا", "outside")],
)
def test_what_was_said_before_hides_neither_an_alarm_nor_another_matter(
    library: Library, message: str, status: str
) -> None:
    before = library.answer("Is Telegram blocked in Iran?").context
    assert library.answer(message, before=before).status == status


def test_nothing_is_handed_on_by_what_the_bot_does_not_help_with(library: Library) -> None:
    declined = library.answer("how do I hack into his telegram account")
    assert declined.status == "declined"
    assert declined.context is NOTHING


def test_what_is_handed_on_is_bounded_and_holds_no_sentence(library: Library) -> None:
    many = Context(tuple("abcdefghij"), ())
    context = handed_on(("x",), [f"d#s.{n}@en" for n in range(9)], many)
    assert context.stems == ("x", *"abcdefg")
    assert (len(context.stems), len(context.passages)) == (MOST_STEMS, MOST_PASSAGES)
    left = library.answer("Where do I get Psiphon when its site is blocked?").context
    assert all(" " not in stem for stem in left.stems)
    assert left.documents


def test_a_passage_that_is_gone_from_the_folder_harms_nobody(library: Library) -> None:
    gone = Context(("psiphon",), ("no-such-document#gone.1@en",))
    assert library.answer("and by email?", before=gone).status in {"answered", "partial"}


def test_a_question_put_in_full_is_searched_but_not_judged_by_it(library: Library) -> None:
    before = Context(("signal",), ("phone-summons#law.1@en",))
    in_full = replace(before, words="Is a summons by telephone lawful?")
    half = library.search("and by phone?", before=before)
    full = library.search("and by phone?", before=in_full)
    whole = library.search("Is a summons by telephone lawful?")
    assert (full.question.text, full.question.searched) == ("and by phone?", half.question.searched)
    assert np.array_equal(full.vector, half.vector), "what is judged"
    assert np.array_equal(full.sought, whole.vector), "what is looked for"
    assert set(whole.question.stems) <= set(full.question.stems)
    assert library.answer("and by phone?", before=in_full).context.words == ""


def test_words_in_full_do_not_change_a_whole_question(library: Library) -> None:
    asked = "Which messenger works without a phone number?"
    before = Context(("signal",), ("phone-summons#law.1@en",))
    changed = replace(before, words="Is a summons by telephone lawful?")
    found = [library.search(asked, before=each) for each in (before, changed)]
    assert np.array_equal(found[0].sought, found[1].sought)
    assert found[0].question.stems == found[1].question.stems
