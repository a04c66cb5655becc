"""The connection to Redis, and waiting for it where it is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.quiet import Shown, describe
from bot.shared.settings import SharedSettings
from retrieval.errors import DarichehError

try:
    from redis.asyncio import BlockingConnectionPool, Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.exceptions import AuthenticationError, RedisError
except ModuleNotFoundError as missing:
    raise DarichehError(
        "DARICHEH_REDIS_URL is set, but the Redis client is not installed: install the project "
        "with its extra `cluster` (deploy/requirements-cluster.lock), or unset it."
    ) from missing

CONNECTIONS = 64
CONNECT, ANSWER, FREE = 3.0, 10.0, 20.0  # seconds: to connect, for an answer, for a connection
AGAIN, SELDOM = 0.2, 2.0  # seconds between attempts: the first, and the longest

T = TypeVar("T")
_log = logging.getLogger(__name__)


def connect(settings: SharedSettings) -> Redis:
    """Return a client that connects when it is first used.

    Raises ``DarichehError`` where the address or the password file is not usable.
    """
    if settings.redis_url is None:
        raise DarichehError("DARICHEH_REDIS_URL is not set.")
    password = None
    if settings.redis_password_file is not None:
        try:
            password = settings.redis_password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise DarichehError(
                f"{settings.redis_password_file}: the password file of Redis cannot be read "
                f"({error.strerror})."
            ) from None
    more = {"password": password} if password else {}
    try:
        pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
            settings.redis_url.get_secret_value(),
            max_connections=CONNECTIONS,
            timeout=FREE,
            socket_connect_timeout=CONNECT,
            socket_timeout=ANSWER,
            health_check_interval=30,
            retry=Retry(NoBackoff(), 0),  # `Line` tries again, and says so
            **more,
        )
    except ValueError:
        raise DarichehError(
            "DARICHEH_REDIS_URL is no address: write redis://host:6379/0 (rediss:// with TLS)."
        ) from None
    return Redis.from_pool(pool)


class Line:
    """Calls Redis until it answers, and knows whether it did the last time."""

    def __init__(self) -> None:
        self.reachable = True
        self.returned = 0  # how often it came back after it had been away
        self._closed = asyncio.Event()

    def close(self) -> None:
        """Wait no longer: what fails from now on fails."""
        self._closed.set()

    async def steady(self, action: Callable[[], Awaitable[T]]) -> T:
        """Return what ``action`` returns, repeated until Redis answers or the line is closed.

        ``action`` must do no harm when it is done twice: an answer can be lost on its way.
        """
        pause = AGAIN
        while True:
            try:
                result = await action()
            except (RedisError, OSError, TimeoutError) as error:
                self._lost(error)
                _heed_cancellation()
                if self._closed.is_set():
                    raise
                await self._sleep(pause)
                pause = min(pause * 2, SELDOM)
            else:
                self._found()
                _heed_cancellation()
                return result

    def _lost(self, error: BaseException) -> None:
        if not self.reachable:
            return
        self.reachable = False
        mend = "check that it runs and has memory left"
        if isinstance(error, AuthenticationError):
            mend = "check the password in DARICHEH_REDIS_URL"
        _log.error(
            "Redis does not answer, and the bot waits for it (%s): %s",
            Shown(mend),
            Shown(describe(error)),
        )

    def _found(self) -> None:
        if self.reachable:
            return
        self.reachable = True
        self.returned += 1
        _log.warning("Redis answers again")

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closed.wait()
        except TimeoutError:
            return


def _heed_cancellation() -> None:
    """Raise where the running task was cancelled: Redis's client has been seen to swallow that, and
    the task went on for ever."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
