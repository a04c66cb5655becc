"""Three bots, Redis, Chroma and people; one trouble after the other, for as long as it is said."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from retrieval.encoder import load_encoder
from retrieval.index.chroma_server import Address
from retrieval.index.served import ServedStore
from tests.cluster.crew import BotProcess, answers
from tests.cluster.redis_server import redis_server
from tests.faults import troubles
from tests.faults.bot_process import CLOCK
from tests.faults.troubles import USUAL, Scene, small_disk
from tests.load.faults import ChanceFaults, Shares
from tests.load.people import MARK
from tests.load.questions import whole_questions
from tests.load.run import holding
from tests.retrieval.index.served.chroma_process import ChromaProcess
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

PATIENCE = 300.0  # seconds after which a question counts as lost
THINK = 4.0  # seconds on average between an answer and the next question
CALM = 3.0  # seconds between two troubles
BOTS = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: questions ``asked``, those ``lost``, those answered twice, how often each
    trouble struck, how many bots were killed, and the places that hold what people wrote.

    ``again``: how often somebody was asked to ask again, for the index's server was away.
    """

    asked: int
    again: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    struck: Counter[str]
    kills: int
    kept: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Nothing lost, nothing kept; twice no more often than a bot was killed, for each may have
        been killed between Telegram's taking a message and the note that it did."""
        return not self.lost and not self.kept and len(self.twice) <= self.kills


async def run(
    knowledge: Path,
    scratch: Path,
    people: int,
    seconds: float,
    say: Callable[[str], None],
) -> Outcome:
    """Let ``people`` ask the bots about ``knowledge`` for ``seconds``, while troubles come."""
    async with AsyncExitStack() as stack:
        disk = small_disk(scratch / "disk")
        stack.callback(troubles.let_go, disk)
        if disk is None:
            say("no small disk can be mounted here: a full disk is left out")
        chroma = ChromaProcess(scratch / "chroma")
        await asyncio.to_thread(chroma.start)
        stack.callback(chroma.kill)
        say("publishing the index ...")
        await asyncio.to_thread(_publish, chroma.url, knowledge, scratch / "builder")
        redis = await stack.enter_async_context(redis_server())
        telegram = await stack.enter_async_context(StandIn())
        telegram.faults = network = ChanceFaults(Shares(0, 0, 0), 20261123)
        clock = scratch / "clock"
        clock.write_text("0", "utf-8")
        environment = {
            "DARICHEH_TELEGRAM_TOKEN": telegram.token,
            "DARICHEH_TELEGRAM_API_URL": telegram.url,
            "DARICHEH_REDIS_URL": redis.url,
            "DARICHEH_CHROMA_URL": chroma.url,
            "DARICHEH_KNOWLEDGE": str(knowledge),
            CLOCK: str(clock),
        }
        place = disk or scratch
        runs = ("tests.faults.bot_process",)
        bots = [BotProcess(f"bot{n}", place, environment, runs) for n in range(BOTS)]
        for bot in bots:
            stack.push_async_callback(bot.kill)
            await bot.start()
        for bot in bots:
            await bot.until_it_runs(600)
        say("the bots are running")
        network.shares = USUAL
        scene = Scene(bots, redis, chroma, network, clock, disk)
        asked, crowd = await _troubled(scene, telegram, people, seconds, say)
        for bot in bots:
            await bot.stop()
        found = answers(crowd)
        kept = tuple(holding(MARK, [scratch, redis.folder]))
    return Outcome(
        len(asked),
        sum(map(_messages, crowd)) - sum(found.values()),
        tuple(question for question in asked if not found[question]),
        tuple(question for question in asked if found[question] > 1),
        Counter(scene.struck),
        scene.kills,
        kept,
    )


async def _troubled(
    scene: Scene, telegram: StandIn, people: int, seconds: float, say: Callable[[str], None]
) -> tuple[list[str], list[Person]]:
    enough = asyncio.Event()
    crowd = [telegram.person(7000 + n) for n in range(people)]
    asking = [asyncio.create_task(_ask_on(person, enough)) for person in crowd]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for name, trouble in scene.troubles().items():
            await asyncio.sleep(CALM)
            await trouble()
            scene.struck.append(name)
            done = sum(answers(crowd).values())
            say(f"{max(0.0, end - time.monotonic()):4.0f} s left, {done} answers: {name}")
            if time.monotonic() >= end:
                break
    scene.network.shares = Shares(0, 0, 0)
    enough.set()
    asked = [question for each in await asyncio.gather(*asking) for question in each]
    return asked, crowd


async def _ask_on(person: Person, enough: asyncio.Event) -> list[str]:
    """Ask one question after another until it is enough, or one is lost; return those that were not
    met with a request to ask again."""
    asked: list[str] = []
    drawn = random.Random(person.chat.id)
    for number in itertools.count():
        question = f"question {number} of {person.chat.id}"
        before = _messages(person)
        person.says(f"{question}? {drawn.choice(whole_questions())} {MARK}")
        asked.append(question)
        try:
            await until(lambda n=before: _messages(person) > n, lambda: "a word", PATIENCE)  # type: ignore[misc]
        except AssertionError:
            break
        if not answers([person])[question]:
            asked.pop()
        try:
            async with asyncio.timeout(drawn.expovariate(1 / THINK)):
                await enough.wait()
        except TimeoutError:
            continue
        break
    return asked


def _messages(person: Person) -> int:
    return sum(kind == "sent" for kind, _ in person.chat.events)


def _publish(url: str, knowledge: Path, state: Path) -> None:
    ServedStore(Address(url), knowledge, state, print).update(load_encoder("bundled"))
    shutil.rmtree(state, ignore_errors=True)
