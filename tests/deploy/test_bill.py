"""The bill of materials, and looking up what is known to be vulnerable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.files import DEPLOY


@pytest.fixture(scope="module")
def bill() -> str:
    """The bill of the environment that runs the tests."""
    command: list[str | Path] = [sys.executable, DEPLOY / "sbom", "--environment", sys.prefix]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_bill_names_what_is_installed_and_the_encoder(bill: str) -> None:
    read = json.loads(bill)
    components = {each["name"]: each for each in read["components"]}
    assert {"chromadb", "numpy", "python-telegram-bot", "english.onnx", "persian.onnx"} <= set(
        components
    )
    import numpy

    assert components["numpy"]["purl"] == f"pkg:pypi/numpy@{numpy.__version__}"
    assert len(components["english.onnx"]["hashes"][0]["content"]) == 64
    references = [each["bom-ref"] for each in read["components"]]
    assert len(set(references)) == len(references)


def test_the_published_schema_holds(bill: str) -> None:
    pytest.importorskip("cyclonedx.validation.json")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)
    assert fault is None, str(fault)[:500]


def test_debian_packages_are_named_where_their_descriptions_are(tmp_path: Path) -> None:
    (tmp_path / "libc6").write_text(
        "Package: libc6\nVersion: 2.36-9+deb12u10\nArchitecture: amd64\nDescription: C library\n"
        " Version: this is part of the description\n"
    )
    command: list[str | Path] = [
        sys.executable,
        DEPLOY / "sbom",
        "--environment",
        sys.prefix,
        "--packages",
        tmp_path,
    ]
    read = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    (found,) = [each for each in read["components"] if each["name"] == "libc6"]
    assert found["purl"] == "pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64"


def test_where_nothing_is_installed_there_is_no_bill(tmp_path: Path) -> None:
    command: list[str | Path] = [sys.executable, DEPLOY / "sbom", "--environment", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "deploy/run" in done.stderr


CLEAN = {"name": "numpy", "version": "2.0", "vulns": []}
SKIPPED = {"name": "numpy", "skip_reason": "not found"}
FAULTY = {
    "name": "aiohttp",
    "version": "1.0",
    "vulns": [{"id": "CVE-2026-0001", "fix_versions": ["1.1"]}],
}


def audited(folder: Path, printed: str) -> subprocess.CompletedProcess[str]:
    """Run deploy/audit from a copy, with a pip-audit that prints this and notes its arguments."""
    (folder / "deploy").mkdir()
    (folder / "bin").mkdir()
    (folder / "deploy" / "a.lock").touch()
    (folder / "deploy" / "audit").write_bytes((DEPLOY / "audit").read_bytes())
    stand_in = folder / "bin" / "pip-audit"
    (folder / "printed").write_text(printed)
    stand_in.write_text(f'#!/bin/sh\necho "$@" >"{folder}/asked"\ncat "{folder}/printed"\n')
    stand_in.chmod(0o755)
    return subprocess.run(
        [sys.executable, folder / "deploy" / "audit", "--ignore-vuln", "CVE-1"],
        env={"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("dependencies", "status", "words"),
    [
        ([CLEAN, SKIPPED], 0, "1 packages looked up, 0 known vulnerabilities; 1 could not"),
        ([CLEAN, FAULTY], 1, "2 packages looked up, 1 known vulnerabilities"),
        ([SKIPPED], 0, "skipped, none of 1 packages"),
    ],
)
def test_a_known_vulnerability_fails_and_silence_is_no_all_clear(
    tmp_path: Path, dependencies: list[Any], status: int, words: str
) -> None:
    done = audited(tmp_path, json.dumps({"dependencies": dependencies}))
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert ("CVE-2026-0001, mended in 1.1" in done.stdout) == (status == 1)
    asked = (tmp_path / "asked").read_text()
    assert str(tmp_path / "deploy" / "a.lock") in asked
    assert asked.endswith("--ignore-vuln CVE-1\n")


def test_without_a_network_the_audit_says_that_it_was_skipped(tmp_path: Path) -> None:
    done = audited(tmp_path, "no json")
    assert done.returncode == 0
    assert "skipped, the advisories cannot be had" in done.stderr
