"""A term of the glossary brings its other names along, however it is spaced."""

from __future__ import annotations

import pytest

from retrieval.knowledge.shared_files import Term
from retrieval.language.words import tokens
from retrieval.search.aliases import Aliases

TERMS = (
    Term(id="vpn", en=("VPN", "virtual private network"), fa=("فیلترشکن", "وی‌پی‌ان", "وی پی ان")),
    Term(id="summons", en=("summons",), fa=("احضاریه", "برگه‌ی احضار")),
    Term(id="login-code", en=("login code",), fa=("کد ورود",)),
)


@pytest.fixture(scope="module")
def aliases() -> Aliases:
    return Aliases(TERMS)


@pytest.mark.parametrize("text", ["فیلترشکن", "فیلتر شکن", "فیلتر‌شکن چیست", "وی پی ان"])
def test_persian_brings_english_along(aliases: Aliases, text: str) -> None:
    assert "vpn" in aliases.of(text)


@pytest.mark.parametrize("text", ["VPN", "is a virtual private network legal?", "vpns"])
def test_english_brings_persian_along(aliases: Aliases, text: str) -> None:
    assert set(tokens("فیلترشکن")) <= set(aliases.of(text))


def test_the_words_that_were_used_are_not_repeated(aliases: Aliases) -> None:
    for text in ("VPN", "فیلترشکن و احضاریه", "login code"):
        names = aliases.of(text)
        assert len(names) == len(set(names))
        assert not set(names) & set(tokens(text))


def test_several_terms_are_found_in_one_text(aliases: Aliases) -> None:
    assert {"vpn", "summon"} <= set(aliases.of("برای فیلترشکن احضاریه می‌آید؟"))


def test_a_part_of_a_term_is_not_the_term(aliases: Aliases) -> None:
    assert aliases.of("کد") == ()
    assert aliases.of("") == ()
    assert Aliases(()).of("فیلترشکن") == ()
