"""What tests share: the real encoder, the real knowledge folder indexed once, small folders."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from retrieval.encoder import Encoder, load_encoder
from retrieval.index.store import Index, IndexStore
from retrieval.library import Library
from retrieval.settings import PROJECT

settings.register_profile(
    "house", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder("bundled")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of a run have in common."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def real_knowledge(shared: Path) -> Path:
    """A copy of the project's own knowledge, so that edits meanwhile do not disturb a run."""
    folder = shared / "knowledge"
    with FileLock(shared / "copying"):
        if not folder.exists():
            shutil.copytree(PROJECT / "knowledge", folder)
    return folder


@pytest.fixture(scope="session")
def real_state(real_knowledge: Path, encoder: Encoder, shared: Path) -> Path:
    """A state folder that holds the index of ``real_knowledge``."""
    with FileLock(shared / "indexing"):
        IndexStore(real_knowledge, shared / "state").update(encoder)
    return shared / "state"


@pytest.fixture(scope="session")
def index(real_knowledge: Path, real_state: Path, encoder: Encoder) -> Index:
    return IndexStore(real_knowledge, real_state).open(encoder)


@pytest.fixture(scope="session")
def library(index: Index, encoder: Encoder) -> Library:
    """The project's own knowledge, indexed and ready for questions."""
    return Library(index, encoder)


WriteDocument = Callable[..., Path]

DOCUMENT = """---
id: {id}
kind: guidance
language: {language}
title: {title}
summary: {title}
topics: [summons]
as_of: 2026-04-27
reviewed: 2026-11-01
review_by: {review_by}
sources:
  - {{publisher: IranWire, title: T, url: "https://iranwire.com/en/", date: 2021-09-23, tier: {tier}, licence: all rights reserved}}
questions: [{questions}]
---
{body}
"""  # noqa: E501


@pytest.fixture
def knowledge_folder(tmp_path: Path) -> Path:
    """An empty knowledge folder."""
    folder = tmp_path / "knowledge"
    (folder / "guidance").mkdir(parents=True)
    return folder


@pytest.fixture
def write_document(knowledge_folder: Path) -> WriteDocument:
    """Write a valid guidance document into ``knowledge_folder`` and return its path."""

    def write(
        document_id: str,
        body: str,
        *,
        language: str = "en",
        title: str = "A title",
        tier: str = "reporting",
        questions: str = "",
        review_by: str = "2027-05-01",
    ) -> Path:
        path = knowledge_folder / "guidance" / f"{document_id}.{language}.md"
        path.write_text(
            DOCUMENT.format(
                id=document_id,
                language=language,
                title=title,
                tier=tier,
                questions=questions,
                review_by=review_by,
                body=body,
            ),
            encoding="utf-8",
        )
        return path

    return write
