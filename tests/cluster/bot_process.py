"""A bot in a process of its own, whose answers name the question.

Run as ``python -m tests.cluster.bot_process``, with settings in the environment. Who is not heard
of is given up sooner than in earnest, so that a test need not wait.
"""

from __future__ import annotations

import os
import time

from bot.settings import BotSettings
from bot.shared import leader, queue
from bot.telegram import run, together
from retrieval.answering.answer import Answer, Language, Statement
from retrieval.search.context import NOTHING, Context
from tests.bot.telegram.scripted import Scripted, citation

LEASE = "TEST_LEASE"  # seconds after which a silent process is given up
SLOW = "slow"  # a question with this word takes a while, and meanwhile the bot is typing
LONG = "long"  # a question with this word is answered in more than one message


class Naming(Scripted):
    """Answers every question with its own words."""

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return an answer that names the question."""
        if SLOW in question:
            time.sleep(2)
        statements = [Statement(f"Answer to: {question}", (1,))]
        if LONG in question:
            statements += [Statement(f"Part {n}. {'More to say. ' * 60}", (1,)) for n in range(8)]
        return Answer(
            question,
            "en",
            "answered",
            statements=tuple(statements),
            citations=(citation(1, language="en"),),
        )


if __name__ == "__main__":
    queue.LEASE = leader.LEADS = float(os.environ.get(LEASE, "2"))
    together.OWNERS_FIRST = 0.5
    run(BotSettings(_env_file=None), Naming())
