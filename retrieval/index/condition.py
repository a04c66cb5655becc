"""How an index stands, without making or changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from chromadb.errors import ChromaError

from retrieval.encoder import Encoder
from retrieval.index.flows import read_flows
from retrieval.index.headers import read_headers
from retrieval.index.store import IndexStore
from retrieval.index.vectors import VectorsIndex
from retrieval.index.version import FORMAT, Manifest, read_contents
from retrieval.index.words import WordsIndex
from retrieval.judging.neighbours import Neighbours


@dataclass(frozen=True, slots=True)
class Condition:
    """What is found in a state folder.

    ``version`` and ``made`` (seconds since the epoch) are of the version that serves, None where
    there is none. ``fits``: it is of this program's form and encoder. ``whole``: it can be opened.
    ``fresh``: it is made of the folder as it is now. ``passages`` counts what it holds.
    """

    version: str | None = None
    made: float | None = None
    fits: bool = True
    whole: bool = False
    fresh: bool = False
    passages: int = 0


def condition(knowledge: Path, state: Path, encoder: Encoder) -> Condition:
    """Return how the index of ``knowledge`` in ``state`` stands for ``encoder``."""
    store = IndexStore(knowledge, state)
    folder = store.current()
    if folder is None:
        return Condition()
    name, file = folder.name.partition("-")[0], folder / "manifest.json"
    try:
        made = file.stat().st_mtime
        manifest = Manifest.from_json(file.read_text("utf-8"))
    except (OSError, TypeError, ValueError):
        return Condition(name)
    if (manifest.format, manifest.encoder) != (FORMAT, encoder.name):
        return Condition(name, made, fits=False)
    passages = _opened(folder, encoder)
    return Condition(
        version=name,
        made=made,
        whole=passages is not None,
        fresh=manifest == store.manifest(encoder.name),
        passages=passages or 0,
    )


def _opened(folder: Path, encoder: Encoder) -> int | None:
    """Return how many passages a version holds, None where one of its parts cannot be opened."""
    try:
        passages = len(read_contents(folder).passages)
        read_headers(folder)
        read_flows(folder)
        WordsIndex.load(folder / "words", passages)
        Neighbours.load(folder)
        np.load(folder / "intents.npy")
        if (folder / "vectors").is_dir():
            [some] = encoder.encode_queries(["?"])
            VectorsIndex(folder / "vectors").nearest(some, 1)
    except (OSError, ValueError, KeyError, TypeError, ChromaError):
        return None
    return passages
