"""``daricheh eval`` hands over to the evaluation, with every argument and its status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands import evaluating
from retrieval.errors import DarichehError
from tests.bot.commands.conftest import Run


def test_arguments_and_results_pass_through(
    run: Run, real_knowledge: Path, real_state: Path
) -> None:
    places = ("--knowledge", str(real_knowledge), "--state", str(real_state))
    done = run("eval", "--only", "greeting", "--quick", "--json", *places)
    assert done.returncode == 0, done.stderr
    assert "status" in json.loads(done.stdout)["means"]["all"]


def test_help_and_wrong_use_are_the_evaluations_own(run: Run) -> None:
    assert b"--baseline FILE" in run("eval", "--help").stdout
    assert run("eval", "--split", "nope").returncode == 2


def test_without_a_checkout_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(evaluating, "PROJECT", tmp_path)
    with pytest.raises(DarichehError, match=r"deploy/run eval in a checkout\.$"):
        evaluating.evaluate(None)  # type: ignore[arg-type]


def test_without_its_packages_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "_NEEDED", ("no_such_package",))
    with pytest.raises(DarichehError, match=r"pip install \"daricheh\[eval\]\"\.$"):
        evaluating.evaluate(None)  # type: ignore[arg-type]
