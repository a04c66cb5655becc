"""Politeness is not what a question is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.courtesy import without_courtesy


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Hello, I wanted to ask: is Telegram blocked? Thanks!", "is Telegram blocked?"),
        ("sorry to bother you, could you tell me what a VPN sees", "what a VPN sees"),
        ("سلام وقت بخیر، می‌خواستم بپرسم تلگرام فیلتره؟ ممنون", "تلگرام فیلتره؟"),
        (
            "سلام. ببخشید یه سوال داشتم احضار تلفنی قانونیه؟ لطفا راهنمایی کنید",
            "احضار تلفنی قانونیه؟",
        ),
        ("is Telegram blocked", "is Telegram blocked"),
        ("سلام", "سلام"),
        ("thanks", "thanks"),
        ("ممنوع‌الخروج شدم", "ممنوع‌الخروج شدم"),
        ("بچه‌ها تور کار می‌کند؟", "تور کار می‌کند؟"),
    ],
)
def test_only_the_question_is_left(written: str, asked: str) -> None:
    assert without_courtesy(written) == asked


@given(st.text(max_size=300))
def test_what_is_left_was_written(text: str) -> None:
    left = without_courtesy(text)
    assert left == text or "".join(left.split()) in "".join(text.split())
