"""Updates that wait in Redis, lane by lane, and the state of the lanes.

A lane is in the hands of one process at a time. It gets what waits there, in order, and the lane's
state; when it has dealt with that, one step takes the updates out and puts the new state in. A
process that dies leaves both as they were, and another takes the lane when its time has run out.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from redis.asyncio import Redis

from bot.shared import scripts
from bot.shared.names import PARTS, Names
from bot.shared.seal import ForeignError, Seal

Json = dict[str, Any]

LEASE = 20.0  # seconds that a lane stays with a process that is not heard of
SEEN = 24 * 3600  # seconds: Telegram repeats an update for a day
WAITS = 3600  # seconds that an update waits at most, while nobody can answer
MOST_WAITING = 50  # updates of one lane; more than that is a flood, not a conversation
AT_A_LOOK = 32  # lanes that one look for overdue ones brings

_log = logging.getLogger(__name__)


class Waiting(NamedTuple):
    """An update that waits, and its place in the order of all; None where it cannot be opened."""

    place: int
    update: Json | None


class Sent(NamedTuple):
    """A message that is already sent: at which step, as which of it, its number and its time."""

    step: str
    number: int
    message: int
    at: float


class Kept(NamedTuple):
    """A part of a lane's state, and how many seconds it stays; None: there is nothing of it."""

    value: bytes
    seconds: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A lane that this process has in hand, by the word ``hand``; ``parts`` is its state, and
    ``pause`` the seconds that Telegram asks to wait with it. ``born`` names what Redis holds: after
    it has lost everything, it is another. ``tries``: how often it was taken in hand since it was
    let go last, this time included."""

    lane: str
    hand: str
    born: str
    waiting: tuple[Waiting, ...] = ()
    sent: tuple[Sent, ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=dict)
    pause: float = 0.0
    tries: int = 1


class Queue:
    """The lanes of one bot, as the process ``me`` sees them. What it has in hand is its own for
    ``lease`` seconds after it was last heard of.

    Every method can raise Redis's errors, and none does harm when it is repeated.
    """

    def __init__(self, redis: Redis, names: Names, seal: Seal) -> None:
        self.me = secrets.token_hex(6)
        self.lease = LEASE
        self._redis, self._names, self._seal = redis, names, seal
        self._lease = round(LEASE * 1000)
        script = redis.register_script
        self._accept, self._overdue = script(scripts.ACCEPT), script(scripts.OVERDUE)
        self._take, self._renew = script(scripts.TAKE), script(scripts.RENEW)
        self._sent, self._commit = script(scripts.SENT), script(scripts.COMMIT)
        self._give_back = script(scripts.GIVE_BACK)

    async def accept(self, lane: str, update: Json) -> bool:
        """Let an update wait in its lane, once; return False where too many wait there already."""
        key = self._names.of("lane", lane)
        names = self._names
        done = await self._accept(
            keys=[
                names.seen(int(update["update_id"])),
                names.count,
                key,
                names.of("owner", lane),
                names.ready,
                names.bell,
            ],
            args=[self._packed(update, key), SEEN, WAITS, MOST_WAITING, lane],
        )
        return int(done) >= 0

    async def called(self, seconds: float) -> str | None:
        """Return a lane in which something has come, or None where none has within ``seconds``."""
        bells = [self._names.own_bell(self.me), self._names.bell]
        rung: Any = await self._redis.blpop(bells, timeout=seconds)
        return bytes(rung[1]).decode() if rung else None

    async def overdue(self) -> list[str]:
        """Return lanes that want attention: nobody came, or who had them is not heard of."""
        found = await self._overdue(keys=[self._names.ready], args=[AT_A_LOOK])
        return [each.decode() for each in found]

    def hand(self) -> str:
        """Return a new word by which this process may have a lane in hand."""
        return f"{self.me}.{secrets.token_hex(6)}"

    async def take(self, lane: str, hand: str) -> Taken | None:
        """Take a lane in hand; return None where it is in another one."""
        key = self._names.of("lane", lane)
        found = await self._take(
            keys=self._keys(lane, "lane", "sent", "tries", "pause") + self._parts(lane),
            args=[hand, lane, self._lease, WAITS],
        )
        if not found:
            return None
        born, waiting, sent, tries, pause, parts = found
        place = self._names.of("sent", lane)
        return Taken(
            lane,
            hand,
            born.decode(),
            self._waiting(waiting, key),
            tuple(Sent(*note) for each in sent if (note := self._unpacked(each, place))),
            dict(self._opened_parts(lane, parts)),
            max(int(pause), 0) / 1000,
            int(tries),
        )

    async def more(self, lane: str, after: int) -> tuple[Waiting, ...]:
        """Return what waits in a lane after the update at that place."""
        key = self._names.of("lane", lane)
        found: list[Any] = await self._redis.zrange(
            key, f"({after}", "+inf", byscore=True, withscores=True
        )
        return self._waiting([each for pair in found for each in pair], key)

    async def renew(self, taken: Taken) -> bool:
        """Keep a lane in hand; return False where another process has it now."""
        args: list[str | int] = [taken.hand, taken.born, taken.lane, self._lease]
        return bool(await self._renew(keys=self._keys(taken.lane), args=args))

    async def note_sent(self, taken: Taken, sent: Sent) -> bool:
        """Note that a message is sent; return False where another process has the lane now."""
        place = self._names.of("sent", taken.lane)
        note = self._packed(list(sent), place)
        args: list[str | bytes | int] = [taken.hand, taken.born, note, WAITS]
        keys = [self._names.of("owner", taken.lane), self._names.born, place]
        return bool(await self._sent(keys=keys, args=args))

    async def commit(
        self,
        taken: Taken,
        upto: int,
        parts: Mapping[str, Kept | None],
        due: float | None,
        leave: bool = False,
    ) -> int:
        """Take out the updates up to a place, put in what has changed of the state, and return how
        many updates are left; -1 where another process has the lane now.

        Where none is left the lane is let go, until ``due`` (seconds from now) where that is given;
        with ``leave`` it is let go in any case.
        """
        changes: list[str | bytes | int] = []
        for part in PARTS:
            kept = parts.get(part)
            if part not in parts:
                changes += ["keep", "", 0]
            elif kept is None:
                changes += ["drop", "", 0]
            else:
                value = self._seal.sealed(kept.value, self._names.of(part, taken.lane))
                changes += ["put", value, max(kept.seconds, 1)]
        wait = -1 if due is None else max(round(due * 1000), 0)
        how = "leave" if leave else "go on"
        left = await self._commit(
            keys=[
                *self._keys(taken.lane, "lane", "sent", "tries"),
                self._names.bell,
                *self._parts(taken.lane),
            ],
            args=[taken.hand, taken.born, taken.lane, upto, how, self._lease, wait, *changes],
        )
        return int(left)

    async def give_back(self, taken: Taken) -> None:
        """Let go of a lane, with what was not dealt with as it was."""
        owner, tries = (self._names.of(kind, taken.lane) for kind in ("owner", "tries"))
        keys = [owner, self._names.ready, tries, self._names.bell]
        await self._give_back(keys=keys, args=[taken.hand, taken.lane])

    async def pause(self, lane: str, seconds: float) -> None:
        """Let whoever takes the lane know that Telegram asks to wait with it."""
        await self._redis.set(self._names.of("pause", lane), b"1", px=max(round(seconds * 1000), 1))

    async def lanes_with(self, kind: str) -> list[str]:
        """Return the lanes that have a key of that kind."""
        pattern = self._names.of(kind, "*").replace("[", "\\[")
        found = self._redis.scan_iter(match=pattern, count=500)
        return [self._names.lane_in(key.decode()) async for key in found]

    async def waiting(self) -> int:
        """Return how many lanes want attention now or later."""
        return int(await self._redis.zcard(self._names.ready))

    def _keys(self, lane: str, *kinds: str) -> list[str]:
        first = [self._names.of("owner", lane), self._names.born, self._names.ready]
        return [*first, *(self._names.of(kind, lane) for kind in kinds)]

    def _parts(self, lane: str) -> list[str]:
        return [self._names.of(part, lane) for part in PARTS]

    def _packed(self, value: Any, place: str) -> bytes:
        plain = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        return self._seal.sealed(plain.encode("utf-8", "surrogatepass"), place)

    def _unpacked(self, value: bytes, place: str) -> Any:
        plain = self._opened(value, place)
        return None if plain is None else json.loads(plain.decode("utf-8", "surrogatepass"))

    def _opened_parts(
        self, lane: str, values: Sequence[bytes | None]
    ) -> Iterator[tuple[str, bytes]]:
        for part, value in zip(PARTS, values, strict=True):
            plain = self._opened(value, self._names.of(part, lane)) if value is not None else None
            if plain is not None:
                yield part, plain

    def _opened(self, value: bytes, place: str) -> bytes | None:
        """Return what was sealed; None, and a line in the log, where the secret was another."""
        try:
            return self._seal.opened(value, place)
        except ForeignError:
            _log.error(
                "a value in Redis cannot be opened and is left out: was the bot's token, or "
                "DARICHEH_STATE_KEY, another one?"
            )
            return None

    def _waiting(self, found: Sequence[bytes | float], key: str) -> tuple[Waiting, ...]:
        pairs = zip(found[::2], found[1::2], strict=True)
        return tuple(
            Waiting(int(float(place)), self._unpacked(value, key))
            for value, place in pairs
            if isinstance(value, bytes)
        )
