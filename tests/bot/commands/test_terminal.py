"""Answers as the terminal shows them."""

from __future__ import annotations

from typing import get_args

import pytest
import yaml

from bot.commands.terminal import source_line, texts
from retrieval.answering.answer import Citation
from retrieval.knowledge.documents import Tier
from retrieval.settings import PROJECT


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_source_says_its_tier_as_the_bot_does(language: str) -> None:
    told = yaml.safe_load((PROJECT / f"bot/texts/{language}.yaml").read_text("utf-8"))
    for tier in get_args(Tier):
        source = Citation(
            1, "a#b.1@fa", "a", "t", "s", "p", "2021-09", "2021-10-01", None, tier, "e"
        )
        assert f"2021-09 ({told['sources']['tiers'][tier]})" in source_line(source, texts(language))
