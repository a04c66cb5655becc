"""An OpenAI-compatible server on loopback: /v1/chat/completions with server-sent events.

Each request is met by the next act that a test has put in, and once these are used up by the
last one again.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Json = dict[str, Any]


class Reply:
    """One request being answered. ``over`` is set when the test is over."""

    def __init__(self, handler: _Handler, request: Json, over: threading.Event) -> None:
        self._handler = handler
        self.request = request
        self.over = over

    @property
    def asked(self) -> str:
        """All that the model was told."""
        return "\n".join(str(message["content"]) for message in self.request["messages"])

    def opens(self, status: int = 200, kind: str = "text/event-stream") -> None:
        """Send the head of the answer."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def says(self, text: str) -> None:
        """Send the next piece of text."""
        delta = {"index": 0, "delta": {"role": "assistant", "content": text}}
        self.sends(f"data: {json.dumps(_chunk(delta))}\n\n")

    def ends(self) -> None:
        """Say that this was all."""
        delta = {"index": 0, "delta": {}, "finish_reason": "stop"}
        self.sends(f"data: {json.dumps(_chunk(delta))}\n\ndata: [DONE]\n\n")

    def sends(self, raw: str) -> None:
        """Send ``raw`` as it is."""
        self._handler.wfile.write(raw.encode())
        self._handler.wfile.flush()


Act = Callable[[Reply], None]


class ModelServer:
    """The server. ``with ModelServer() as model``; ``model.url`` is its base address."""

    def __init__(self) -> None:
        self._acts: list[Act] = []
        self.asked: list[str] = []
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.model = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def will(self, *acts: Act) -> None:
        """Meet the next requests so."""
        with self._lock:
            self._acts = list(acts)

    def meet(self, reply: Reply) -> None:
        """Do with a request what the test has said."""
        with self._lock:
            self.asked.append(reply.asked)
            act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
        act(reply)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    model: ModelServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has heard enough hangs up: no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        request: Json = json.loads(self.rfile.read(length))
        self.server.model.meet(Reply(self, request, self.server.model.over))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _chunk(choice: Json) -> Json:
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
