"""Persian in Latin letters is recognised, and written back well enough to search with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.knowledge.shared_files import read_glossary
from retrieval.language.finglish import Lexicon, is_finglish, to_persian
from retrieval.language.normalise import search_form
from retrieval.settings import PROJECT

ENGLISH = frozenset("safe telegram called phone when left open summons vpn company".split())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    terms = read_glossary(PROJECT / "knowledge")
    return Lexicon.of((latin, term.fa[0]) for term in terms for latin in term.finglish)


@pytest.mark.parametrize(
    "text",
    ["zang zadan goftan bia", "vpn amne?", "ehzariye peyamaki", "goshimo gereftan chikar konam"],
)
def test_finglish_is_recognised(text: str, lexicon: Lexicon) -> None:
    assert is_finglish(text, lexicon, ENGLISH)


@pytest.mark.parametrize(
    "text", ["is telegram safe", "what should I do if they call me", "VPN", "man to be bad", ""]
)
def test_english_is_left_alone(text: str, lexicon: Lexicon) -> None:
    assert not is_finglish(text, lexicon, ENGLISH)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("ehzariye dadan", "احضاریه"),
        ("goshimo gereftan", "گوشی"),
        ("hossein sarbandi ki bood", "سربندی"),
        ("internet ghat shod", "قطع"),
        ("bazjoo ramz khast", "بازجو"),
    ],
)
def test_words_of_the_field_come_out_right(typed: str, held: str, lexicon: Lexicon) -> None:
    assert search_form(held) in search_form(to_persian(typed, lexicon, frozenset()))


def test_words_of_the_folder_settle_the_spelling(lexicon: Lexicon) -> None:
    assert to_persian("sazman", lexicon, frozenset({"سازمان"})) == "سازمان"


@given(st.text(st.sampled_from("abcdeghiklmnoprstuvz '"), max_size=40))
def test_any_latin_text_comes_back_quickly_and_whole(text: str) -> None:
    to_persian(text, Lexicon.of([]), frozenset())
