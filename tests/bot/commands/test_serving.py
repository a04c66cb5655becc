"""A running bot takes up the newest library there is, and opens it only where it is new."""

from __future__ import annotations

import gc
import shutil
import weakref
from pathlib import Path

import pytest

from bot.commands.serving import Reopening, bot
from bot.settings import BotSettings
from bot.telegram.app import TelegramBot
from retrieval.encoder import Encoder
from retrieval.index.apart import Apart
from retrieval.index.store import IndexStore
from retrieval.library import Library
from tests.bot.telegram.scripted import Scripted
from tests.telegram.server import TOKEN


def test_a_newer_index_is_opened_once_and_a_changed_folder_when_asked(
    two_documents: Path, tmp_path: Path, encoder: Encoder
) -> None:
    knowledge, state = tmp_path / "knowledge", tmp_path / "state"
    shutil.copytree(two_documents, knowledge)
    store = IndexStore(knowledge, state)
    store.update(encoder)
    settings = BotSettings(_env_file=None, knowledge=knowledge, state=state)
    reopen = Reopening(settings, Library.open(settings), Apart(settings))
    assert reopen(False) is None
    assert reopen(True) is None
    page = knowledge / "contacts" / "dadban.en.md"
    page.write_text(page.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    assert reopen(False) is None  # the index is still the old one
    newer = reopen(True)
    assert newer is not None
    titles = {citation.title for citation in newer.answer("What is Dadban?", "en").citations}
    assert any(title.startswith("New ") for title in titles)
    assert reopen(False) is None
    page.write_text(page.read_text("utf-8").replace("title: New ", "title: Newer ", 1), "utf-8")
    store.update(encoder)
    assert reopen(False) is not None


def test_a_library_that_was_replaced_leaves_the_memory(
    two_documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one as well, which the command that runs the bot has opened."""
    opened: list[weakref.ref[Library]] = []
    gone: list[bool] = []

    class Replacing(TelegramBot):
        async def serve(self) -> None:
            library = self.shelf.library
            assert isinstance(library, Library)
            opened.append(weakref.ref(library))
            del library
            self.shelf.library = Scripted()
            gc.collect()
            gone.append(opened[0]() is None)

    monkeypatch.setattr("bot.telegram.app.TelegramBot", Replacing)
    monkeypatch.setattr("bot.quiet.set_up", lambda *_: None)
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN", TOKEN)
    bot(two_documents, tmp_path / "state")
    assert gone == [True]
