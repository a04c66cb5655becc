"""Slips are set right by the words of the folder, and nothing else is touched."""

from __future__ import annotations

import pytest

from retrieval.search.spelling import Speller

KNOWN = frozenset({"telegram", "summons", "clubhouse", "احضاریه", "بازجویی", "فیلترشکن", "vpn"})


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("telegarm", "telegram"),  # two letters changed places
        ("sumons", "summons"),
        ("clubhuose", "clubhouse"),
        ("احظاریه", "احضاریه"),
        ("بازجوی", "بازجویی"),
        ("my telegarm", "my telegram"),
        ("telegraam", "telegram"),
        ("بازچوییو", "بازجویی"),  # a slip, and an ending that is said
        ("بازجوویی", "بازجویی"),
    ],
)
def test_a_slip_is_set_right(speller: Speller, typed: str, right: str) -> None:
    assert speller.corrected(typed) == right


@pytest.mark.parametrize(
    "text",
    [
        "Telegram!",  # known: returned as it was written
        "vpm",  # too short to guess from
        "telegra1",  # holds a digit
        "somewhere else",
        "celegram",  # another first letter makes another word
        "قورمه‌سبزی",
        "احضاریهٔ telegram",
        "",
        "؟!",
    ],
)
def test_nothing_else_is_touched(speller: Speller, text: str) -> None:
    assert speller.corrected(text) == text


def test_the_words_around_a_slip_stay_as_they_were_written(speller: Speller) -> None:
    assert speller.corrected("آیا تلگرام، Telegarm؟") == "آیا تلگرام، telegram؟"


def test_a_doubled_letter_is_set_right_though_its_stem_is_known() -> None:
    speller = Speller(frozenset({"تلگرام"}), lambda word: word == "تلگراام")
    assert speller.corrected("تلگراام") == "تلگرام"


def test_a_word_never_becomes_one_of_the_other_script() -> None:
    speller = Speller(frozenset({"tele"}), lambda word: word == "tele")
    assert speller.corrected("تله‌") == "تله‌"
