"""The front matter of the documents of a version: what lists of documents and sources show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

from retrieval.knowledge.documents import AnyHeader, Document

_FILE = "headers.json"
_headers: TypeAdapter[tuple[AnyHeader, ...]] = TypeAdapter(tuple[AnyHeader, ...])
# What no list shows, and would be held in memory for nothing.
_UNSHOWN = {"questions": (), "accepted": ()}


def write_headers(folder: Path, documents: Iterable[Document]) -> None:
    """Write the front matter of ``documents`` into ``folder``, without their questions."""
    headers = tuple(document.header.model_copy(update=_UNSHOWN) for document in documents)
    (folder / _FILE).write_bytes(_headers.dump_json(headers))


def read_headers(folder: Path) -> tuple[AnyHeader, ...]:
    """Read what ``write_headers`` wrote."""
    return _headers.validate_json((folder / _FILE).read_bytes())
