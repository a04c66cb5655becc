"""The panic word: known in any way of typing it, and not from what is kept."""

from __future__ import annotations

import base64

import pytest

from bot.telegram import panic

WORD = "هوای فردا می‌خوام"


@pytest.mark.parametrize(
    "typed", [WORD, "هواي فردا مي خوام", "هوای فردا میخوام!!", " هوای  فردا می‌خوام 🌧"]
)
def test_the_word_is_known_however_it_is_typed(typed: str) -> None:
    assert panic.is_word(typed, panic.sealed(WORD))


@pytest.mark.parametrize("typed", ["هوای فردا", WORD + " تهران", "", "🌧🌧🌧", "/forget"])
def test_nothing_else_is_taken_for_it(typed: str) -> None:
    assert not panic.is_word(typed, panic.sealed(WORD))


def test_what_is_kept_is_salted_and_holds_nothing_of_the_word() -> None:
    first, second = panic.sealed("tomorrow rain"), panic.sealed("tomorrow rain")
    assert first != second
    assert b"tomorrow" not in base64.b64decode(first)
    assert "tomorrow" not in first


@pytest.mark.parametrize("text", ["/settings", "abc", "؟؟؟؟؟", "x" * 65])
def test_what_cannot_be_a_word_is_refused(text: str) -> None:
    assert not panic.usable(text)
    assert panic.usable("abcd")


def test_a_damaged_hash_matches_nothing() -> None:
    assert not panic.is_word(WORD, "not base64 at all")
    assert not panic.is_word(WORD, "")
