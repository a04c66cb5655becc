"""Who hears of a question: the model's own host, and nobody else."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.model.chat import Prompt, UnansweredError
from retrieval.model.opening import open_chat
from retrieval.model.settings import ModelSettings
from retrieval.settings import PROJECT
from tests.model_server.acts import refuses, says
from tests.model_server.server import ModelServer
from tests.retrieval.model.conftest import Scene
from tests.small.shelf import SMALL

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


def test_a_question_goes_to_the_model_and_to_nobody_else(
    model: ModelServer, elsewhere: ThreadingHTTPServer, encoder: Encoder, tmp_path: Path
) -> None:
    model.will(says("A summons has to be in writing; a call is not one. [1]"))
    IndexStore(SMALL, tmp_path / "state").update(encoder)
    (tmp_path / "sitecustomize.py").write_text(WATCH, "utf-8")
    address = f"http://127.0.0.1:{elsewhere.server_address[1]}"
    tracing = dict.fromkeys(("LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING"), "true")
    keys = dict.fromkeys(("LANGCHAIN_API_KEY", "LANGSMITH_API_KEY"), "lsv2_pt_0123456789abcdef")
    traced = ("LANGCHAIN_ENDPOINT", "LANGSMITH_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
    led = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_BASE_URL", "OPENAI_PROXY")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "Is a call a summons?", "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT)]),
            "WATCHED": str(tmp_path / "seen"),
            "DARICHEH_KNOWLEDGE": str(SMALL),
            "DARICHEH_STATE": str(tmp_path / "state"),
            "DARICHEH_MODEL": "scripted",
            "DARICHEH_MODEL_URL": model.url,
            **tracing,
            **keys,
            **dict.fromkeys((*traced, *led), address),
        },
    )
    assert done.returncode == 0, done.stderr
    assert len(model.asked) >= 1
    seen = set((tmp_path / "seen").read_text("utf-8").splitlines())
    assert seen == {f"127.0.0.1 {urlsplit(model.url).port}"}
    assert elsewhere.heard == []  # type: ignore[attr-defined]


async def test_what_a_provider_quotes_is_in_no_error_and_no_line_of_ours(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scene.model.will(refuses(400))
    told = await scene.tell("Is a call about the walnut harbour a summons?")
    assert told.reason == "no answer"
    own = [r for r in caplog.records if r.name.startswith(("bot", "retrieval"))]
    assert own
    assert all("walnut" not in record.getMessage() and not record.exc_info for record in own)


async def test_an_error_does_not_lead_to_what_the_provider_said(
    model: ModelServer,
) -> None:
    model.will(refuses(400))
    chat = open_chat(ModelSettings(_env_file=None, model="scripted", model_url=model.url))
    with pytest.raises(UnansweredError) as caught:
        async for _ in chat.stream(Prompt("rules", "walnut harbour")):
            pass
    error = caught.value
    assert (error.__cause__, error.__context__) == (None, None)
    assert "walnut" not in str(error)
