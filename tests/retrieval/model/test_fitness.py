"""What a composed statement has to be before it is checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.checking import Written
from retrieval.model.fitness import is_fit
from tests.retrieval.checking.conftest import SOURCE, passage_of

VIEW = (
    "Twitter has been blocked in Iran since 2009. In the commentary's view, arresting known "
    "activists served to scare others from speaking online."
)


@pytest.mark.parametrize("text", ["WhatsApp.", "Summons by phone.", "What can an operator see?"])
def test_a_name_a_heading_or_a_question_states_nothing(text: str) -> None:
    passage = passage_of(f"{text} The rest says more about it.")
    assert not is_fit(Written(text, (1,)), {1: passage}, "en")


def test_a_view_is_not_told_as_if_it_were_so() -> None:
    passages = {1: passage_of(VIEW)}
    bare = "Arresting known activists served to scare others from speaking online."
    assert not is_fit(Written(bare, (1,)), passages, "en")
    told = f"In the view of a commentary, {bare[0].lower()}{bare[1:]}"
    assert is_fit(Written(told, (1,)), passages, "en")
    other = "Twitter has been blocked in Iran since 2009."
    assert is_fit(Written(other, (1,)), passages, "en")


def test_what_a_partisan_source_says_is_told_as_its_claim() -> None:
    text = "در نوروز ۱۳۹۷ چهل نفر از مدیران کانال‌ها را گرفتند."
    plain = passage_of(text, language="fa")
    partisan = passage_of(text, language="fa", references=(replace(SOURCE, tier="partisan"),))
    assert is_fit(Written(text, (1,)), {1: plain}, "fa")
    assert not is_fit(Written(text, (1,)), {1: partisan}, "fa")
    assert is_fit(Written(f"به ادعای نویسنده، {text}", (1,)), {1: partisan}, "fa")
