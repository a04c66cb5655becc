"""The command as people run it: a process of its own, with a folder of two documents."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.settings import PROJECT


class Run(Protocol):
    """Runs ``daricheh`` with arguments, input and settings, and returns what it did."""

    def __call__(
        self, *arguments: str, given: bytes | None = None, **settings: str
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture(scope="session")
def run() -> Run:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DARICHEH_")}
    environment["PYTHONPATH"] = str(PROJECT)

    def command(
        *arguments: str, given: bytes | None = None, **settings: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=given or b"",
            capture_output=True,
            env={**environment, **settings},
            check=False,
            timeout=300,
        )

    return command


@pytest.fixture(scope="session")
def two_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder that holds one real contact in both languages, and the glossary."""
    folder = tmp_path_factory.mktemp("two") / "knowledge"
    (folder / "contacts").mkdir(parents=True)
    source = PROJECT / "knowledge"
    for name in ("glossary.yaml", "topics.yaml"):
        shutil.copy(source / name, folder)
    for language in ("en", "fa"):
        shutil.copy(source / "contacts" / f"dadban.{language}.md", folder / "contacts")
    return folder


@pytest.fixture(scope="session")
def places(
    two_documents: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, ...]:
    """The options that name ``two_documents`` and a state folder with its index."""
    state = tmp_path_factory.mktemp("two-state")
    IndexStore(two_documents, state).update(encoder)
    return "--knowledge", str(two_documents), "--state", str(state)
