"""An import into a temporary folder, and the drafts it made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retrieval.drafts.importing import import_drafts
from retrieval.drafts.report import Report, Taken
from retrieval.knowledge.markdown import read_front_matter


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was written: its front matter, and the quotation without its marks."""

    fields: dict[str, Any]
    quoted: str


class Importer:
    """Imports files from ``source`` into ``drafts``, both below one temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.drafts = folder / "drafts"
        self.knowledge = folder / "knowledge"
        self.source.mkdir()
        self.knowledge.mkdir()

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, path: Path | None = None) -> Report:
        return import_drafts(path or self.source, self.drafts, self.knowledge)

    def one(self, name: str, content: str | bytes) -> Taken:
        """Import one file that must become a draft."""
        report = self.run(self.write(name, content))
        assert report.skipped == ()
        return report.taken[0]

    def refused(self, name: str, content: str | bytes) -> str:
        """Import one file that must not become a draft; return the reason."""
        report = self.run(self.write(name, content))
        assert report.taken == ()
        return report.skipped[0][1]

    def draft(self, taken: Taken) -> Draft:
        return read_draft(self.drafts / taken.draft)


def read_draft(path: Path) -> Draft:
    front, body = read_front_matter(path.read_text("utf-8"))
    lines = [line for line in body.split("\n") if line.startswith(">")]
    return Draft(front.values, "\n".join(line.removeprefix(">").strip() for line in lines))


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    return Importer(tmp_path)
