"""Wrong use, help, settings, and the maintainer's commands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from bot.commands.app import app
from tests.bot.commands.conftest import Run

TOKEN = "7340912655:AAvelvet-walnut"  # noqa: S105 - made up


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "--nope"),
        ("nope",),
        ("ask", "one", "two"),
        ("search", "x", "--limit", "0"),
        ("search", "x", "--limit", "many"),
        ("knowledge", "nope"),
        ("ask", "--knowledge"),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr


def commands() -> Iterator[tuple[str, str | None, list[tuple[str, str | None]]]]:
    """Yield every command by its full name, its help, and the help of its parameters."""
    waiting = [("daricheh", get_command(app))]
    while waiting:
        name, command = waiting.pop()
        parameters = [(p.name or "", getattr(p, "help", None)) for p in command.params]
        yield name, command.help, parameters
        for below, sub in getattr(command, "commands", {}).items():
            waiting.append((f"{name} {below}", sub))


def test_every_command_and_option_is_explained() -> None:
    found = {name: (text, parameters) for name, text, parameters in commands()}
    assert {"daricheh ask", "daricheh search", "daricheh bot"} <= found.keys()
    assert {"daricheh knowledge lint", "daricheh knowledge index"} <= found.keys()
    for name, (text, parameters) in found.items():
        assert text, name
        assert len(text) > 20, name
        assert all(explained for _, explained in parameters), (name, parameters)


@pytest.mark.parametrize("arguments", [(), ("ask",), ("knowledge", "index")], ids=" ".join)
def test_help_goes_to_stdout(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Usage:" in done.stdout


def test_the_bot_without_a_token_says_where_to_get_one(run: Run, tmp_path: Path) -> None:
    done = run("bot", "--state", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"@BotFather" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DARICHEH_THREADS": f"many {TOKEN}"}, "DARICHEH_THREADS"),
        (
            {"DARICHEH_TELEGRAM_TOKEN": TOKEN, "DARICHEH_TELEGRAM_TOKEN_FILE": "/x"},
            "DARICHEH_TELEGRAM_TOKEN_FILE",
        ),
        ({"DARICHEH_TELEGRAM_TOKEN_FILE": "/nowhere/token"}, "/nowhere/token"),
        ({"DARICHEH_TELEGRAM_TOKEN": TOKEN, "DARICHEH_WEBHOOK_PORT": "x"}, "DARICHEH_WEBHOOK_PORT"),
        ({"DARICHEH_TELEGRAM_TOKEN": TOKEN, "DARICHEH_LOG_LEVEL": "LOUD"}, "DARICHEH_LOG_LEVEL"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    run: Run, settings: dict[str, str], named: str
) -> None:
    """What stands in a setting may be the token: it is never repeated."""
    done = run("bot", given=b"", **settings)
    error = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert named in error
    assert error.count("\n") == 1, error
    assert TOKEN not in error


@pytest.fixture
def own_places(two_documents: Path, tmp_path: Path) -> tuple[Path, tuple[str, ...]]:
    """A copy of ``two_documents`` to change, and the options that name it and a new state."""
    folder = tmp_path / "knowledge"
    shutil.copytree(two_documents, folder)
    return folder, ("--knowledge", str(folder), "--state", str(tmp_path / "state"))


def test_index_says_what_it_did_and_then_that_nothing_changed(
    run: Run, own_places: tuple[Path, tuple[str, ...]]
) -> None:
    folder, places = own_places
    first = json.loads(run("knowledge", "index", "--json", *places).stdout)
    assert (first["documents"], first["reused"]) == (2, 0)
    assert first["encoded"] > 0
    assert json.loads(run("knowledge", "index", "--json", *places).stdout) == {"unchanged": True}
    again = run("knowledge", "index", *places)
    assert again.stdout.decode().strip() == "Nothing has changed."
    (folder / "contacts" / "dadban.fa.md").unlink()
    third = json.loads(run("knowledge", "index", "--json", *places).stdout)
    assert (third["documents"], third["encoded"]) == (1, 0)
    assert third["reused"] > 0


def test_lint_names_every_fault_at_once(run: Run, own_places: tuple[Path, tuple[str, ...]]) -> None:
    folder, places = own_places
    clean = run("knowledge", "lint", "--json", *places)
    assert clean.returncode == 0
    assert [fault for fault in json.loads(clean.stdout) if fault["level"] == "error"] == []
    for name in ("en", "fa"):
        path = folder / "contacts" / f"dadban.{name}.md"
        path.write_text(path.read_text("utf-8").replace("kind: contact", "kind: contakt"), "utf-8")
    done = run("knowledge", "lint", "--json", *places)
    assert done.returncode == 1
    errors = [fault for fault in json.loads(done.stdout) if fault["level"] == "error"]
    assert {Path(fault["path"]).name for fault in errors} == {"dadban.en.md", "dadban.fa.md"}
    assert all(fault["line"] > 0 and fault["problem"] and fault["mend"] for fault in errors)
    assert b"2 errors" in done.stderr
    shown = run("knowledge", "lint", *places).stdout.decode()
    assert "dadban.en.md" in shown
    assert "contakt" in shown
