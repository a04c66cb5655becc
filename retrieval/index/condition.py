"""How an index stands, without making or changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chromadb.errors import ChromaError

from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore, open_version
from retrieval.index.stores import store_of
from retrieval.index.version import FORMAT, Manifest
from retrieval.settings import LibrarySettings


@dataclass(frozen=True, slots=True)
class Condition:
    """What is found of an index.

    ``version`` is the id of the version that serves, None where there is none; ``made`` is when it
    was made, in seconds since the epoch, None where that is not known. ``fits``: it is of this
    program's form and encoder. ``whole``: it can be opened and asked. ``fresh``: it is made of the
    knowledge folder as it is now.
    """

    version: str | None = None
    made: float | None = None
    fits: bool = True
    whole: bool = False
    fresh: bool = False


def condition(settings: LibrarySettings, encoder: Encoder) -> Condition:
    """Return how the index that ``settings`` name stands for ``encoder``.

    On a Chroma server only a version that is whole and fits is ever found. Raises
    ``IndexUnavailableError`` where the server does not answer.
    """
    store = store_of(settings)
    wanted = store.manifest(encoder.name).id
    if isinstance(store, IndexStore):
        folder = store.current()
        return _of_folder(folder, wanted, encoder) if folder is not None else Condition()
    newest = store.newest(encoder.name)
    if newest is None:
        return Condition()
    version = newest.partition("-")[0]
    return Condition(version, whole=True, fresh=version == wanted)


def _of_folder(folder: Path, wanted: str, encoder: Encoder) -> Condition:
    version, file = folder.name.partition("-")[0], folder / "manifest.json"
    try:
        made = file.stat().st_mtime
        manifest = Manifest.from_json(file.read_text("utf-8"))
    except (OSError, TypeError, ValueError):
        return Condition(version)
    if (manifest.format, manifest.encoder) != (FORMAT, encoder.name):
        return Condition(version, made, fits=False)
    return Condition(version, made, whole=_answers(folder, encoder), fresh=version == wanted)


def _answers(folder: Path, encoder: Encoder) -> bool:
    """Return whether a version can be opened, and its vectors asked."""
    [asked] = encoder.encode_queries(["?"])
    try:
        return bool(open_version(folder).vectors.nearest(asked, 1))
    except (OSError, ValueError, KeyError, TypeError, ChromaError):
        return False
