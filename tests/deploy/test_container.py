"""The image's recipe: nobody's account, no shell at run time, packages by their hashes."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from retrieval.settings import PROJECT
from tests.deploy.files import DEPLOY, program

CONTAINER = DEPLOY / "container"
RECIPE = (CONTAINER / "Containerfile").read_text("utf-8").replace("\\\n", " ")
SCRIPTS = (
    CONTAINER / "root",
    CONTAINER / "environment",
    CONTAINER / "rehearse",
    DEPLOY / "secrets",
)


def last_stage() -> dict[str, str]:
    """Return the instructions of the stage that becomes the image; of repeated ones the last."""
    stage = RECIPE.rpartition("\nFROM ")[2]
    return dict(re.findall(r"(?m)^([A-Z]+) +(.*)$", stage))


def test_the_image_starts_from_nothing_and_runs_as_nobody() -> None:
    assert "\nFROM scratch\n" in RECIPE
    found = last_stage()
    assert found["USER"] == "65532:65532"
    assert "VOLUME" not in found, "a volume that nobody named would keep the state on a disk"


@pytest.mark.parametrize("instruction", ["ENTRYPOINT", "CMD"])
def test_what_the_image_runs_needs_no_shell(instruction: str) -> None:
    assert isinstance(json.loads(last_stage()[instruction]), list)


def test_its_health_is_asked_without_a_shell() -> None:
    command = json.loads(last_stage()["HEALTHCHECK"].partition("CMD ")[2])
    assert command[0] == "/opt/daricheh/bin/python"
    compile(command[2], "HEALTHCHECK", "exec")
    (address,) = re.findall(r"DARICHEH_METRICS_LISTEN=(\S+)", RECIPE)
    assert f"http://{address}/healthz" in command[2]


def test_the_base_is_pinned_and_labels_say_what_it_is() -> None:
    assert re.search(r"(?m)^ARG BASE=\S+:\d+\.\d+\S*$", RECIPE)
    for label in ("title", "version", "revision", "licenses"):
        assert f"org.opencontainers.image.{label}=" in RECIPE


def test_packages_are_installed_by_their_hashes_alone() -> None:
    script = (CONTAINER / "environment").read_text("utf-8")
    installs = [line for line in script.splitlines() if re.search(r"\bpip install\b", line)]
    by_version = [line for line in installs if "TORCH" in line]  # which build fits, none can know
    assert len(by_version) == 1
    for line in set(installs) - set(by_version):
        assert "--require-hashes --no-deps" in line


def test_no_shell_and_no_package_manager_is_among_its_packages() -> None:
    lines = (CONTAINER / "packages").read_text("utf-8").splitlines()
    packages = {line for line in lines if not line.startswith("#")}
    assert "python3.11-minimal" in packages
    assert packages & {"bash", "dash", "busybox", "coreutils", "apt", "dpkg", "perl-base"} == set()


def test_the_linter_of_recipes_finds_nothing() -> None:
    hadolint = program("hadolint")
    if hadolint is None:
        pytest.skip("hadolint is not installed")
    done = subprocess.run(
        [hadolint, CONTAINER / "Containerfile"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr


def test_the_linter_of_scripts_finds_nothing() -> None:
    shellcheck = program("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run([shellcheck, *SCRIPTS], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_every_file_that_is_copied_in_is_there() -> None:
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", RECIPE)
    names = [name for line in copied for name in line.split()]
    assert len(names) >= 8
    assert [name for name in names if not list(PROJECT.glob(name))] == []
    ignored = (CONTAINER / "Containerfile.dockerignore").read_text("utf-8").split()
    assert [n for n in names if f"!{Path(n).parts[0]}" not in ignored] == []
