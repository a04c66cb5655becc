"""Promise 5: the default mode needs no network, and nothing phones home."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.settings import PROJECT
from tests.retrieval.index.served.chroma_process import ChromaProcess

# Loaded by Python before anything else: writes down every attempt to look up a name or to send
# anything, and refuses it. What goes to a local socket file is no network; what goes to the address
# in ALLOWED is meant to.
WATCH = """
import os, socket, sys

def watch(event, arguments):
    if event in {names}:
        if event == "socket.connect" and arguments[0].family == socket.AF_UNIX:
            return
        where = arguments if event == "socket.getaddrinfo" else arguments[1]
        if os.environ.get("ALLOWED") == "%s:%s" % tuple(where[:2]):
            return
        with open(os.environ["WATCHED"], "a") as file:
            print(event, arguments[1:] if event != "socket.getaddrinfo" else arguments, file=file)
        raise OSError("no network here")

sys.addaudithook(watch)
"""
EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
# Switches on every telemetry that a library of ours knows, with keys that look real.
TELEMETRY = {
    "ANONYMIZED_TELEMETRY": "True",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_API_KEY": "lsv2_pt_0123456789abcdef",
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_API_KEY": "lsv2_pt_0123456789abcdef",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://127.0.0.1:9",
    "CHROMA_OTEL_GRANULARITY": "all",
    "ORT_DISABLE_TELEMETRY": "0",
}
RETRIEVER = """
import asyncio, sys
from pathlib import Path
from retrieval.library import Library
from retrieval.search.retriever import PassageRetriever
from retrieval.settings import LibrarySettings

library = Library.open(LibrarySettings(knowledge=Path(sys.argv[1]), state=Path(sys.argv[2])))
retriever = PassageRetriever(library=library)
asyncio.run(retriever.ainvoke("What is Dadban?"))
print(len(retriever.invoke("What is Dadban?")))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small knowledge folder, in both languages."""
    folder = tmp_path_factory.mktemp("network") / "knowledge"
    folder.mkdir()
    for language in ("en", "fa"):
        shutil.copy(PROJECT / "knowledge" / "contacts" / f"dadban.{language}.md", folder)
    return folder


@pytest.fixture(scope="module")
def state(folder: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder that holds the index of ``folder``."""
    state = tmp_path_factory.mktemp("network-state")
    IndexStore(folder, state).update(encoder)
    return state


class Watched:
    """Runs Python with its network watched; ``seen`` is what was tried."""

    def __init__(self, scratch: Path) -> None:
        self._log = scratch / "seen.txt"
        (scratch / "sitecustomize.py").write_text(WATCH.format(names=EVENTS), "utf-8")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DARICHEH_", "HF_"))}
        self._environment = {
            **kept,
            **TELEMETRY,
            "PYTHONPATH": os.pathsep.join([str(scratch), str(PROJECT)]),
            "WATCHED": str(self._log),
            "HOME": str(scratch),
        }

    def run(self, *command: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**self._environment, **more},
            check=False,
            timeout=300,
        )

    def seen(self) -> list[str]:
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_the_watch_sees_what_it_should(watched: Watched) -> None:
    """Otherwise the tests below would hold whatever happened."""
    for attempt in (
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 443)",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    ):
        before = len(watched.seen())
        assert watched.run(sys.executable, "-c", f"import socket; {attempt}").returncode
        assert len(watched.seen()) > before, attempt


def test_indexing_and_answering_open_no_connection(
    watched: Watched, folder: Path, tmp_path: Path
) -> None:
    places = ("--knowledge", str(folder), "--state", str(tmp_path / "state"))
    lines = "What is Dadban?\nدادبان چیست؟\ndadban chie\n"
    done = watched.run(sys.executable, "-m", "bot", "ask", "--json", *places, given=lines)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert watched.seen() == []
    # LangChain's tracing would speak up where its retriever is used.
    script = (sys.executable, "-c", RETRIEVER, str(folder), str(tmp_path / "state"))
    chained = watched.run(*script)
    assert chained.returncode == 0, chained.stderr
    assert int(chained.stdout) > 0
    assert watched.seen() == []


class _Request(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(204)
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the name http.server asks for

    def log_message(self, format: str, *args: object) -> None:
        return


class Listener(ThreadingHTTPServer):
    """Counts who connects, whatever they then say: some exporters speak no plain HTTP."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.connected = 0
        self.address = f"127.0.0.1:{self.server_address[1]}"

    def verify_request(self, request: object, client_address: object) -> bool:
        """Count a connection."""
        self.connected += 1
        return True


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server on loopback to which nobody should connect."""
    server = Listener()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


ENDPOINTS = (
    "LANGCHAIN_ENDPOINT",
    "LANGSMITH_ENDPOINT",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "CHROMA_OTEL_COLLECTION_ENDPOINT",
)


def test_tracing_that_the_environment_asks_for_reaches_nobody(
    watched: Watched, folder: Path, state: Path, listener: Listener
) -> None:
    """Also what is not Python: native code would not be seen by the watch, but heard here."""
    named = dict.fromkeys(ENDPOINTS, f"http://{listener.address}")
    script = (sys.executable, "-c", RETRIEVER, str(folder), str(state))
    done = watched.run(*script, PYTHONPATH=str(PROJECT), **named)
    assert done.returncode == 0, done.stderr
    assert listener.connected == 0


def test_where_the_index_is_on_a_server_that_alone_is_spoken_to(
    watched: Watched, folder: Path, tmp_path: Path, listener: Listener
) -> None:
    chroma = ChromaProcess(tmp_path / "chroma")
    chroma.start()
    try:
        places = ("--knowledge", str(folder), "--state", str(tmp_path / "state"))
        environment = {
            **dict.fromkeys(ENDPOINTS, f"http://{listener.address}"),
            "DARICHEH_CHROMA_URL": chroma.url,
            "ALLOWED": chroma.url.removeprefix("http://"),
            "HTTP_PROXY": f"http://{listener.address}",
        }
        command = (sys.executable, "-m", "bot", "ask", "--json", *places)
        done = watched.run(*command, given="What is Dadban?\nدادبان چیست؟\n", **environment)
    finally:
        chroma.kill()
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert watched.seen() == []
    assert listener.connected == 0


def test_a_machine_without_any_network_answers(watched: Watched, folder: Path, state: Path) -> None:
    """In a network namespace of its own there is not even a loopback."""
    alone = ("unshare", "--map-root-user", "--net")
    if shutil.which("unshare") is None or watched.run(*alone, "true").returncode:
        pytest.skip("this system gives no network namespace")
    places = ("--knowledge", str(folder), "--state", str(state))
    done = watched.run(
        *alone, sys.executable, "-m", "bot", "ask", "What is Dadban?", "--json", *places
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["question"] == "What is Dadban?"


def test_libraries_leave_nothing_in_the_home_folder(
    watched: Watched, folder: Path, state: Path, tmp_path: Path
) -> None:
    """What one keeps there, a machine's own number or events to be sent, it means to report."""
    home = tmp_path / "home"
    home.mkdir()
    places = ("--knowledge", str(folder), "--state", str(state))
    command = (sys.executable, "-m", "bot", "ask", "What is Dadban?", *places)
    done = watched.run(*command, HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert [str(path.relative_to(home)) for path in home.rglob("*")] == []


# In a network of its own, all names are asked of this: native code is heard here as well as Python.
NAME_SERVER = """
import fcntl, socket, struct, subprocess, sys, threading

with socket.socket() as any_socket:  # `ip link set lo up`
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 1))
subprocess.run(["mount", "--bind", sys.argv[1], "/etc/resolv.conf"], check=True)
server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))

def listen():
    while True:
        asked, peer = server.recvfrom(512)
        print("asked for", asked[12:].split(b"\\0")[0], file=sys.stderr, flush=True)
        # The answer: there is no such name.
        server.sendto(asked[:2] + b"\\x81\\x83" + asked[4:6] + bytes(6) + asked[12:], peer)

threading.Thread(target=listen, daemon=True).start()
sys.exit(subprocess.run(sys.argv[2:]).returncode)
"""


@pytest.mark.parametrize("looks_up", [True, False], ids=["the listener hears", "the bot is silent"])
def test_native_code_looks_up_no_name(
    watched: Watched, folder: Path, state: Path, tmp_path: Path, looks_up: bool
) -> None:
    resolving = tmp_path / "resolv.conf"
    resolving.write_text("nameserver 127.0.0.1\n")
    alone = ("unshare", "--map-root-user", "--net", "--mount", "--propagation", "private")
    if shutil.which("unshare") is None or watched.run(*alone, "true").returncode:
        pytest.skip("this system gives no network namespace")
    places = ("--knowledge", str(folder), "--state", str(state))
    asking = (sys.executable, "-m", "bot", "ask", "What is Dadban?", *places)
    command = ("getent", "hosts", "telemetry.example.org") if looks_up else asking
    listening = (sys.executable, "-S", "-c", NAME_SERVER, str(resolving))
    done = watched.run(*alone, *listening, *command)
    assert ("asked for" in done.stderr) == looks_up, done.stderr
    assert (done.returncode == 0) == (not looks_up), done.stderr
