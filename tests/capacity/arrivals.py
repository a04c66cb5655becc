"""People who come at a steady rate, whether or not those before them have been answered."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.load.people import Events
from tests.telegram.people import Person
from tests.telegram.server import StandIn

SETTLE = 2.0  # seconds in which an answer too many would come
_NUMBERS = itertools.count(10_000)  # of people


@dataclass(frozen=True, slots=True)
class Crowd:
    """``people`` who come by chance within ``seconds`` and ask once, and wait for ``patience``."""

    people: int
    seconds: float
    patience: float = 30.0
    seed: int = 20261123

    @property
    def rate(self) -> float:
        """Questions a second."""
        return self.people / self.seconds


@dataclass(frozen=True, slots=True)
class Served:
    """How long each answer took, in seconds; how many people got none, how many the same twice."""

    waits: tuple[float, ...]
    unanswered: int
    twice: int

    @property
    def p95(self) -> float:
        """The wait that 95 of 100 answers keep within."""
        return quantiles(self.waits, n=20)[-1] if len(self.waits) > 1 else float("inf")

    @property
    def middle(self) -> float:
        """The median wait."""
        return median(self.waits) if self.waits else float("inf")


async def serve(telegram: StandIn, questions: Sequence[str], crowd: Crowd) -> Served:
    """Let the crowd come, none of whom was here before; return how it was served."""
    drawn = random.Random(crowd.seed)
    visits = [
        _visit(
            telegram.person(next(_NUMBERS)),
            drawn.uniform(0, crowd.seconds),
            drawn.choice(questions),
            crowd.patience,
        )
        for _ in range(crowd.people)
    ]
    seen = await asyncio.gather(*visits)
    await asyncio.sleep(SETTLE)
    waits = tuple(wait for wait, _ in seen if wait is not None)
    twice = sum(_repeats(events) for _, events in seen)
    return Served(waits, len(seen) - len(waits), twice)


async def _visit(
    person: Person, delay: float, question: str, patience: float
) -> tuple[float | None, Events]:
    events = Events()
    person.chat.events = events
    await asyncio.sleep(delay)
    began = time.monotonic()
    person.says(question)
    try:
        await asyncio.wait_for(events.news.wait(), patience)
    except TimeoutError:
        return None, events
    return events.sent[0][0] - began, events


def _repeats(events: Events) -> bool:
    texts = [message["text"] for _, message in events.sent]
    return len(set(texts)) < len(texts)
