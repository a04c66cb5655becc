"""Several processes of one bot: each takes chats from Redis, deals with what waits, lays down.

While a chat is in hand its state is in this process's memory, as if there were no other, and the
handlers know of nothing else. One step takes the updates out of the queue and puts the new state
in; a process that dies before it leaves both to another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from redis.exceptions import RedisError
from telegram import Update

from bot.quiet import Shown, describe
from bot.shared.names import PARTS
from bot.shared.opening import Shared
from bot.shared.queue import Kept, Waiting
from bot.telegram import under_way
from bot.telegram.bare import bare
from bot.telegram.fetching import UNREADABLE
from bot.telegram.hold import Hold
from bot.telegram.snapshot import laid_down, seconds, take_up
from bot.telegram.workings import Workings

Json = dict[str, Any]
Errand = Callable[[int], Awaitable[None]]

SIDE_BY_SIDE = 128  # chats in hand at once
CALL = 1.0  # seconds that a call is waited for before a look at what nobody was called for
LOOK = 1.0  # seconds between such looks
MOST_AT_ONCE = 20  # updates of a chat that are handed on before what is done is laid down
VISITS = 30  # times that a chat is looked in on which another process has in hand
MOST_TRIES = (
    5  # processes that end with a chat in hand; then it is the chat's updates that end them
)
OWNERS_FIRST = 3.0  # seconds after Redis has returned: who has chats in hand keeps them
AGAIN = 10.0  # seconds until a deletion that failed is tried again
_NO_CHAT = 0
_log = logging.getLogger(__name__)


class Together:
    """The work of one process among several.

    The sessions of its ``workings`` hold the chats in hand and no others.
    """

    def __init__(self, shared: Shared, workings: Workings) -> None:
        self._shared, self._workings = shared, workings
        self._bursts, self._sessions = workings.bursts, workings.sessions
        self._steady = shared.line.steady
        self._at_work: dict[str, asyncio.Task[bool]] = {}
        self._holds: dict[str, Hold] = {}
        self._less = asyncio.Event()
        self._stopping = asyncio.Event()

    @property
    def in_hand(self) -> int:
        """How many chats this process has in hand."""
        return len(self._at_work)

    async def accept(self, update: Json) -> None:
        """Return when an update waits in Redis, or was there before: then it is not lost."""
        lane = self._shared.names.hidden(*lane_of(update))
        kept = bare(update)
        if not await self._steady(partial(self._shared.queue.accept, lane, kept)):
            _log.warning("a chat sends faster than it can be answered; what is too much is dropped")

    async def adopt(self) -> None:
        """Lay down in Redis what the sessions hold while nothing is in hand: what a process alone
        has left. Where Redis knows of a chat already, that is newer."""
        queue, names = self._shared.queue, self._shared.names
        for chat in self._sessions.chats():
            lane, hand = names.hidden("chat", chat), queue.hand()
            taken = await self._steady(partial(queue.take, lane, hand))
            if taken is not None:
                take_up(self._sessions, taken.parts)
                parts = laid_down(self._sessions, chat)
                changed = self._changed(chat, dict(taken.parts), parts)
                due = self._due(chat)
                await self._steady(partial(queue.commit, taken, 0, changed, due, True))
            self._sessions.let_go(chat)

    async def run(self) -> None:
        """Take chats and deal with them, until cancelled."""
        queue, line = self._shared.queue, self._shared.line
        loop = asyncio.get_running_loop()
        returned, looked = line.returned, 0.0
        while True:
            await self._room()
            lane = await self._steady(partial(queue.called, CALL))
            if line.returned != returned:
                returned = line.returned
                await asyncio.sleep(OWNERS_FIRST)
            if lane is not None:
                self._turn_to(lane)
            if loop.time() - looked >= LOOK:
                looked = loop.time()
                for each in await self._steady(queue.overdue):
                    self._turn_to(each)

    async def keep(self) -> None:
        """Keep what is in hand, until cancelled."""
        while True:
            await asyncio.sleep(self._shared.queue.lease / 8)
            for hold in list(self._holds.values()):
                await hold.renew()

    async def visit(self, errand: Errand) -> None:
        """Do an errand in every chat whose conversation goes on."""
        # What is in hand may be a conversation that is not laid down yet: asked for first, so that
        # one that is let go meanwhile is found among the others.
        queue = self._shared.queue
        in_hand = await self._steady(partial(queue.lanes_with, "owner"))
        others = await self._steady(partial(queue.lanes_with, "talk"))
        for lane in dict.fromkeys([*others, *in_hand]):
            for _ in range(VISITS):
                while lane in self._at_work:
                    await asyncio.wait({self._at_work[lane]})
                self._turn_to(lane, errand)
                task = self._at_work.get(lane)
                if task is None:  # this process is ending
                    return
                await asyncio.wait({task})
                if task.cancelled() or task.exception() is not None or task.result():
                    break
                await asyncio.sleep(CALL)

    async def close(self, grace: float) -> None:
        """Take nothing more; end what is in hand within so many seconds, and give back the rest."""
        self._stopping.set()
        if self._at_work:
            await asyncio.wait(self._at_work.values(), timeout=grace)
        self._shared.line.close()
        left = list(self._at_work.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _room(self) -> None:
        while len(self._at_work) >= SIDE_BY_SIDE:
            self._less.clear()
            await self._less.wait()

    def _turn_to(self, lane: str, errand: Errand | None = None) -> None:
        """Take a chat in hand, or tell who has it here that there is more."""
        if lane in self._at_work:
            hold = self._holds.get(lane)
            if hold is not None:
                hold.news.set()
        elif not self._stopping.is_set():
            task = asyncio.create_task(self._work(lane, errand))
            self._at_work[lane] = task
            task.add_done_callback(partial(self._put_away, lane))

    def _put_away(self, lane: str, task: asyncio.Task[bool]) -> None:
        del self._at_work[lane]
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a chat is left to its time: %s", Shown(describe(error)))
        hold = self._holds.pop(lane, None)
        self._less.set()
        if hold is not None and hold.news.is_set():  # it came when the chat was just let go
            self._turn_to(lane)

    async def _work(self, lane: str, errand: Errand | None) -> bool:
        """Deal with a chat; return False where another process has it.

        What is left where something fails is taken up again when the hand's time has run out.
        """
        hand = self._shared.queue.hand()
        try:
            taken = await self._steady(partial(self._shared.queue.take, lane, hand))
            if taken is None:
                return False
            chat = take_up(self._sessions, taken.parts)
            if chat is None:
                chat = next((chat_of(each) for each in taken.waiting), _NO_CHAT)
            hold = self._holds[lane] = Hold(self._shared, taken)
            if taken.pause:
                self._workings.patient.hold(chat, taken.pause)
            await self._held(hold, chat, errand)
        except (RedisError, OSError, TimeoutError) as error:
            _log.warning("a chat is left to its time: %s", Shown(describe(error)))
        return True

    async def _held(self, hold: Hold, chat: int, errand: Errand | None) -> None:
        back = False
        try:
            back = not await self._deal(hold, chat, errand)
        except asyncio.CancelledError:
            back = True
            raise
        finally:
            self._sessions.let_go(chat)
            if back and not hold.lost:
                await self._shared.queue.give_back(hold.taken)
            hold.lost = True

    async def _deal(self, hold: Hold, chat: int, errand: Errand | None) -> bool:
        """Deal with what waits until nothing does; return False where it is to be given back."""
        taken, queue = hold.taken, self._shared.queue
        before, waiting = dict(taken.parts), taken.waiting
        if taken.tries > MOST_TRIES:
            _log.error("updates on which %s processes ended are left out", Shown(taken.tries - 1))
            upto = max((each.place for each in waiting), default=0)
            await self._steady(partial(queue.commit, taken, upto, {}, self._due(chat), True))
            return True
        while True:
            upto = await self._feed(hold, chat, waiting)
            if errand is not None:
                under_way.begin(hold, 0)
                await errand(chat)
                errand = None
            await self._workings.vanishing.carry_out(chat)
            if hold.lost or hold.unfinished:
                return False
            parts = laid_down(self._sessions, chat) if chat != _NO_CHAT else {}
            changed = self._changed(chat, before, parts)
            due, leave = self._due(chat), self._stopping.is_set()
            left = await self._steady(partial(queue.commit, taken, upto, changed, due, leave))
            hold.committed()
            hold.lost = left < 0
            if left <= 0 or leave:
                return True
            before = parts
            waiting = await self._steady(partial(queue.more, taken.lane, upto))

    async def _feed(self, hold: Hold, chat: int, waiting: tuple[Waiting, ...]) -> int:
        """Hand on what waits, in order, with what comes meanwhile; return the place of the last
        when all of it is answered.

        What comes while an answer is on its way is handed on too: it may be the panic word.
        """
        upto, handed, aside = 0, 0, list[asyncio.Task[object]]()
        while waiting and not hold.lost:
            for each in waiting:
                upto, handed = each.place, handed + 1
                update = self._read(each)
                if update is None:
                    continue
                under_way.begin(hold, update.update_id)
                dealing = self._workings.process(update)
                if update.inline_query is not None:  # each letter makes one: only the last counts
                    aside.append(asyncio.ensure_future(dealing))
                    continue
                await dealing
                if hold.began(under_way.burst(update.update_id)):
                    await self._bursts.finish(chat)
            idle = asyncio.create_task(self._idle(chat, aside))
            try:
                waiting = await self._meanwhile(hold, idle, upto) if handed < MOST_AT_ONCE else ()
                if not waiting:
                    await idle
            finally:
                idle.cancel()
        return upto

    async def _idle(self, chat: int, aside: list[asyncio.Task[object]]) -> None:
        """Return when everything is answered; at once, as far as possible, where all is to end."""
        await asyncio.gather(*aside)
        answered = asyncio.create_task(self._bursts.answered(chat))
        try:
            await _first(answered, self._stopping.wait())
            if not answered.done():
                await self._bursts.finish(chat)
            await answered
        finally:
            answered.cancel()

    async def _meanwhile(
        self, hold: Hold, idle: asyncio.Task[None], upto: int
    ) -> tuple[Waiting, ...]:
        """Return what comes before everything is answered."""
        while not idle.done() and not self._stopping.is_set():
            await _first(idle, hold.news.wait(), self._stopping.wait())
            if hold.news.is_set():
                hold.news.clear()
                lane = hold.taken.lane
                more = await self._steady(partial(self._shared.queue.more, lane, upto))
                if more:
                    return more
        return ()

    def _read(self, waiting: Waiting) -> Update | None:
        if waiting.update is None:
            return None
        try:
            return Update.de_json(waiting.update, self._workings.bot)
        except UNREADABLE as error:
            _log.error("an update cannot be read and is left out: %s", Shown(describe(error)))
            return None

    def _changed(
        self, chat: int, before: dict[str, bytes], now: dict[str, bytes]
    ) -> dict[str, Kept | None]:
        return {
            part: Kept(now[part], seconds(self._sessions, chat, part)) if part in now else None
            for part in PARTS
            if before.get(part) != now.get(part)
        }

    def _due(self, chat: int) -> float | None:
        """Return in how many seconds the chat wants attention by itself."""
        at = self._sessions.timetable.next_of(chat)
        if at is None:
            return None
        return at - self._sessions.now() if at > self._sessions.now() else AGAIN


async def _first(*awaited: Awaitable[object]) -> None:
    """Return when one of ``awaited`` is done; tasks among them go on."""
    own = [asyncio.ensure_future(each) for each in awaited]
    try:
        await asyncio.wait(own, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each, task in zip(awaited, own, strict=True):
            if each is not task:
                task.cancel()


def lane_of(update: Json) -> tuple[str, int]:
    """Return whose lane an update belongs to: a chat's, or a person's who types elsewhere."""
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        content = update.get(kind) or {}
        chat = content.get("chat") or (content.get("message") or {}).get("chat")
        if chat:
            return "chat", int(chat["id"])
    person = (update.get("inline_query") or update.get("callback_query") or {}).get("from") or {}
    return "line", int(person.get("id", 0))


def chat_of(waiting: Waiting) -> int:
    """Return the chat that an update belongs to, 0 where it is none."""
    kind, number = lane_of(waiting.update or {})
    return number if kind == "chat" else _NO_CHAT
