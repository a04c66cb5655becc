"""A followed folder is indexed when it has changed, and not while it changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.commands.serving import Reopening
from bot.operating.folder import FolderWatch
from bot.settings import BotSettings
from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailableError
from retrieval.index.apart import Apart
from retrieval.index.store import IndexStore
from retrieval.library import Library
from tests.small.shelf import SMALL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "knowledge"
    shutil.copytree(SMALL, copy)
    return copy


def edit(folder: Path, name: str = "contacts/tor-support.en.md") -> None:
    page = folder / name
    before = page.stat().st_mtime_ns
    page.write_text(page.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    os.utime(page, ns=(before, before + 1_000_000_000))


def test_a_change_counts_once_it_stands_still(folder: Path) -> None:
    watch = FolderWatch(folder)
    assert not watch.pending()
    edit(folder)
    assert not watch.pending()  # seen for the first time: more may come
    edit(folder, "contacts/tor-support.fa.md")
    assert not watch.pending()
    assert watch.pending()
    assert watch.pending()  # until it is dealt with
    watch.done()
    assert not watch.pending()


def test_new_removed_and_touched_files_count_and_others_do_not(folder: Path) -> None:
    for change in (
        lambda: (folder / "contacts" / "tor-support.en.md").unlink(),
        lambda: shutil.copy(SMALL / "contacts" / "tor-support.en.md", folder / "contacts"),
        lambda: (folder / "glossary.yaml").touch(),
    ):
        watch = FolderWatch(folder)
        change()
        watch.pending()
        assert watch.pending()
    watch = FolderWatch(folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "notes.md").write_text("x")
    (folder / "picture.png").write_text("x")
    watch.pending()
    assert not watch.pending()


def test_a_change_that_is_undone_meanwhile_is_none(folder: Path) -> None:
    watch = FolderWatch(folder)
    (folder / "new.yaml").write_text("x")
    watch.pending()
    (folder / "new.yaml").unlink()
    watch.pending()
    assert not watch.pending()


def test_a_bot_that_follows_its_folder_takes_the_change_into_use(
    folder: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("flows", "guidance", "platforms", "tools"):
        shutil.rmtree(folder / part)
    settings = BotSettings(
        _env_file=None, knowledge=folder, state=tmp_path / "state", follow_knowledge=True
    )
    library = Library.open(settings)
    reopen = Reopening(settings, library, Apart(settings))
    assert reopen(False) is None
    edit(folder)
    assert reopen(False) is None
    with monkeypatch.context() as broken:
        broken.setattr(IndexStore, "update", _fails)
        with pytest.raises(IndexUnavailableError):
            reopen(False)
    newer = reopen(False)  # what failed is tried again
    assert newer is not None
    assert newer.version != library.version
    assert reopen(False) is None


def _fails(*_arguments: object) -> None:
    raise IndexUnavailableError("The disk is full.")
