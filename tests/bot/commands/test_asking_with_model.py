"""``daricheh ask`` with a language model: it is asked, and nobody else hears of the question."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.bot.commands.conftest import Run
from tests.model_server.acts import says
from tests.model_server.server import ModelServer

# Loaded by Python before anything else: notes whom the process speaks to, and lets it.
WATCH = """
import os, socket, sys

def watch(event, arguments):
    if event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
        with open(os.environ["WATCHED"], "a") as file:
            print(arguments[1][0], arguments[1][1], file=file)

sys.addaudithook(watch)
"""


class _Listener(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append(self.path)  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the name http.server asks for

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def elsewhere() -> Iterator[ThreadingHTTPServer]:
    """A server that tracing or a proxy of the environment would lead to."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    server.heard = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


# Whatever the environment says of tracing and of ways elsewhere.
TRACING = {
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_TRACING": "true",
    "LANGCHAIN_API_KEY": "lsv2_pt_0123456789abcdef",
    "LANGSMITH_API_KEY": "lsv2_pt_0123456789abcdef",
}
LEADING = ("LANGCHAIN_ENDPOINT", "LANGSMITH_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT",
           "HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_BASE_URL", "OPENAI_PROXY")  # fmt: skip


def test_a_question_goes_to_the_model_and_to_nobody_else(
    run: Run, places: tuple[str, ...], elsewhere: ThreadingHTTPServer, tmp_path: Path
) -> None:
    own = read_knowledge(Path(places[1])).documents[0].header.questions[0]
    (tmp_path / "sitecustomize.py").write_text(WATCH, "utf-8")
    address = f"http://127.0.0.1:{elsewhere.server_address[1]}"
    with ModelServer() as model:
        model.will(says("Nobody can say. [1]"))
        settings = {
            **TRACING,
            **dict.fromkeys(LEADING, address),
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT)]),
            "WATCHED": str(tmp_path / "seen"),
            "DARICHEH_MODEL": "scripted",
            "DARICHEH_MODEL_URL": model.url,
        }
        done = run("ask", own, "--json", *places, given=None, **settings)
        assert done.returncode == 0, done.stderr
        assert len(model.asked) == 2, "to compose, and once to repair"
    seen = set((tmp_path / "seen").read_text("utf-8").splitlines())
    assert seen == {f"127.0.0.1 {urlsplit(model.url).port}"}
    assert elsewhere.heard == []  # type: ignore[attr-defined]
    plain = json.loads(run("ask", own, "--json", *places).stdout)
    assert {**json.loads(done.stdout), "seconds": 0} == {**plain, "seconds": 0}


def test_a_model_elsewhere_takes_a_decision(run: Run, places: tuple[str, ...]) -> None:
    settings = {"DARICHEH_MODEL": "m", "DARICHEH_MODEL_URL": "https://api.example.org/v1"}
    done = run("ask", "What is Dadban?", *places, given=None, **settings)
    assert done.returncode == 1
    assert b"DARICHEH_MODEL_OUTSIDE=yes" in done.stderr
    assert done.stdout == b""
