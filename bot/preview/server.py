"""The preview's web server: on the loopback address alone, for this machine's own browser.

Any page that the same browser shows could try to reach it. So requests must name this server as
their host (a foreign name that resolves to this machine does not), and those that carry a question
must come from its own page. Nothing is loaded from elsewhere, and nothing asked is logged or kept.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import Callable
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
from retrieval.library import Library

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
        # One for requests and one to renew the state: while an edit is indexed, which takes a
        # while, the library before it answers. Its index stays until the next but one is made.
        self.threads = ThreadPoolExecutor(1, thread_name_prefix="preview")
        self.renewing = ThreadPoolExecutor(1, thread_name_prefix="renewing")

    def listen(self, port: int) -> HTTPServer:
        """Begin to serve on ``port`` (0: a free one); raise ``PreviewError`` if it is taken."""
        try:
            heard = socket.create_server((ADDRESS, port))
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise PreviewError(
                f"Port {port} cannot be used ({why}). Name another with --port."
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
            seen = await loop.run_in_executor(self.renewing, self._bench.signature)
            if seen != self._seen:
                self._seen = seen
                await self._renew()

    async def _renew(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await self._tell(await loop.run_in_executor(self.renewing, self._bench.look))
            state = self.state
            await self._tell(await loop.run_in_executor(self.renewing, self._bench.indexed, state))
        except (DarichehError, OSError) as error:  # a file vanished between listing and reading
            _log.warning("the knowledge could not be read: %s", describe(error))
            self._seen = ""  # look again

    async def _tell(self, state: State) -> None:
        self.state = state
        async with self.changed:
            self.number += 1
            self.changed.notify_all()

    async def in_thread(self, job: Callable[[Library], Any]) -> Any:
        """Return what ``job`` makes of the library there is when its turn comes.

        Raises ``HTTPError`` where there is none yet.
        """

        def with_library() -> Any:
            library = self.state.library
            if library is None:
                raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)
            return job(library)

        return await asyncio.get_running_loop().run_in_executor(self.threads, with_library)

    def close(self) -> None:
        """End the threads, once what they are at is done."""
        self.threads.shutdown(cancel_futures=True)
        self.renewing.shutdown(cancel_futures=True)

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
                "pending": state.pending,
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
        versions = [each for each in state.knowledge.documents if each.id == shown["id"]]
        ranked = []
        if state.library is not None:
            ranked = await self.preview.in_thread(
                lambda library: [view.keys(version, library) for version in versions]
            )
        for version, ranks in zip(versions, ranked, strict=False):
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
        if not isinstance(question, str) or len(question) > _LONGEST:
            raise HTTPError(HTTPStatus.BAD_REQUEST)

        def asked(library: Library) -> dict[str, Any]:
            return {
                "found": view.found(library.search(question)),
                "phones": [
                    screens(library.answer(question, language), self.preview.texts[language])
                    for language in texts.LANGUAGES
                ],
            }

        self.send(await self.preview.in_thread(asked))


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
        except (StreamClosedError, asyncio.CancelledError):
            return  # the page was closed, or the preview ends
