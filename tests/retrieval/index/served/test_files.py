"""The files of a version on a server: they come back as they were put there, or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from chromadb.api.client import Client

from retrieval.errors import IndexUnavailableError
from retrieval.index import files
from retrieval.index.chroma_server import Address, connected
from tests.retrieval.index.served.chroma_process import ChromaProcess


@pytest.fixture
def client(server: ChromaProcess) -> Client:
    return connected(Address(server.url), 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of several kinds: one of more than one part, and an empty one."""
    folder = tmp_path / "folder"
    (folder / "words").mkdir(parents=True)
    (folder / "terms.json").write_text('["پیام‌رسان"]', "utf-8")
    (folder / "topics.json").write_text("[]", "utf-8")
    (folder / "empty").write_bytes(b"")
    noise = np.random.default_rng(1).bytes(2 * files._PART + 1)
    (folder / "words" / "large.npy").write_bytes(noise)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_what_was_sent_is_fetched(client: Client, folder: Path, tmp_path: Path) -> None:
    digest = files.send(client, "daricheh-some.files", folder)
    files.fetch(client, "daricheh-some.files", digest, tmp_path / "fetched")
    assert content(tmp_path / "fetched") == content(folder)


def test_what_was_altered_is_refused(client: Client, folder: Path, tmp_path: Path) -> None:
    digest = files.send(client, "daricheh-some.files", folder)
    place = client.get_collection("daricheh-some.files")
    with pytest.raises(IndexUnavailableError, match="not those that were put there"):
        files.fetch(client, "daricheh-some.files", "another", tmp_path / "a")
    other = place.get(ids=["topics.json#0"], include=["metadatas"])["metadatas"]
    assert other is not None
    place.update(ids=["terms.json#0"], metadatas=[dict(other[0])])
    with pytest.raises(IndexUnavailableError, match="not those that were put there"):
        files.fetch(client, "daricheh-some.files", digest, tmp_path / "b")
    place.delete(ids=["words/large.npy#1"])
    with pytest.raises(IndexUnavailableError, match="not those that were put there"):
        files.fetch(client, "daricheh-some.files", digest, tmp_path / "c")


def test_no_file_lands_outside_its_folder(
    client: Client, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may write to the server must not be able to write anywhere else."""
    monkeypatch.setattr(Path, "relative_to", lambda path, _: Path("../outside") / path.name)
    digest = files.send(client, "daricheh-some.files", folder)
    monkeypatch.undo()
    inside = tmp_path / "inside"
    with pytest.raises(IndexUnavailableError):
        files.fetch(client, "daricheh-some.files", digest, inside)
    assert not (tmp_path / "outside").exists()
