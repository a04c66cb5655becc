"""The index follows the knowledge, reuses what it can, and never leaves people without."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.encoder.contract import Progress
from retrieval.errors import IndexUnavailableError, KnowledgeError
from retrieval.index.store import IndexStore
from tests.conftest import WriteDocument

BODY = "## One {#one}\nThe summons came by phone.\n\n## Two {#two}\nThe lawyer read the summons.\n"


class Counting:
    """The real encoder, counting what it is asked to encode."""

    def __init__(self, encoder: Encoder, name: str | None = None) -> None:
        self._encoder = encoder
        self.name = name or encoder.name
        self.dimensions = encoder.dimensions
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        self.encoded += texts
        return self._encoder.encode_passages(texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_queries(texts)


class Failing(Counting):
    """An encoder that dies in the middle of its work."""

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        raise OSError(28, "No space left on device")


@pytest.fixture
def store(knowledge_folder: Path, tmp_path: Path) -> IndexStore:
    return IndexStore(knowledge_folder, tmp_path / "state")


def found(store: IndexStore, encoder: Encoder) -> set[str]:
    return {passage.id for passage in store.open(encoder).contents.passages}


def test_nothing_changed_means_nothing_done(
    store: IndexStore, write_document: WriteDocument, encoder: Encoder
) -> None:
    write_document("a", BODY)
    counting = Counting(encoder)
    assert store.update(counting) is not None
    counting.encoded.clear()
    assert store.update(counting) is None
    assert counting.encoded == []


def test_a_changed_file_encodes_its_own_texts_only(
    store: IndexStore, write_document: WriteDocument, encoder: Encoder
) -> None:
    write_document("a", BODY)
    write_document("b", "## One {#one}\nSignal needs a phone number.\n")
    store.update(encoder)
    write_document("b", "## One {#one}\nBriar works without the internet.\n")
    counting = Counting(encoder)
    report = store.update(counting)
    assert report is not None
    assert report.reused > 0
    assert counting.encoded
    assert all("Briar" in text for text in counting.encoded)


def test_a_deleted_file_leaves_nothing_behind(
    store: IndexStore, write_document: WriteDocument, encoder: Encoder
) -> None:
    write_document("a", BODY)
    gone = write_document("b", "## One {#one}\nSignal needs a phone number.\n")
    store.update(encoder)
    gone.unlink()
    index = store.open(encoder)
    assert {passage.document for passage in index.contents.passages} == {"a"}
    vector = encoder.encode_queries(["Signal needs a phone number."])[0]
    near = index.vectors.nearest(vector, 50)
    assert near
    assert not any(entry.startswith("b#") for entry in near)


def test_a_translation_added_later_is_picked_up(
    store: IndexStore, write_document: WriteDocument, encoder: Encoder
) -> None:
    write_document("a", BODY)
    assert found(store, encoder) == {"a#one.1@en", "a#two.1@en"}
    write_document("a", "## یک {#one}\nاحضار تلفنی بود.\n", language="fa")
    assert "a#one.1@fa" in found(store, encoder)


def test_a_bad_document_does_not_take_the_others_down(
    knowledge_folder: Path, tmp_path: Path, write_document: WriteDocument, encoder: Encoder
) -> None:
    write_document("a", BODY)
    bad = write_document("b", BODY)
    bad.write_text(bad.read_text("utf-8").replace("tier: reporting", "tier: x"), "utf-8")
    told: list[str] = []
    store = IndexStore(knowledge_folder, tmp_path / "state", told.append)
    assert found(store, encoder) == {"a#one.1@en", "a#two.1@en"}
    assert any("knowledge lint" in line for line in told)


def test_a_failed_build_leaves_the_old_index_serving(
    knowledge_folder: Path, tmp_path: Path, write_document: WriteDocument, encoder: Encoder
) -> None:
    told: list[str] = []
    store = IndexStore(knowledge_folder, tmp_path / "state", told.append)
    write_document("a", BODY)
    store.update(encoder)
    write_document("b", "## One {#one}\nBriar works without the internet.\n")
    index = store.open(Failing(encoder))
    assert {passage.document for passage in index.contents.passages} == {"a"}
    assert any("disk is full" in line and "goes on serving" in line for line in told)


def test_another_encoder_never_searches_this_index(
    knowledge_folder: Path, tmp_path: Path, write_document: WriteDocument, encoder: Encoder
) -> None:
    told: list[str] = []
    store = IndexStore(knowledge_folder, tmp_path / "state", told.append)
    write_document("a", BODY)
    store.update(encoder)
    other = Counting(encoder, name="another")
    assert store.open(other).manifest.encoder == "another"
    assert other.encoded
    assert any("made anew" in line for line in told)
    with pytest.raises(IndexUnavailableError):
        store.open(Failing(encoder, name="a third"))


def test_empty_and_missing_folders_are_named(
    knowledge_folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    with pytest.raises(IndexUnavailableError, match="no valid document"):
        IndexStore(knowledge_folder, tmp_path / "state").open(encoder)
    with pytest.raises(KnowledgeError, match="--knowledge"):
        IndexStore(tmp_path / "nowhere", tmp_path / "state").open(encoder)


def test_a_version_that_is_read_stays_however_many_follow(
    store: IndexStore, write_document: WriteDocument, encoder: Encoder, tmp_path: Path
) -> None:
    write_document("a", BODY)
    index = store.open(encoder)
    folder = tmp_path / "state" / "index" / index.name
    vector = encoder.encode_queries(["The summons came by phone."])[0]
    for word in ("second", "third", "fourth"):
        write_document("b", f"## One {{#one}}\nThe {word} version.\n")
        store.update(encoder)
    assert index.vectors.nearest(vector, 5)["a#one.1@en"] > 0.5
    assert "a#one.1@en" in index.vectors.of(["a#one.1@en"])
    assert folder.is_dir()
    del index
    gc.collect()
    write_document("b", "## One {#one}\nThe last version.\n")
    store.update(encoder)
    assert not folder.exists()


BUILD = """
import sys, time
from pathlib import Path
from retrieval.encoder import load_encoder
from retrieval.index.store import IndexStore

def progress(stage, done, total):
    print(stage, flush=True)
    time.sleep(60 if stage == sys.argv[3] else 0)

IndexStore(Path(sys.argv[1]), Path(sys.argv[2])).update(load_encoder("bundled"), progress)
"""


@pytest.mark.parametrize("stage", ["encode", "vectors", "words"])
def test_a_build_killed_at_any_stage_leaves_the_old_index_serving(
    knowledge_folder: Path,
    tmp_path: Path,
    write_document: WriteDocument,
    encoder: Encoder,
    stage: str,
) -> None:
    state = tmp_path / "state"
    store = IndexStore(knowledge_folder, state)
    write_document("a", BODY)
    store.update(encoder)
    before = store.current()
    write_document("b", "## One {#one}\nBriar works without the internet.\n")
    build = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(knowledge_folder), str(state), stage],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert build.stdout is not None
    while build.stdout.readline().strip() != stage:
        assert build.poll() is None
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    build.stdout.close()
    assert store.current() == before
    assert {p.split("#")[0] for p in found(store, encoder)} == {"a", "b"}
    assert list((state / "index").glob("building-*")) == []
