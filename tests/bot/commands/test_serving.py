"""A running bot takes up the newest library there is, and opens it only where it is new."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.commands.serving import Reopening
from bot.settings import BotSettings
from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.library import Library


def test_a_newer_index_is_opened_once_and_a_changed_folder_when_asked(
    two_documents: Path, tmp_path: Path, encoder: Encoder
) -> None:
    knowledge, state = tmp_path / "knowledge", tmp_path / "state"
    shutil.copytree(two_documents, knowledge)
    store = IndexStore(knowledge, state)
    store.update(encoder)
    settings = BotSettings(_env_file=None, knowledge=knowledge, state=state)
    reopen = Reopening(settings, Library.open(settings))
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
