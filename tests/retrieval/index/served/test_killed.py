"""Builder and server killed at any moment: nobody is left without, and nothing is left behind."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.encoder import Encoder
from retrieval.errors import ServerGoneError
from retrieval.index.chroma_server import Address, connected
from retrieval.index.register import registered
from retrieval.library import Library
from retrieval.settings import PROJECT
from tests.retrieval.index.served.chroma_process import ChromaProcess
from tests.retrieval.index.served.conftest import ASKED, Replica, edited, names

BUILD = """
import sys, threading
from pathlib import Path
from retrieval.encoder import load_encoder
from retrieval.index.chroma_server import Address
from retrieval.index.served import ServedStore

def progress(stage, done, total):
    if stage == "words":  # all vectors are on the server
        print("here", flush=True)
        threading.Event().wait()

ServedStore(Address(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), lease_seconds=1.0).update(
    load_encoder("bundled"), progress
)
"""


def test_a_builder_killed_in_the_middle_leaves_the_old_version_and_no_rubbish(
    replica: Replica, knowledge: Path, server: ChromaProcess, tmp_path: Path, encoder: Encoder
) -> None:
    store = replica("one")
    library = Library(store.open(encoder), encoder)
    before = names(server)
    edited(knowledge, "Ask for the caller's name.")
    build = subprocess.Popen(
        [sys.executable, "-c", BUILD, server.url, str(knowledge), str(tmp_path / "one")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert build.stdout is not None
    assert build.stdout.readline() == "here\n"
    build.kill()
    build.wait()
    build.stdout.close()
    assert names(server) > before
    assert store.newest(encoder.name) == library.index_name
    assert library.answer(ASKED[0]).status == "answered"
    # The next one waits until the dead one's time is up, and clears away what it left.
    assert store.update(encoder) is not None
    versions = registered(connected(Address(server.url), 30))
    expected = {name for version in versions for name in (version.vectors, version.files)}
    assert len(versions) == 2
    assert names(server) == {*expected, "daricheh-register"}
    assert list((tmp_path / "one" / "served").glob("unfinished-*")) == []


@pytest.fixture
def own(tmp_path: Path) -> Iterator[ChromaProcess]:
    """A server that is killed."""
    server = ChromaProcess(tmp_path / "chroma")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(own: ChromaProcess) -> ChromaProcess:
    return own


def test_a_server_killed_and_back_is_missed_by_nobody(
    replica: Replica, own: ChromaProcess, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(replica("one").open(encoder), encoder)
    whole = library.answer(ASKED[0])
    assert whole.status == "answered"
    own.kill()
    with caplog.at_level(logging.WARNING):
        alone = library.answer(ASKED[0])
        # What is not found by words is not said to be nowhere.
        with pytest.MonkeyPatch.context() as judged:
            judged.setattr("retrieval.library.verdict", lambda _: "abstained")
            with pytest.raises(ServerGoneError):
                library.answer("How should I lock my phone?")
    assert sum("does not answer" in record.message for record in caplog.records) == 1
    assert (alone.status, alone.statements) == (whole.status, whole.statements)
    # A process that starts now reads what was fetched before; one that has nothing says why not.
    told: list[str] = []
    started = Library(replica("one", told.append).open(encoder), encoder)
    assert started.index_name == library.index_name
    assert any("does not answer" in line for line in told)
    assert started.answer(ASKED[1]).status == "answered"
    with pytest.raises(ServerGoneError, match="DARICHEH_CHROMA_URL"):
        replica("another").open(encoder)
    own.start()
    waiting = threading.Event()
    for _ in range(600):
        if library.search(ASKED[0]).complete:
            break
        waiting.wait(0.1)
    assert library.search(ASKED[0]).complete
    assert replica("another").newest(encoder.name) == library.index_name
    assert library.answer(ASKED[0]).statements == whole.statements
