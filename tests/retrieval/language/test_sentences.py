"""Sentences are spans of the text they stand in, and cover its words."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.sentences import sentence_spans

_PIECES = st.lists(
    st.sampled_from(
        ["Telegram", "تلگرام", " ", ". ", "? ", "؟ ", "! ", "۱۲", "3.5", "Mr.", "U.S.", "\n", "«",
         "»", "help@accessnow.org", "…", ".", "e.g. "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_persian_and_english_sentences_end_where_they_end() -> None:
    assert split("زنگ زدند. چه کنم؟ «نروید.» صبر کنید") == [
        "زنگ زدند.",
        "چه کنم؟",
        "«نروید.»",
        "صبر کنید",
    ]
    assert split("They called. Why? Wait.") == ["They called.", "Why?", "Wait."]


def test_abbreviations_numbers_and_addresses_end_nothing() -> None:
    text = "Mr. Razagh of the U.S. paid 3.5 percent. Write to help@accessnow.org. Art. 9 holds."
    assert split(text) == [
        "Mr. Razagh of the U.S. paid 3.5 percent.",
        "Write to help@accessnow.org.",
        "Art. 9 holds.",
    ]


def test_a_line_is_a_paragraph_of_its_own() -> None:
    assert split("first item\nsecond item") == ["first item", "second item"]


@given(_PIECES)
def test_spans_are_ordered_trimmed_and_lose_nothing(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))
    assert all(piece == piece.strip() and piece for piece in split(text))
    assert re.sub(r"\s", "", "".join(split(text))) == re.sub(r"\s", "", text)
