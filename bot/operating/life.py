"""The signs of life of a running bot: its pages, its word to systemd, its watch over itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

from bot.operating.exposition import Figures, Moment
from bot.operating.health import Contact, Look, Part, looked_at
from bot.operating.listener import Listener
from bot.operating.meters import Meters
from bot.operating.notify import notify, watched_every
from bot.operating.settings import OperatingSettings
from bot.operating.stuck import Stuck

BEAT = 5.0  # seconds between signs of life
STARTING, RUNNING, STOPPING = "waiting for Telegram", "running", "stopping"


class Life:
    """Shows how a bot is. ``moment`` returns what is true of it now, without its checks;
    ``readiness`` looks at the parts it leans on besides Telegram. ``dead`` is called when nothing
    but a new start would mend the bot: not every supervisor asks.

    ``listening`` is to be told when the bot has begun to take updates: by asking for them, or,
    where it does not ``poll``, by being called.
    """

    def __init__(
        self,
        settings: OperatingSettings,
        moment: Callable[[], Moment],
        readiness: Mapping[Part, Look],
        *,
        polls: bool,
        dead: Callable[[], None] = lambda: None,
    ) -> None:
        self.meters = Meters()
        self.contact = Contact()
        self.started = time.time()
        self._address = settings.metrics_listen
        self.moment = moment
        self._readiness = readiness
        self._polls = polls
        self._dead = dead
        self._listening = False
        self._figures = Figures(self.meters)
        self._listener = Listener(self.alive, self.ready, self._page)
        self._stuck = Stuck()
        self.port: int | None = None

    def replied(self, status: int | None) -> None:
        """A request to Telegram has ended with this HTTP status, or with none."""
        self.meters.replied(status)
        self.contact.replied(status)

    def open(self) -> None:
        """Begin. Raises ``CannotListenError`` where the pages' address cannot be used."""
        if self._address is not None:
            self.port = self._listener.open(self._address)
        self._stuck.start()
        notify(f"READY=1\nSTATUS={STARTING}")

    def listening(self, listening: bool) -> None:
        """The bot takes updates from now on, or no longer does."""
        if listening and not self._listening:
            self.contact.polled()
            notify(f"STATUS={RUNNING}")
        self._listening = listening

    async def run(self) -> None:
        """Give signs of life until cancelled."""
        wanted = watched_every()
        pause = min(BEAT, wanted / 3) if wanted is not None else BEAT
        while True:
            self._stuck.turned()
            if all((await self.alive()).values()):
                notify("WATCHDOG=1")
            else:
                self._dead()
            await asyncio.sleep(pause)

    async def close(self) -> None:
        """The bot stops."""
        notify(f"STOPPING=1\nSTATUS={STOPPING}")
        self._listening = False
        await self._listener.close()
        self._stuck.close()

    async def alive(self) -> dict[Part, bool]:
        """Return what a new start would mend, by part; that this answers is the loop's part."""
        return await looked_at({"poller": self._poller})

    async def ready(self) -> dict[Part, bool]:
        """Return what the bot needs to answer, by part."""
        return await looked_at({"telegram": self._telegram, **self._readiness})

    async def _poller(self) -> bool:
        return not (self._polls and self._listening) or self.contact.polls

    async def _telegram(self) -> bool:
        return self._listening and (self.contact.near or not self._polls)

    async def _page(self) -> bytes:
        checks = {**await self.ready(), **await self.alive()}
        return self._figures.page(self.moment(), checks)
