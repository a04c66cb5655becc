"""A bot in a process of its own, with a language model behind it.

Run as ``python -m tests.bot.telegram.model_bot``; settings come from the environment.
"""

from __future__ import annotations

import dataclasses

from bot.settings import BotSettings
from bot.telegram import run
from retrieval.answering.answer import Answer, Language
from retrieval.checking import Checker
from retrieval.encoder import load_encoder
from retrieval.model.opened import open_teller
from retrieval.search.context import NOTHING, Context
from tests.bot.telegram.scripted import Scripted
from tests.model_server.answers import extractive, small_passages


class Knowing(Scripted):
    """Answers whatever it is asked from the same passages."""

    def __init__(self) -> None:
        super().__init__()
        self.passages = small_passages()

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return the answer from the passages on a call."""
        sections = ("law", "first", "avoid")
        shown = [self.passages[f"phone-summons#{name}.1@en"] for name in sections]
        return dataclasses.replace(extractive(question, *shown), language="en")


if __name__ == "__main__":
    settings = BotSettings(_env_file=None)
    teller = open_teller(settings, Checker(load_encoder("bundled")))
    run(settings, Knowing(), teller=teller)
