"""Index and query agree on what a word is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.words import tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("پیام‌رسان", "پیامرسان"),
        ("پیام‌رسان", "پیام رسان"),
        ("پيام‌رسان‌هاي", "پیام رسانها"),
        ("می‌روند", "میروند"),
        ("گوشی‌ام", "گوشیم"),
        ("گوشیمو", "گوشی"),
        ("summonses", "Summons"),
        ("bridges", "bridge"),
        ("واتس‌اپ", "واتساپ"),
    ],
)
def test_variants_of_a_word_meet(one: str, other: str) -> None:
    assert set(tokens(one)) & set(tokens(other))


def test_words_that_say_nothing_are_left_out() -> None:
    assert tokens("what should I do if") == []
    assert tokens("چیکار باید بکنم") == []


def test_mixed_scripts_keep_both() -> None:
    assert {"vpn", "تلگر"} <= set(tokens("VPN برای تلگرام"))


@given(st.text())
def test_any_text_gives_words_without_spaces(text: str) -> None:
    assert all(token and not any(c.isspace() for c in token) for token in tokens(text))
