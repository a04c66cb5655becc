"""Whatever keyboard it was typed on, a word is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.normalise import readable, search_form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("كتابي", "کتابی"),
        ("مسؤول", "مسوول"),
        ("آزادى", "ازادی"),
        ("سـلام", "سلام"),
        ("مُحَمَّد", "محمد"),
        ("۱۴۰۳", "1403"),
        ("١٤٠٣", "1403"),
        ("می‌\u200cشود", "می‌شود"),
        ("پیام \u200c رسان", "پیام‌رسان"),
        ("\u202bVPN\u202c", "vpn"),
        ("ﻓﯿﻠﺘﺮ", "فیلتر"),
    ],
)
def test_spellings_of_one_word_share_a_form(typed: str, form: str) -> None:
    assert search_form(typed) == form


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = search_form(text)
    assert search_form(once) == once


@given(st.text(st.characters()))
def test_readable_text_can_be_encoded_and_printed(text: str) -> None:
    readable(text).encode("utf-8")


def test_broken_surrogates_are_dropped() -> None:
    assert readable("سلام\ud83d") == "سلام"
