"""The Telegram bot put together: requests, handlers, and its life from start to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot import quiet
from bot.feedback import Feedback
from bot.gaps import Gaps
from bot.operating.health import Look, Part
from bot.operating.life import Life
from bot.operating.reach import chroma_answers
from bot.quiet import Shown, describe
from bot.settings import BotSettings
from bot.telegram import texts
from bot.telegram.admins import Admins, add_admin_routes
from bot.telegram.alone import Alone
from bot.telegram.answerer import Answerer
from bot.telegram.burst import Bursts, Pace
from bot.telegram.calling import address, gate
from bot.telegram.corrections import Corrections
from bot.telegram.desk import Desk
from bot.telegram.fetching import SteadyBot
from bot.telegram.joining import join
from bot.telegram.lanes import Lanes
from bot.telegram.ledger import Ledger
from bot.telegram.patience import Patience, Patient
from bot.telegram.registration import register
from bot.telegram.requests import requests
from bot.telegram.routes import UPDATES, add_routes
from bot.telegram.sealed import SealedFile
from bot.telegram.sending import Outbox
from bot.telegram.session import Sessions
from bot.telegram.shelf import Reopen, Shelf
from bot.telegram.starting import CannotRunError, secret_of, token_of
from bot.telegram.vanishing import Vanishing
from bot.telegram.vital_signs import VitalSigns
from bot.telegram.watchdog import DEAF, Watchdog
from bot.telegram.workings import Workings
from bot.telegram.writing import Writing
from bot.webhook.listener import Webhook

if TYPE_CHECKING:
    from retrieval.model.teller import Teller  # brings the encoder, which a model alone needs

POLL = 25  # seconds that Telegram holds a request for updates open
ENDING = 30.0  # seconds that polling which has gone deaf has to end
GRACE = 5.0  # seconds that answers under way have when the bot is stopped
LAST = 3.0  # seconds more for what is given up then to end
CALLS = 100  # calls of the webhook side by side, the most that Telegram makes
LEDGER = "unfinished.sealed"  # in the state folder
AGAIN = 5.0  # seconds between attempts to reach Telegram at the start

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)


class TelegramBot:
    """One bot: ``serve`` runs it until ``stop`` is called."""

    def __init__(
        self,
        settings: BotSettings,
        library: Answerer,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
        reopen: Reopen | None = None,
        pace: Pace | None = None,
        deaf: float = DEAF,
        teller: Teller | None = None,
    ) -> None:
        self._settings = settings
        self._together = settings.redis_url is not None
        self._refused = False
        self._dead = False
        self._stop = asyncio.Event()
        self.patient = Patient(patience or Patience())
        token = token_of(settings)
        self._secret = secret_of(settings, token)
        self._ledger = Ledger(SealedFile(settings.state / LEDGER, token))
        self.sessions = Sessions(clock, changed=self._changed)
        self.shelf = Shelf(library)
        self._reopen = reopen
        self._threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="answer")
        pace = pace or Pace()
        self._bursts = Bursts(pace, self._begin)
        self._writing = Writing()
        self._watchdog = Watchdog(self._listen_anew, deaf)
        signs = VitalSigns(self.shelf, self.sessions, self._waiting)
        readiness: dict[Part, Look] = {"redis": self._redis_ready} if self._together else {}
        if settings.chroma_url is not None:
            readiness["chroma"] = partial(
                chroma_answers, settings.chroma_url, settings.chroma_secret()
            )
        polls = settings.webhook_url is None and not self._together
        self.life = Life(settings, signs, readiness, polls=polls, dead=self._die)
        self.app = self._build(token)
        bot = self.app.bot
        self.texts = texts.load()
        neutral_lines = {name: each.choices.neutral_line for name, each in self.texts.items()}
        outbox = Outbox(bot, self.sessions, neutral_lines, self.life.meters.sent)
        self._vanishing = Vanishing(self.sessions, outbox)
        desk = Desk(
            bot=bot,
            shelf=self.shelf,
            threads=self._threads,
            texts=self.texts,
            sessions=self.sessions,
            outbox=outbox,
            gaps=Gaps(settings.state) if settings.gaps else None,
            feedback=Feedback(settings.state) if settings.feedback else None,
            feedback_chat=settings.feedback_chat,
            meters=self.life.meters,
            teller=teller,
            writing=self._writing,
            shared=self._together,
        )
        self._corrections = Corrections(desk)
        if settings.admins:
            add_admin_routes(self.app, Admins(desk, self.life), settings.admins)
        add_routes(self.app, desk, self._corrections, self._bursts, pace)
        workings = self._workings()
        self._company = join(
            settings, self._secret, workings, self._ledger, self._renew_connections, deaf
        )
        self._keeping = self._company or Alone(workings, self._ledger)
        self._webhook = Webhook(settings, gate(settings, self._secret), self._keeping.accept)

    def _workings(self) -> Workings:
        app = self.app
        if app.updater is None:
            raise CannotRunError("the bot was built without an updater")
        return Workings(
            app.bot,
            app.updater,
            self._process,
            self._bursts,
            self.sessions,
            self._vanishing,
            self.patient,
        )

    async def _process(self, update: Update) -> None:
        await self.app.update_processor.process_update(update, self.app.process_update(update))

    def _build(self, token: str) -> App:
        sending, polling = requests(
            self._settings,
            on_refusal=self._refuse,
            on_poll=self._polled,
            on_reply=self.life.replied,
        )
        self._polling = polling
        root = self._settings.telegram_api_url.rstrip("/")
        bot = SteadyBot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=sending,
            get_updates_request=polling,
            rate_limiter=self.patient,
        )
        lanes = Lanes(self._bursts, self._writing.cut_short, once=not self._together)
        return ApplicationBuilder().bot(bot).concurrent_updates(lanes).job_queue(None).build()

    def _begin(self, answering: Coroutine[Any, Any, None], update: Update) -> asyncio.Task[None]:
        """Answer in a task of its own, whose errors are dealt with as those of the update."""
        return self.app.create_task(answering, update=update)

    def _polled(self) -> None:
        self._watchdog.ended()
        self.life.contact.polled()

    def _waiting(self) -> int:
        if self._company is not None:
            return self._company.in_hand
        return self.app.update_queue.qsize() + self.app.update_processor.current_concurrent_updates

    async def _redis_ready(self) -> bool:
        return self._company is not None and await self._company.ready()

    def _refuse(self) -> None:
        self._refused = True
        self.stop()

    def _die(self) -> None:
        self._dead = True
        self.stop()

    def _changed(self) -> None:
        """Something that is to survive has changed, and perhaps something is due."""
        self._ledger.changed()
        self._vanishing.wake()

    def stop(self) -> None:
        """Ask the bot to stop: no further updates, answers under way may finish."""
        self._stop.set()

    async def serve(self) -> None:
        """Run until stopped.

        Raises ``CannotRunError`` where Telegram refuses the token or no updates can be asked for
        any more, ``CannotListenError`` where the pages of figures have no free address.
        """
        self.life.open()
        aside = [asyncio.create_task(self.life.run())]
        self._keeping.open()
        try:
            if await self._persist(self.app.initialize):
                await self.app.start()
                if await self._persist(self._listen):
                    self.life.listening(True)
                    _log.info("the bot is running; stop it with Ctrl-C or SIGTERM")
                    aside += [asyncio.create_task(each) for each in self._aside()]
                    await self._stop.wait()
        finally:
            self._webhook.stop()
            for task in aside:
                task.cancel()
            await asyncio.gather(*aside, return_exceptions=True)
            await self._close()
            await self.life.close()
            await self._keeping.close()
        if self._refused:
            raise CannotRunError(
                "Telegram refuses the bot's token: ask @BotFather for it and set "
                "DARICHEH_TELEGRAM_TOKEN anew"
            )
        if self._dead:
            raise CannotRunError(
                "no updates can be asked for any more, also by polling anew: ending, so that "
                "whoever watches over the bot starts it again"
            )

    async def _listen_anew(self) -> None:
        """Begin polling anew, over new connections."""
        updater = self.app.updater
        if updater is not None and updater.running:
            try:
                await asyncio.wait_for(updater.stop(), ENDING)
            except TimeoutError:
                _log.warning("polling does not end; it is left behind")
        await self._renew_connections()
        await self._persist(self._listen)

    async def _renew_connections(self) -> None:
        await self._polling.shutdown()
        await self._polling.initialize()

    async def _persist(self, action: Callable[[], Awaitable[object]]) -> bool:
        """Run ``action`` until it works and return True, or False where the bot is to stop."""
        while not self._stop.is_set():
            try:
                await action()
            except InvalidToken:
                self._refuse()
            except TelegramError as error:
                _log.warning("Telegram cannot be reached: %s", Shown(describe(error)))
                await self._pause(AGAIN)
            else:
                return True
        return False

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    async def _listen(self) -> None:
        if self._settings.webhook_url is None:
            await self._keeping.poll(UPDATES, POLL)
            return
        own = self._settings.webhook_cert if self._settings.webhook_self_signed else None
        self._webhook.open()
        await self.app.bot.set_webhook(
            address(self._settings, self._secret),
            certificate=own.read_bytes() if own else None,
            secret_token=gate(self._settings, self._secret).secret,
            max_connections=CALLS,
            allowed_updates=UPDATES,
        )

    def _aside(self) -> list[Coroutine[Any, Any, None]]:
        """Return what runs beside the conversations."""
        running = [register(self.app.bot, self.texts), *self._keeping.aside()]
        if self._settings.webhook_url is None and not self._together:
            running.append(self._watchdog.watch())
        if self._reopen is not None:
            running.append(self.shelf.run(self._reopen, self._threads, self._renewed))
        return running

    async def _renewed(self, old: Answerer, new: Answerer) -> None:
        """Tell of corrections, in every chat that any process holds."""
        if self._company is None:
            await self._corrections.renewed(old, new)
            return
        await self._company.visit(lambda chat: self._corrections.tell(chat, old, new))

    async def _close(self) -> None:
        asyncio.get_running_loop().call_later(GRACE, self.patient.leave)
        await self._keeping.ended(GRACE + LAST)
        await self._webhook.close()
        if self.app.running:
            await self.app.stop()
        await self.app.shutdown()
        await self.app.bot.shutdown()  # where the app never started, it leaves its bot open
        self._threads.shutdown(wait=False, cancel_futures=True)
        _log.info("the bot has stopped")


async def _serve(
    settings: BotSettings, library: Answerer, reopen: Reopen | None, teller: Teller | None
) -> None:
    bot = TelegramBot(settings, library, reopen=reopen, teller=teller)
    del library  # see ``run``
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, bot.stop)
    loop.add_signal_handler(signal.SIGHUP, bot.shelf.renew)
    await bot.serve()


def run(
    settings: BotSettings,
    library: Answerer,
    reopen: Reopen | None = None,
    teller: Teller | None = None,
) -> None:
    """Run the bot until SIGINT or SIGTERM: by polling, or by webhook where its URL is set.

    ``reopen`` returns a newer library where there is one: asked now and then, and on SIGHUP.
    ``teller`` composes answers with a language model.

    Makes this process's logging quiet first (see ``bot.quiet``). Raises ``CannotRunError`` where
    there is no token or Telegram refuses it.
    """
    quiet.set_up(settings.log_level, settings.log_format)
    serving = _serve(settings, library, reopen, teller)
    del library  # once a newer one is in use, nothing may keep this one in memory
    asyncio.run(serving)
