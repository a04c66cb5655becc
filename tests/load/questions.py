"""What people ask who put a load on the bot."""

from __future__ import annotations

from functools import lru_cache

from bot.telegram.burst import WHOLE
from retrieval.language.words import tokens
from tests.eval.questions import read_questions


@lru_cache(maxsize=1)
def whole_questions() -> tuple[str, ...]:
    """Return the evaluation's development questions that stand by themselves: two of them at once
    get two answers."""
    asked = {each.question for each in read_questions() if each.split == "dev"}
    return tuple(sorted(each for each in asked if len(tokens(each)) >= WHOLE))
