"""``daricheh knowledge new``: asked for or told, both files or none."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.bot.commands.conftest import Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "topics.yaml").write_text("- {id: law, en: Law, fa: قانون}\n", "utf-8")
    return folder


def test_both_files_are_begun_and_named(run: Run, folder: Path) -> None:
    done = run(
        "knowledge", "new", "appeal", "--kind", "guidance", "--topic", "law", "--title-fa",
        "تجدیدنظر", "--url", "https://a.org/x", "--json", "--knowledge", str(folder),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    files = [folder / "guidance" / f"appeal.{language}.md" for language in ("en", "fa")]
    assert json.loads(done.stdout) == {"files": [str(path) for path in files]}
    assert 'title: "TODO: title"' in files[0].read_text("utf-8")
    assert 'title: "تجدیدنظر"' in files[1].read_text("utf-8")
    assert {fault.lint for fault in read_knowledge(folder).faults} == {"unwritten"}


def test_what_is_there_is_not_overwritten(run: Run, folder: Path) -> None:
    (folder / "tools").mkdir()
    there = folder / "tools" / "x.fa.md"
    there.write_text("mine", "utf-8")
    places = ("--kind", "tool", "--topic", "law", "--knowledge", str(folder))
    done = run("knowledge", "new", "x", *places)
    assert (done.returncode, done.stdout) == (1, b"")
    assert str(there) in done.stderr.decode()
    assert there.read_text("utf-8") == "mine"
    assert list(folder.rglob("*.md")) == [there]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "guidance"), "topics"),
        (("--topic", "law"), "kind"),
        (("--kind", "sermon", "--topic", "law"), "sermon"),
        (("--kind", "tool", "--topic", "cooking"), "cooking"),
        (("--kind", "tool", "--topic", "law", "--url", "a.org"), "https://"),
        (("--kind", "tool", "--topic", "law", "--tier", "gossip"), "gossip"),
        (("--kind", "tool", "--topic", "law", "--date", "soon"), "YYYY-MM-DD"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_use_is_named_and_nothing_is_written(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("knowledge", "new", "x", *arguments, "--knowledge", str(folder))
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert list(folder.rglob("*.md")) == []


def test_an_id_that_is_no_id_is_named(run: Run, folder: Path) -> None:
    places = ("--kind", "tool", "--topic", "law", "--knowledge", str(folder))
    done = run("knowledge", "new", "../X Y", *places)
    assert done.returncode == 2
    assert "hyphens" in done.stderr.decode()


def test_in_a_terminal_it_asks_for_what_was_not_told(folder: Path) -> None:
    ours, theirs = pty.openpty()
    answers = ["appeal", "guidance", "law", "The appeal", "", "Dadban", "", "", ""]
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        [sys.executable, "-m", "bot", "knowledge", "new", "--knowledge", str(folder)],
        stdin=theirs,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        check=False,
        timeout=60,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().count("\n") == 2  # the two files; what it asks is on stderr
    english = (folder / "guidance" / "appeal.en.md").read_text("utf-8")
    assert 'title: "The appeal"' in english
    assert 'key: dadban, publisher: "Dadban"' in english
    assert 'title: "TODO: title"' in (folder / "guidance" / "appeal.fa.md").read_text("utf-8")
