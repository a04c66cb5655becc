"""``daricheh knowledge import`` and ``preview`` as people run them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from retrieval.settings import PROJECT
from tests.bot.commands.conftest import Run

ARTICLE = (
    "Operators slow a platform\n\nMay 11, 2021\n\n" + "The ministry told the press of it. " * 9
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_an_import_names_the_draft_and_what_was_found(
    run: Run, places: tuple[str, ...], article: Path, tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts"
    done = run("knowledge", "import", str(article), "--to", str(drafts), *places)
    assert done.returncode == 0
    assert b"article.txt -> article.txt.draft.md" in done.stdout
    assert (drafts / "article.txt.draft.md").is_file()
    again = run("knowledge", "import", str(article), "--to", str(drafts), "--json", *places)
    assert again.returncode == 1
    assert json.loads(again.stdout)["skipped"][0]["reason"] == "a draft of it is there already"


def test_drafts_go_to_the_state_folder_where_no_other_is_named(
    run: Run, two_documents: Path, article: Path, tmp_path: Path
) -> None:
    options = ("--knowledge", str(two_documents), "--state", str(tmp_path / "state"))
    assert run("knowledge", "import", str(article), *options).returncode == 0
    assert (tmp_path / "state" / "drafts" / "article.txt.draft.md").is_file()


def test_wrong_use_and_a_wrong_place_are_told_apart(
    run: Run, two_documents: Path, places: tuple[str, ...], article: Path
) -> None:
    assert run("knowledge", "import", "/nowhere.txt", *places).returncode == 2
    inside = run("knowledge", "import", str(article), "--to", str(two_documents), *places)
    assert inside.returncode == 1
    assert b"--to DIR" in inside.stderr
    assert b"Traceback" not in inside.stderr


def test_a_preview_of_an_unknown_document_suggests_a_known_one(
    run: Run, places: tuple[str, ...]
) -> None:
    done = run("knowledge", "preview", "dadbann", *places)
    assert done.returncode == 2
    assert b"Did you mean dadban" in done.stderr


def test_a_preview_says_where_it_is_and_ends_quietly(places: tuple[str, ...]) -> None:
    command = [
        sys.executable,
        "-m",
        "bot",
        "knowledge",
        "preview",
        "dadban",
        "--port",
        "0",
        *places,
    ]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}contents", timeout=60) as response:  # noqa: S310
            assert json.load(response)["chosen"] == "dadban"
        events = urllib.request.urlopen(f"{address}events", timeout=60)  # noqa: S310
        assert events.readline().startswith(b"data:")  # a page that is open while it ends
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert process.stderr.read() == ""
        events.close()
