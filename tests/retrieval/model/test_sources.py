"""Which passage a composed statement means, and which sentence it only repeats."""

from __future__ import annotations

import pytest

from retrieval.checking import Written
from retrieval.model.sources import in_full, rightly_cited
from tests.retrieval.checking.conftest import passage_of

PASSAGES = {
    1: passage_of(
        "August 2016: Telegram accounts of activists were taken over with intercepted codes, "
        "researchers reported. Without an account, Ente Auth works offline on one device."
    ),
    2: passage_of("The operator of a VPN can see the sites you connect to. He sees the times too."),
}


@pytest.mark.parametrize(
    "cut",
    [
        "Telegram accounts of activists were taken over with intercepted codes.",
        "Researchers reported that Telegram accounts of activists were taken over with codes.",
    ],
)
def test_a_sentence_cut_short_is_told_whole(cut: str) -> None:
    told = in_full(Written(cut, (1, 2)), PASSAGES)
    assert told == Written(PASSAGES[1].text.split(". ")[0] + ".", (1,))


def test_a_condition_that_was_cut_off_comes_back() -> None:
    told = in_full(Written("Ente Auth works offline on one device.", (1,)), PASSAGES)
    assert told.text.startswith("Without an account")


def test_words_of_its_own_stay() -> None:
    own = Written("Whoever runs a VPN learns which pages somebody opens.", (2,))
    assert in_full(own, PASSAGES) == own


def test_the_passage_that_holds_the_words_is_cited() -> None:
    said = "A VPN's operator sees the sites you connect to."
    assert rightly_cited(Written(said, (1,)), PASSAGES).citations == (2,)
    assert rightly_cited(Written(said, ()), PASSAGES).citations == (2,)
    assert rightly_cited(Written(said, (9,)), PASSAGES).citations == (2,)
    assert rightly_cited(Written(said, (2, 1)), PASSAGES).citations == (2, 1)
