"""What other people would have typed: the same every time, and only what was meant to change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.eval.made import question
from tests.eval.perturb import (
    PERTURBATIONS,
    Perturbation,
    english,
    finglish,
    letters,
    register,
    rewritten,
)
from tests.eval.perturb.typos import slip, with_typo

ZW = "\u200c"


@pytest.mark.parametrize(
    ("rewrite", "text", "expected"),
    [
        (letters.arabic, "یک کانال", "يك كانال"),
        (letters.without_half_spaces, f"می{ZW}شود", "میشود"),
        (letters.spaced, f"می{ZW}شود", "می شود"),
        (letters.digits_swapped, "سال ۹۶ و 1401 با v2ray", "سال 96 و ۱۴۰۱ با v2ray"),
        (finglish.to_latin, "گوشیمو چیکار کنم؟", "gooshimo chikar konam?"),
        (finglish.to_latin, f"تلگرام فیلتر می{ZW}شود", "telegram filter mishavad"),
        (finglish.to_latin, f"کانال{ZW}های ۲۰۰ نفره", "kanalhaye 200 nafare"),
        (finglish.to_latin, "مجبور", "majboor"),
        (register.colloquial, f"اگر آن را بگذارم چه می{ZW}شود", f"اگه اون رو بذارم چه می{ZW}شه"),
        (register.colloquial, f"آیا گوشی{ZW}ها امن است", "گوشیا امنه"),
        (register.colloquial, f"چه کسی کار می{ZW}کرد", f"کی کار می{ZW}کرد"),
        (register.formal, "اگه اون خونه باشه چیکار کنم", "اگر آن خانه باشد چه کار کنم"),
        (register.formal, "سیگنال رو بستن رو گوشی", "سیگنال را بستن رو تلفن همراه"),
        (register.formal, "گوشیمو میگیرن؟", f"گوشی{ZW}ام را می{ZW}گیرند؟"),
        (english.hurried, "Isn't Telegram blocked?", "isnt telegram blocked"),
        (english.contractions_swapped, "I am not, what's its use", "I'm not, what is its use"),
        (english.contractions_swapped, "im sure they're here", "i am sure they are here"),
    ],
)  # fmt: skip
def test_rewriting(rewrite: Callable[[str], str], text: str, expected: str) -> None:
    assert rewrite(text) == expected


@pytest.mark.parametrize("word", ["telegram", "eeeee", "فیلترشکن", "احضاریه", "gooshi", "letters"])
def test_a_typo_is_one_slip_and_spares_the_first_letter(word: str) -> None:
    assert OSA.distance(word, slip(word)) == 1
    assert slip(word)[0] == word[0]


@given(st.text(st.sampled_from("abcdeشسیبل"), min_size=5, max_size=12))
def test_every_long_word_gets_a_typo(word: str) -> None:
    assert OSA.distance(word, slip(word)) == 1


def test_a_typo_hits_the_longest_word_alone() -> None:
    before, _, after = "is telegram safe".partition("telegram")
    changed = with_typo("is telegram safe")
    assert changed.startswith(before)
    assert changed.endswith(after)
    assert with_typo("is it ok") == "is it ok"


def test_only_changed_questions_of_the_script_are_asked_again() -> None:
    by_name = {one.name: one for one in PERTURBATIONS}
    persian = question("a", question="گوشی", language="fa", script="persian")
    plain = question("b", question="اتاق", language="fa", script="persian")
    latin = question("c", question="gooshi", language="fa", script="latin")
    asked = rewritten([persian, plain, latin], by_name["Arabic letters"])
    assert asked == [(persian, "گوشي")]


def test_nobody_greets_first_when_it_is_urgent() -> None:
    by_name = {one.name: one for one in PERTURBATIONS}
    urgent, other = question("a", kind="urgent"), question("b")
    asked = rewritten([urgent, other], by_name["politely wrapped"])
    assert [one.id for one, _ in asked] == ["b"]


@pytest.mark.parametrize("perturbation", PERTURBATIONS, ids=lambda one: one.name)
@given(st.text(max_size=60))
def test_any_text_is_rewritten_the_same_way_twice(perturbation: Perturbation, text: str) -> None:
    for rewrite in perturbation.rewrites.values():
        assert rewrite(text) == rewrite(text)
