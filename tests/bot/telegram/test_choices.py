"""What people choose: for how long, and what of it survives."""

from __future__ import annotations

import json

import pytest

from bot.telegram.choices import KEPT_DAYS, NOTHING_CHOSEN, ChoiceBook
from tests.bot.telegram.test_session import Clock

DAY = 86_400.0


def test_a_chat_that_is_back_where_it_began_is_held_no_more() -> None:
    book = ChoiceBook(Clock())
    book.change(1, neutral=True)
    assert 1 in book
    book.change(1, neutral=False)
    assert 1 not in book
    assert book.of(1) == NOTHING_CHOSEN


def test_choices_last_for_weeks_after_the_last_message_and_no_longer() -> None:
    clock = Clock()
    book = ChoiceBook(clock)
    book.change(1, neutral=True)
    book.change(2, neutral=True)
    clock.now += KEPT_DAYS * DAY
    book.used(1)
    clock.now += DAY
    book.sweep()
    assert 1 in book
    assert 2 not in book


def test_only_what_is_to_be_remembered_survives_as_plain_data() -> None:
    clock, told = Clock(), []
    book = ChoiceBook(clock, lambda: told.append("x"))
    book.change(1, vanish="hour")
    assert told == []
    book.change(2, word="hash", decoy="weather", remembered=True)
    assert len(told) == 1
    kept = json.loads(json.dumps(book.surviving()))
    assert [chat for chat, _ in kept] == [2]
    again = ChoiceBook(clock)
    again.restore(kept)
    assert again.of(2) == book.of(2)
    assert 1 not in again
    book.forget(2)
    assert len(told) == 2
    assert book.surviving() == []


def test_what_is_not_choices_is_refused() -> None:
    with pytest.raises(TypeError):
        ChoiceBook(Clock()).restore([[1, {"surprise": True}]])


def test_the_number_of_chats_is_bounded() -> None:
    book = ChoiceBook(Clock(), most_chats=3)
    for chat in range(9):
        book.change(chat, neutral=True)
    assert [chat for chat in range(9) if chat in book] == [6, 7, 8]
