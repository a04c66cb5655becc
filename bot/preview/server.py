"""The preview's web server: on the loopback address alone, for this machine's own browser.

Any page that the same browser shows could try to reach it. So requests must name this server as
their host (a foreign name that resolves to this machine does not), and those that carry a question
must come from its own page. Nothing is loaded from elsewhere, and nothing asked is logged or kept.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from bot.preview import view
from bot.preview.bench import Bench, State
from bot.preview.phone import screens
from bot.quiet import describe
from bot.telegram import texts
from retrieval.errors import DarichehError

ADDRESS = "127.0.0.1"
PAGE = Path(__file__).with_name("page")
LOOK = 0.5  # seconds between looks at the files
_LONGEST = 4_000  # characters of a question: what fits one Telegram message
_ALIVE = 15.0  # seconds after which a silent line of events says that it is there
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_log = logging.getLogger(__name__)


class PreviewError(DarichehError):
    """The preview cannot be served; the message says why and what to do."""


class Preview:
    """Serves the state of a bench and renews it when a file changes."""

    def __init__(self, bench: Bench, state: State, chosen: str | None = None) -> None:
        self.state = state
        self.chosen = chosen
        self.texts = texts.load()
        self.number = 1
        self.changed = asyncio.Condition()
        self._bench = bench
        self._seen = bench.signature()
        self.threads = ThreadPoolExecutor(1, thread_name_prefix="preview")

    def listen(self, port: int) -> HTTPServer:
        """Begin to serve on ``port`` (0: a free one); raise ``PreviewError`` if it is taken."""
        try:
            heard = socket.create_server((ADDRESS, port))
        except OSError as error:
            raise PreviewError(
                f"Port {port} cannot be used ({error.strerror}). Name another with --port."
            ) from None
        heard.setblocking(False)
        self.port = heard.getsockname()[1]
        server = HTTPServer(self._application(), max_body_size=64_000)
        server.add_socket(heard)
        return server

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{ADDRESS}:{self.port}/"

    async def watch(self) -> None:
        """Renew the state whenever a file has changed, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            loop = asyncio.get_running_loop()
            seen = await loop.run_in_executor(self.threads, self._bench.signature)
            if seen != self._seen:
                self._seen = seen
                await self._renew()

    async def _renew(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            self.state = await loop.run_in_executor(self.threads, self._bench.read)
        except (DarichehError, OSError) as error:  # a file vanished between listing and reading
            _log.warning("the knowledge could not be read: %s", describe(error))
            self._seen = ""  # look again
            return
        async with self.changed:
            self.number += 1
            self.changed.notify_all()

    def _application(self) -> Application:
        shared = {"preview": self}
        return Application(
            [
                (r"/", Page, shared),
                (r"/contents", Contents, shared),
                (r"/document", DocumentView, shared),
                (r"/ask", Ask, shared),
                (r"/events", Events, shared),
                (r"/page/(preview\.(?:css|js))", Files, {"path": PAGE, **shared}),
            ],
            default_handler_class=Nothing,
            default_handler_args=shared,
            log_function=lambda _handler: None,
        )


class Guarded(RequestHandler):
    """What every answer has in common: who may ask, and what a browser may do with it."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def prepare(self) -> None:
        own = {f"{name}:{self.preview.port}" for name in (ADDRESS, "localhost")}
        if self.request.host not in own:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        origin = self.request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in own}:
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def write_error(self, status_code: int, **_details: Any) -> None:
        self.finish(HTTPStatus(status_code).phrase)

    def log_exception(
        self,
        _kind: type[BaseException] | None,
        value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if value is not None and not isinstance(value, HTTPError | StreamClosedError):
            _log.error("the preview failed: %s", describe(value))

    def send(self, value: Any) -> None:
        """Answer with ``value`` as JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value, ensure_ascii=False))


class Page(Guarded):
    """The page itself."""

    def get(self) -> None:
        self.finish((PAGE / "preview.html").read_text("utf-8"))


class Files(StaticFileHandler, Guarded):
    """The page's script and style."""

    def initialize(self, path: Path, preview: Preview) -> None:  # type: ignore[override]
        Guarded.initialize(self, preview)
        StaticFileHandler.initialize(self, str(path))


class Nothing(Guarded):
    """What is not there."""

    def prepare(self) -> None:
        super().prepare()
        raise HTTPError(HTTPStatus.NOT_FOUND)


class Contents(Guarded):
    """All documents, and the one that the command named."""

    def get(self) -> None:
        state = self.preview.state
        self.send(
            {
                "chosen": self.preview.chosen,
                "trouble": state.trouble,
                "documents": view.contents(state.knowledge, state.faults),
            }
        )


class DocumentView(Guarded):
    """One document: its passages, its findings, and how its own questions find it."""

    async def get(self) -> None:
        state = self.preview.state
        shown = view.document(self.get_query_argument("id"), state.knowledge, state.faults)
        if not shown["versions"] and not shown["faults"]:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        library = state.library
        for version in state.knowledge.documents:
            if library is not None and version.id == shown["id"]:
                ranks = await asyncio.get_running_loop().run_in_executor(
                    self.preview.threads, view.keys, version, library
                )
                questions = shown["versions"][version.language]["questions"]
                for question, rank in zip(questions, ranks, strict=True):
                    question["rank"] = rank
        self.send(shown)


class Ask(Guarded):
    """A question: what it finds, and its answer on a phone in both languages."""

    async def post(self) -> None:
        try:
            question = json.loads(self.request.body)["question"]
        except (ValueError, KeyError, TypeError):
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        library = self.preview.state.library
        if not isinstance(question, str) or len(question) > _LONGEST or library is None:
            raise HTTPError(HTTPStatus.BAD_REQUEST)

        def asked() -> dict[str, Any]:
            return {
                "found": view.found(library.search(question)),
                "phones": [
                    screens(library.answer(question, language), self.preview.texts[language])
                    for language in texts.LANGUAGES
                ],
            }

        loop = asyncio.get_running_loop()
        self.send(await loop.run_in_executor(self.preview.threads, asked))


class Events(Guarded):
    """Server-sent events: the number of the state, each time there is a new one."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        told = 0
        try:
            while True:
                if told == self.preview.number:
                    self.write(": still here\n\n")
                else:
                    told = self.preview.number
                    self.write(f"data: {told}\n\n")
                await self.flush()
                async with self.preview.changed:
                    try:
                        await asyncio.wait_for(self.preview.changed.wait(), _ALIVE)
                    except TimeoutError:
                        continue
        except StreamClosedError:
            return
