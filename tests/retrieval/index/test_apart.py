"""An index that another process makes is the one that this process would have made, and a bot that
ends, however it does, leaves nobody working."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import BotSettings
from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailableError, KnowledgeError
from retrieval.index.apart import Apart
from retrieval.index.build import STAGES, silent
from retrieval.index.hold import alone
from retrieval.index.store import IndexStore
from retrieval.index.stores import store_of
from retrieval.settings import PROJECT, LibrarySettings
from tests.conftest import WriteDocument

LONGEST = 300.0  # seconds, on the slowest machine
PARENT = """
import sys
from pathlib import Path
from retrieval.index.apart import Apart
from retrieval.index.build import silent
from retrieval.settings import LibrarySettings

knowledge, state = map(Path, sys.argv[1:])
make = Apart(LibrarySettings(_env_file=None, knowledge=knowledge, state=state))
make(silent, lambda _: print(make._process.pid, flush=True))
"""


@pytest.fixture
def settings(
    knowledge_folder: Path, write_document: WriteDocument, tmp_path: Path
) -> LibrarySettings:
    write_document("dadban", "## What it is\n\nDadban gives legal counsel.", title="Dadban")
    return LibrarySettings(_env_file=None, knowledge=knowledge_folder, state=tmp_path / "state")


def test_it_is_the_index_that_this_process_would_have_made(
    settings: LibrarySettings, tmp_path: Path, encoder: Encoder
) -> None:
    steps: list[tuple[str, int, int]] = []
    told: list[str] = []
    (settings.knowledge / "guidance" / "bad.en.md").write_text("no front matter", "utf-8")
    apart = store_of(settings, told.append, Apart(settings))
    report = apart.update(encoder, lambda *step: steps.append(step))
    here = IndexStore(settings.knowledge, tmp_path / "here")
    assert report == here.update(encoder)
    assert apart.open(encoder).contents == here.open(encoder).contents
    assert {stage for stage, _, _ in steps} == set(STAGES)
    assert len(told) == 1
    assert "1 documents have errors" in told[0]
    assert apart.update(encoder) is None


def test_what_went_wrong_there_is_raised_here_and_the_old_index_serves_on(
    settings: LibrarySettings, write_document: WriteDocument, encoder: Encoder
) -> None:
    told: list[str] = []
    store = store_of(settings, told.append, Apart(settings))
    before = store.open(encoder).name
    for page in settings.knowledge.glob("*/*.md"):
        page.unlink()
    assert store.open(encoder).name == before
    assert "There is no valid document" in told[-1]
    (settings.knowledge / "guidance").rmdir()
    settings.knowledge.rmdir()
    with pytest.raises(KnowledgeError):
        Apart(settings)(silent, told.append)


def test_a_build_that_is_stopped_ends_at_once_and_says_so(settings: LibrarySettings) -> None:
    make = Apart(settings)
    with alone(settings.state / "index", lambda _: None), pytest.raises(IndexUnavailableError):
        make(silent, lambda _: make.stop())  # told that it waits for another build


def test_it_ends_with_the_process_that_started_it(settings: LibrarySettings) -> None:
    command = [sys.executable, "-c", PARENT, str(settings.knowledge), str(settings.state)]
    with (
        alone(settings.state / "index", lambda _: None),  # which both wait for
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent,
    ):
        assert parent.stdout
        working = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        ended, _, _ = select.select([working], [], [], LONGEST)
        os.close(working)
    assert ended


def test_it_is_told_how_an_index_is_made_and_nothing_of_telegram(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN", "123:secret")
    monkeypatch.setenv("DARICHEH_KNOWLEDGE", "elsewhere")
    settings = BotSettings(
        _env_file=None, knowledge=tmp_path, model_key=SecretStr("k"), chroma_token=SecretStr("c")
    )
    told = {
        name: value
        for name, value in Apart(settings)._environment.items()
        if name.startswith("DARICHEH_")
    }
    assert told["DARICHEH_KNOWLEDGE"] == str(tmp_path)
    assert told["DARICHEH_CHROMA_TOKEN"] == "c"  # noqa: S105
    assert not {name for name in told if "TELEGRAM" in name or "MODEL" in name}
