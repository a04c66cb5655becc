"""The units: alike, confined, and understood by systemd."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY, UNITS, unit

# Of 10, as systemd-analyze counts, each release a little differently; 252 says 1.2.
MOST_EXPOSED = 2.0


def test_one_bot_and_several_are_confined_alike() -> None:
    """They differ in the name of the bot and in nothing else."""
    one, several = (unit(name) for name in UNITS)
    assert one.keys() == several.keys()
    for name in one.keys() - {"Description"}:
        plain = [value.replace("/%i", "") for value in several[name]]
        assert plain == one[name], name


def test_the_token_is_a_credential_and_the_watch_is_on() -> None:
    found = unit(UNITS[0])
    (credential,) = found["LoadCredential"]
    name, _, place = credential.partition(":")
    assert place.startswith("/etc/daricheh/")
    assert f"DARICHEH_TELEGRAM_TOKEN_FILE=%d/{name}" in found["Environment"]
    assert found["Type"] == ["notify"]
    assert found["WatchdogSec"]
    assert found["MemorySwapMax"] == ["0"]
    assert found["LimitCORE"] == ["0"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The units, with a program that is there: systemd looks whether it can be started."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text("utf-8")
        (tmp_path / name).write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text))
    return tmp_path


@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_the_unit(folder: Path, name: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", str(folder / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    own = [line for line in done.stderr.splitlines() if "daricheh" in line]
    assert own == []


def test_the_unit_is_exposed_as_little_as_is_said(folder: Path) -> None:
    done = subprocess.run(
        [
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            f"--threshold={MOST_EXPOSED * 10:.0f}",
            str(folder / UNITS[0]),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Overall exposure level" in done.stdout, done.stderr
    assert done.returncode == 0, done.stdout[-400:]
