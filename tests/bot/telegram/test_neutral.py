"""The neutral first line speaks the message's language."""

from __future__ import annotations

import pytest

from bot.telegram.direction import FSI, PDI, RLM
from bot.telegram.neutral import veiled, written_in
from retrieval.answering.answer import Language

LINES: dict[Language, str] = {"fa": "پیام تازه", "en": "New message"}


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("<b>Blocked</b> since 2018", "en"),
        (f"People call it {FSI}تلگرام {FSI}x{PDI}{PDI} there", "en"),
        (f"{RLM}{FSI}Signal{PDI} را نصب کنید", "fa"),
        (f"{RLM}{FSI}VPN{PDI}", "fa"),
        ("تلگرام &amp; ایتا", "fa"),
    ],
)
def test_the_line_is_in_the_language_of_the_message(message: str, language: Language) -> None:
    assert written_in(message) == language
    assert veiled(message, LINES) == f"{LINES[language]}\n\n{message}"
