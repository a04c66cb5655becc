"""People who ask, wait for the answer, think, and ask again."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.telegram.chats import Json
from tests.telegram.people import Person

# Stands in some questions; afterwards it is searched for on the disk and in the log.
MARK = "perlmuttknopf"
PIECES = ("سلام", "ببخشید", "تلفنی احضارم کردن،", "چه کار کنم؟")
DOUBLED, IN_PIECES, TWO_AT_ONCE, LOOKING_UP = 0.05, 0.1, 0.1, 0.3


class Events(list[tuple[str, Json]]):
    """What happens in a chat, with the time of every message that was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[float, Json]] = []
        self.news = asyncio.Event()

    def append(self, event: tuple[str, Json]) -> None:
        """Note an event."""
        super().append(event)
        if event[0] == "sent":
            self.sent.append((time.monotonic(), event[1]))
            self.news.set()


@dataclass
class Tally:
    """What was asked and what came of it."""

    asked: int = 0
    waits: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)


class Asker:
    """One person. ``tally`` is shared by all."""

    def __init__(
        self, person: Person, questions: Sequence[str], think: float, seed: int, tally: Tally
    ) -> None:
        self._person = person
        self._events = Events()
        person.chat.events = self._events
        self._questions = questions
        self._think = think
        self._random = random.Random(seed)
        self._tally = tally
        self._expected = 0

    async def live(self, until: float, patience: float) -> None:
        """Ask until a time of the monotonic clock; then note what was not as it should be."""
        await asyncio.sleep(self._random.uniform(0, min(self._think, until - time.monotonic())))
        while time.monotonic() < until:
            if not await self._ask(patience):
                self._tally.faults["unanswered"] += 1
                return
            pause = self._random.expovariate(1 / self._think)
            await asyncio.sleep(max(0.0, min(pause, until - time.monotonic())))

    def settle(self) -> None:
        """Note messages that came over and above what was asked for."""
        more = len(self._events.sent) - self._expected
        if more > 0:
            self._tally.faults["answered more than once"] += more

    async def _ask(self, patience: float) -> bool:
        drawn = self._random.random()
        if drawn < IN_PIECES:
            for piece in PIECES:
                self._person.says(piece)
            return await self._answered(1, patience) is not None
        if drawn < IN_PIECES + TWO_AT_ONCE:
            both = self._random.sample(self._questions, 2)
            asked = [self._person.says(question) for question in both]
            answers = await self._answered(2, patience)
            replied = [a.get("reply_to_message", {}).get("message_id") for a in answers or ()]
            if answers is not None and replied != [message["message_id"] for message in asked]:
                self._tally.faults["out of order"] += 1
            return answers is not None
        doubled = self._random.random() < DOUBLED
        self._person.says(self._question(), deliveries=2 if doubled else 1)
        answers = await self._answered(1, patience)
        if answers and self._random.random() < LOOKING_UP:
            await self._look_up(answers[0], patience)
        return answers is not None

    async def _answered(self, count: int, patience: float) -> list[Json] | None:
        """Wait for answers, note how long each took, and return them; None where one is missing."""
        began = time.monotonic()
        self._tally.asked += count
        first, self._expected = self._expected, self._expected + count
        if not await self._sent(patience):
            return None
        answers = self._events.sent[first : self._expected]
        self._tally.waits += [at - began for at, _ in answers]
        return [message for _, message in answers]

    async def _look_up(self, answer: Json, patience: float) -> None:
        rows = answer.get("reply_markup", {}).get("inline_keyboard", [])
        sources = [b for row in rows for b in row if b["callback_data"].startswith("s:")]
        if not sources:
            return
        self._person.presses_data(answer, sources[0]["callback_data"])
        heard = len(self._events.sent)
        self._expected += 1
        if not await self._sent(patience):
            self._tally.faults["sources not shown"] += 1
        # Sources of a long answer may take two messages; these are no answers.
        self._expected = max(heard + 1, len(self._events.sent))

    async def _sent(self, patience: float) -> bool:
        """Wait until as many messages were sent as are expected."""
        try:
            async with asyncio.timeout(patience):
                while len(self._events.sent) < self._expected:
                    self._events.news.clear()
                    await self._events.news.wait()
        except TimeoutError:
            return False
        return True

    def _question(self) -> str:
        question = self._random.choice(self._questions)
        return f"{question} {MARK}" if self._random.random() < 0.2 else question
