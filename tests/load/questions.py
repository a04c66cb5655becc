"""What people ask who put a load on the bot."""

from __future__ import annotations

from bot.telegram.burst import WHOLE
from retrieval.language.words import tokens
from tests.eval.questions import read_questions


def whole_questions() -> list[str]:
    """Return the evaluation's development questions that stand by themselves: two of them at once
    get two answers."""
    asked = {each.question for each in read_questions() if each.split == "dev"}
    return sorted(question for question in asked if len(tokens(question)) >= WHOLE)
