"""Where Telegram calls: an HTTP server that takes updates and nothing else.

A call is answered with 200 when the update is safe: then Telegram never sends it again. Whatever
else a call is answered with, Telegram sends it again, and after it the chat's next one.
"""

from __future__ import annotations

import hmac
import json
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.quiet import Shown, describe
from bot.webhook.origin import Networks, from_telegram
from bot.webhook.settings import WebhookSettings
from retrieval.errors import DarichehError

LONGEST = 1_000_000  # bytes of an update; Telegram's are a tenth of it at most
WAIT = 128  # calls that wait to be heard
READ, IDLE = 10.0, 75.0  # seconds for the body of a call, and between two calls of a connection
AGAIN = 2  # seconds after which Telegram may send again what was not taken
HEADER = "X-Telegram-Bot-Api-Secret-Token"

# Returns when the update is safe; raises ``NotTakenError`` where it cannot be taken now.
Accept = Callable[[dict[str, Any]], Awaitable[None]]
_log = logging.getLogger(__name__)


class NotTakenError(Exception):
    """An update cannot be taken now: Telegram is to send it again."""


class CannotBeCalledError(DarichehError):
    """The webhook's address or certificate cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a call must have: the path, the secret, and perhaps an address of Telegram's."""

    path: str
    secret: str
    telegram_only: bool
    proxies: Networks


class Webhook:
    """The server; ``accept`` gets each update."""

    def __init__(self, settings: WebhookSettings, gate: Gate, accept: Accept) -> None:
        self._settings = settings
        routes = [(r"/.*", _Call, {"gate": gate, "accept": accept})]
        # no line per call: it would tell when people write
        self._application = Application(routes, log_function=lambda _handler: None)
        self._server: HTTPServer | None = None

    def open(self) -> None:
        """Begin to listen, where that is not done yet; raise ``CannotBeCalledError``."""
        if self._server is not None:
            return
        settings = self._settings
        where = f"{settings.webhook_listen}:{settings.webhook_port}"
        tls = _tls(settings)
        family = socket.AF_INET6 if ":" in settings.webhook_listen else socket.AF_INET
        try:
            listening = socket.create_server(
                (settings.webhook_listen, settings.webhook_port), family=family, backlog=WAIT
            )
        except OSError as error:
            raise CannotBeCalledError(
                f"The webhook cannot listen on {where} ({error.strerror}): choose another with "
                "DARICHEH_WEBHOOK_LISTEN and DARICHEH_WEBHOOK_PORT."
            ) from None
        self._server = HTTPServer(
            self._application,
            ssl_options=tls,
            max_body_size=LONGEST,
            max_buffer_size=2 * LONGEST,
            body_timeout=READ,
            idle_connection_timeout=IDLE,
        )
        listening.setblocking(False)
        self._server.add_socket(listening)

    def stop(self) -> None:
        """Take no further calls; those under way may end."""
        if self._server is not None:
            self._server.stop()

    async def close(self) -> None:
        """Close what is still open."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()


def _tls(settings: WebhookSettings) -> ssl.SSLContext | None:
    if settings.webhook_cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.webhook_cert, settings.webhook_key)
    except OSError as error:
        raise CannotBeCalledError(
            f"{settings.webhook_cert}: the webhook's certificate cannot be used with its key "
            f"({error.strerror or type(error).__name__})."
        ) from None
    return context


class _Call(RequestHandler):
    def initialize(self, gate: Gate, accept: Accept) -> None:
        self._gate = gate
        self._accept = accept

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    async def post(self) -> None:
        if not self._admitted():
            self._end(HTTPStatus.NOT_FOUND)
            return
        try:
            update = json.loads(self.request.body)
            wanted = isinstance(update, dict) and isinstance(update.get("update_id"), int)
        except (ValueError, RecursionError):
            wanted = False
        if not wanted:
            self._end(HTTPStatus.BAD_REQUEST)
            return
        try:
            await self._accept(update)
        except NotTakenError as error:
            _log.warning("an update could not be taken: %s", Shown(describe(error)))
            self.set_header("Retry-After", str(AGAIN))
            self._end(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self._end(HTTPStatus.OK)

    def write_error(self, status_code: int, **_more: Any) -> None:
        """Say nothing but the status."""
        self._end(status_code)

    def _admitted(self) -> bool:
        gate, headers = self._gate, self.request.headers
        path = hmac.compare_digest(self.request.path.encode(), gate.path.encode())
        secret = hmac.compare_digest(headers.get(HEADER, "").encode(), gate.secret.encode())
        if not gate.telegram_only:
            return path and secret
        forwarded = [
            each for line in headers.get_list("X-Forwarded-For") for each in line.split(",")
        ]
        known = from_telegram(str(self.request.remote_ip), forwarded, gate.proxies)
        return path and secret and known

    def _end(self, status: int) -> None:
        if self._finished:
            return
        self.set_status(status)
        self.finish()
