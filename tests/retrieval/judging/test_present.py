"""A question about this very moment is told from one about how things are."""

from __future__ import annotations

import pytest

from retrieval.judging.moment import asks_for_present


@pytest.mark.parametrize(
    "text",
    [
        "Is Signal blocked today?",
        "does Psiphon still work",
        "which VPN works now",
        "What is blocked right now?",
        "امروز تلگرام وصل است؟",
        "این روزها کدام فیلترشکن کار می‌کند؟",
        "هنوز سیگنال فیلتر است؟",
        "الان كدوم فيلترشكن",  # Arabic letters
        "در حال حاضر اینترنت قطع است؟",
    ],
)
def test_this_moment(text: str) -> None:
    assert asks_for_present(text)


@pytest.mark.parametrize(
    "text",
    [
        "When was Telegram blocked?",
        "What was said that day about todays papers?",
        "تلگرام کی فیلتر شد؟",
        "فیلترشکن چه می‌بیند؟",
        "",
    ],
)
def test_any_moment(text: str) -> None:
    assert not asks_for_present(text)
