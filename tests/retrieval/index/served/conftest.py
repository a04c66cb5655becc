"""A Chroma server for the tests here, and a small knowledge folder to publish on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.index.chroma_server import Address, connected
from retrieval.index.register import PREFIX
from retrieval.index.served import ServedStore
from tests.retrieval.index.served.chroma_process import ChromaProcess
from tests.small.shelf import SMALL

Replica = Callable[..., ServedStore]
_PAGE = Path("guidance", "phone-summons.en.md")
# What the folder answers.
ASKED = ("Is a phone call a summons?", "What should I do the night before a summons?")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    """A server that the tests of a module share."""
    server = ChromaProcess(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(running: ChromaProcess) -> ChromaProcess:
    """The server, holding nothing."""
    client = connected(Address(running.url), 30)
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    return running


def names(server: ChromaProcess) -> set[str]:
    """Return the names of this project's collections on ``server``."""
    listed = connected(Address(server.url), 30).list_collections()
    return {each.name for each in listed if each.name.startswith(PREFIX)}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A copy of the small knowledge folder, with questions that it says it answers."""
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL, folder)
    page = folder / _PAGE
    text = page.read_text("utf-8")
    page.write_text(
        text.replace("sources:", f"questions: {json.dumps(ASKED)}\nsources:", 1), "utf-8"
    )
    return folder


def edited(knowledge: Path, sentence: str) -> None:
    """Put ``sentence`` into the folder."""
    page = knowledge / _PAGE
    page.write_text(f"{page.read_text('utf-8').rstrip()}\n{sentence}[^wire]\n", "utf-8")


@pytest.fixture
def replica(server: ChromaProcess, knowledge: Path, tmp_path: Path) -> Replica:
    """Make the store of a process: ``replica("one")`` has a state folder of its own."""

    def make(
        name: str,
        announce: Callable[[str], None] = lambda _: None,
        folder: Path = knowledge,
        lease_seconds: float = 60.0,
    ) -> ServedStore:
        state = tmp_path / name
        return ServedStore(Address(server.url), folder, state, announce, lease_seconds)

    return make
