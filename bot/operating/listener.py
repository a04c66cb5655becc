"""``/metrics``, ``/healthz`` and ``/readyz``, on a listener of their own.

It belongs on loopback or on a network that only the operator sees: it has no password.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Awaitable, Callable

from tornado.httpserver import HTTPServer
from tornado.routing import URLSpec
from tornado.web import Application, RequestHandler

from bot.operating.exposition import CONTENT_TYPE
from bot.operating.health import Part, held
from bot.operating.settings import Address
from retrieval.errors import DarichehError

Checks = Callable[[], Awaitable[dict[Part, bool]]]
Page = Callable[[], Awaitable[bytes]]
_LARGEST = 1024  # bytes of a body; nobody has to send one


class CannotListenError(DarichehError):
    """The listener's address cannot be used; the message says why, and what to do."""


class Listener:
    """Serves the three pages; ``alive`` and ``ready`` are looked at with every request."""

    def __init__(self, alive: Checks, ready: Checks, metrics: Page) -> None:
        pages = Application(
            [
                URLSpec(r"/healthz", _Checked, {"checks": alive}),
                URLSpec(r"/readyz", _Checked, {"checks": ready}),
                URLSpec(r"/metrics", _Metrics, {"page": metrics}),
            ],
            log_function=lambda _handler: None,
        )
        self._server = HTTPServer(pages, max_body_size=_LARGEST, idle_connection_timeout=60)

    def open(self, address: Address) -> int:
        """Begin to listen and return the port; raise ``CannotListenError`` where that fails."""
        try:
            family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
            listening = socket.create_server(address, family=family)
        except OSError as error:
            raise CannotListenError(
                f"Nothing can listen at {address.host}:{address.port} ({error.strerror}): set "
                "DARICHEH_METRICS_LISTEN to a free port of this machine."
            ) from None
        listening.setblocking(False)
        self._server.add_socket(listening)
        return int(listening.getsockname()[1])

    async def close(self) -> None:
        """End listening, and all connections."""
        self._server.stop()
        await self._server.close_all_connections()


class _Checked(RequestHandler):
    def initialize(self, checks: Checks) -> None:
        self._checks = checks

    async def get(self) -> None:
        found = await self._checks()
        self.set_status(200 if held(found) else 503)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps({"ok": held(found), "parts": found}))


class _Metrics(RequestHandler):
    def initialize(self, page: Page) -> None:
        self._page = page

    async def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(await self._page())
