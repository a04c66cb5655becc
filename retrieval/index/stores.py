"""Where the index lives: in a folder of this machine, or on a Chroma server that several share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailableError
from retrieval.index.build import Make, Progress, Report, silent
from retrieval.index.chroma_server import Address
from retrieval.index.served import ServedStore
from retrieval.index.store import Index, IndexStore
from retrieval.index.version import Manifest
from retrieval.settings import LibrarySettings


class Store(Protocol):
    """The versions of an index. All methods raise ``IndexUnavailableError`` with the mend."""

    def manifest(self, encoder: str) -> Manifest:
        """Return what an index made now, by the encoder of that name, would be made from."""

    def newest(self, encoder: str) -> str | None:
        """Return the name of the version to be used with the encoder of that name, if any."""

    def open(self, encoder: Encoder, progress: Progress = silent) -> Index:
        """Return that version, made first where there is none (in a folder: or none up to date)."""

    def update(self, encoder: Encoder, progress: Progress = silent) -> Report | None:
        """Make a new version unless the newest is up to date; return what was done."""


def store_of(
    settings: LibrarySettings,
    announce: Callable[[str], None] = lambda _: None,
    make: Make | None = None,
) -> Store:
    """Return the store that ``settings`` name; ``announce`` is told what is not as it should be.

    New versions are made by ``make`` (see ``apart``), or in this process where none is given.
    """
    if settings.chroma_url is None:
        return IndexStore(settings.knowledge, settings.state, announce, make)
    try:
        address = Address(settings.chroma_url, settings.chroma_secret())
    except OSError as error:
        raise IndexUnavailableError(
            f"The token file {settings.chroma_token_file} cannot be read: {error.strerror}."
        ) from None
    return ServedStore(address, settings.knowledge, settings.state, announce, make=make)
