"""The Telegram bot put together: requests, handlers, and its life from start to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot import quiet
from bot.gaps import Gaps
from bot.quiet import Shown, describe
from bot.settings import BotSettings
from bot.telegram import texts
from bot.telegram.answerer import Answerer
from bot.telegram.desk import Desk
from bot.telegram.fetching import SteadyBot
from bot.telegram.lanes import Lanes
from bot.telegram.patience import Patience, Patient
from bot.telegram.registration import register
from bot.telegram.requests import requests
from bot.telegram.routes import UPDATES, add_routes
from bot.telegram.sending import Outbox
from bot.telegram.session import Sessions
from retrieval.errors import DarichehError

POLL = 25  # seconds that Telegram holds a request for updates open
SWEEP = 60.0
GRACE = 5.0  # seconds that answers under way have when the bot is stopped
AGAIN = 5.0  # seconds between attempts to reach Telegram at the start

App = Application[Any, Any, Any, Any, Any, Any]
_log = logging.getLogger(__name__)


class CannotRunError(DarichehError):
    """The bot cannot run; the message says in one line why, and what to do."""


class TelegramBot:
    """One bot: ``serve`` runs it until ``stop`` is called."""

    def __init__(
        self,
        settings: BotSettings,
        library: Answerer,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._refused = False
        self._stop = asyncio.Event()
        self.patient = Patient(patience or Patience())
        self.sessions = Sessions(clock)
        self._threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="answer")
        self.app = self._build(_token(settings))
        bot = self.app.bot
        self.texts = texts.load()
        add_routes(
            self.app,
            Desk(
                bot=bot,
                answerer=library,
                threads=self._threads,
                texts=self.texts,
                sessions=self.sessions,
                outbox=Outbox(bot, self.sessions),
                gaps=Gaps(settings.state) if settings.gaps else None,
            ),
        )

    def _build(self, token: str) -> App:
        sending, polling = requests(self._settings, on_refusal=self._refuse)
        root = self._settings.telegram_api_url.rstrip("/")
        bot = SteadyBot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=sending,
            get_updates_request=polling,
            rate_limiter=self.patient,
        )
        return ApplicationBuilder().bot(bot).concurrent_updates(Lanes()).job_queue(None).build()

    def _refuse(self) -> None:
        self._refused = True
        self.stop()

    def stop(self) -> None:
        """Ask the bot to stop: no further updates, answers under way may finish."""
        self._stop.set()

    async def serve(self) -> None:
        """Run until stopped. Raises ``CannotRunError`` where Telegram refuses the token."""
        aside: list[asyncio.Task[None]] = []
        try:
            if await self._persist(self.app.initialize):
                await self.app.start()
                if await self._persist(self._listen):
                    _log.info("the bot is running; stop it with Ctrl-C or SIGTERM")
                    aside.append(asyncio.create_task(register(self.app.bot, self.texts)))
                    aside.append(asyncio.create_task(self._sweep()))
                    await self._stop.wait()
        finally:
            for task in aside:
                task.cancel()
            await asyncio.gather(*aside, return_exceptions=True)
            await self._close()
        if self._refused:
            raise CannotRunError(
                "Telegram refuses the bot's token: ask @BotFather for it and set "
                "DARICHEH_TELEGRAM_TOKEN anew"
            )

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
        updater = self.app.updater
        if updater is None:
            raise CannotRunError("the bot was built without an updater")
        if self._settings.webhook_url is None:
            await updater.start_polling(
                timeout=POLL, allowed_updates=UPDATES, error_callback=_polling_failed
            )
            return
        secret = self._settings.webhook_secret
        await updater.start_webhook(
            listen=self._settings.webhook_listen,
            port=self._settings.webhook_port,
            url_path=urlsplit(self._settings.webhook_url).path.lstrip("/"),
            webhook_url=self._settings.webhook_url,
            secret_token=secret.get_secret_value() if secret else secrets.token_urlsafe(32),
            allowed_updates=UPDATES,
        )

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            self.sessions.sweep()

    async def _close(self) -> None:
        asyncio.get_running_loop().call_later(GRACE, self.patient.leave)
        if self.app.updater is not None and self.app.updater.running:
            await self.app.updater.stop()
        if self.app.running:
            await self.app.stop()
        await self.app.shutdown()
        await self.app.bot.shutdown()  # where the app never started, it leaves its bot open
        self._threads.shutdown(wait=False, cancel_futures=True)
        _log.info("the bot has stopped")


def _token(settings: BotSettings) -> str:
    try:
        token = settings.token()
    except OSError as error:
        raise CannotRunError(
            f"{settings.telegram_token_file}: the token file cannot be read ({error.strerror})"
        ) from error
    if not token:
        raise CannotRunError(
            "no token: set DARICHEH_TELEGRAM_TOKEN to the token that @BotFather gave you "
            "(or DARICHEH_TELEGRAM_TOKEN_FILE to a file that holds it)"
        )
    return token


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _log.error("another process asks for this bot's updates: stop one of the two")
        return
    _log.warning("updates could not be fetched: %s", Shown(describe(error)))


async def _serve(settings: BotSettings, library: Answerer) -> None:
    bot = TelegramBot(settings, library)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, bot.stop)
    await bot.serve()


def run(settings: BotSettings, library: Answerer) -> None:
    """Run the bot until SIGINT or SIGTERM: by polling, or by webhook where its URL is set.

    Makes this process's logging quiet first (see ``bot.quiet``). Raises ``CannotRunError`` where
    there is no token or Telegram refuses it.
    """
    quiet.set_up(settings.log_level)
    asyncio.run(_serve(settings, library))
