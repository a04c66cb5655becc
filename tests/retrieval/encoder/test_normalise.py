"""The one spelling that training and runtime share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.encoder.normalise import normalise
from retrieval.encoder.script import is_arabic_script


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("كتاب‌هاي علي", "کتاب های علی"),
        ("می‌شود", "می شود"),
        ("۱۲۳", "123"),
        ("١٢٣", "123"),
        ("مُحَمَّد", "محمد"),
        ("ســـلام", "سلام"),
        ("خانهٔ ما", "خانه ما"),
        ("«سلام»؟", '"سلام"?'),
        ("VPN و Telegram", "vpn و telegram"),
        ("  a \n b\u200f ", "a b"),
    ],
)
def test_spellings_that_mean_the_same_become_one(written: str, same: str) -> None:
    assert normalise(written) == normalise(same) == same


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters(categories=["Cs", "Lo", "Nd", "Po"])))
def test_any_text_can_be_written_as_utf8_afterwards(text: str) -> None:
    normalise(text).encode()


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("سلام", True),
        ("VPN من وصل نمی‌شود", True),
        ("Telegram Desktop امن است؟", True),
        ("How do I say سلام in English?", False),
        ("ئەمە کوردییە", True),
        ("هل هذا آمن؟", True),
        ("", False),
        ("123 🙂", False),
        ("Привет", False),
    ],
)
def test_the_script_chooses_the_tower(text: str, arabic: bool) -> None:
    assert is_arabic_script(text) is arabic
