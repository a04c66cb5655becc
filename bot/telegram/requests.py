"""The HTTP side: the same proxy and timeouts for sending and for fetching updates."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.settings import BotSettings

CONNECT, READ, WRITE, POOL = 10.0, 15.0, 10.0, 30.0  # seconds, for slow lines
CONNECTIONS = 64


class Requests(HTTPXRequest):
    """HTTPXRequest that tells when Telegram refuses the token, when any request has ended, and
    with which HTTP status (None where none came back).

    The library's polling ends silently at a refusal, and the process would live on deaf.
    """

    __slots__ = ("_on_end", "_on_refusal", "_on_reply")

    def __init__(
        self,
        on_refusal: Callable[[], None],
        on_end: Callable[[], None],
        on_reply: Callable[[int | None], None],
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._on_refusal = on_refusal
        self._on_end = on_end
        self._on_reply = on_reply

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body; see ``BaseRequest.do_request``."""
        try:
            status, body = await super().do_request(
                url,
                method,
                request_data,
                read_timeout,
                write_timeout,
                connect_timeout,
                pool_timeout,
            )
        except NetworkError:
            self._on_reply(None)
            raise
        finally:
            self._on_end()
        self._on_reply(status)
        if status == HTTPStatus.UNAUTHORIZED:
            self._on_refusal()
        return status, body


def requests(
    settings: BotSettings,
    on_refusal: Callable[[], None],
    on_poll: Callable[[], None],
    on_reply: Callable[[int | None], None],
) -> tuple[HTTPXRequest, HTTPXRequest]:
    """Return the two kinds of request python-telegram-bot wants: to send, and to fetch updates.

    ``on_poll`` is called whenever a request for updates has ended, ``on_reply`` with the HTTP
    status of every request.
    """
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    options: dict[str, Any] = {
        "proxy": proxy,
        "connect_timeout": CONNECT,
        "read_timeout": READ,
        "write_timeout": WRITE,
        "pool_timeout": POOL,
    }
    sending = Requests(on_refusal, _nothing, on_reply, connection_pool_size=CONNECTIONS, **options)
    polling = Requests(on_refusal, on_poll, on_reply, connection_pool_size=2, **options)
    return sending, polling


def _nothing() -> None:
    """Nobody waits for the end of what is sent."""
