"""The dense index: a Chroma collection, in a folder and opened in this process, or on a server.

Questions go to Chroma itself. LangChain's interface, by which the collection is written (see
``writing``), would cost every answering process 35 MB, most of it what traces and reports.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings
from numpy.typing import NDArray

from retrieval.memory import hand_back

COLLECTION = "passages"
# Chroma hands vectors over as lists of Python numbers, 40 times the size of the vectors.
BATCH = 250


def silent_settings(**more: Any) -> Settings:
    """Return Chroma's settings with ``more``, telling nobody anything whatever the environment
    says."""
    return Settings(
        anonymized_telemetry=False,
        chroma_otel_collection_endpoint="",
        chroma_otel_granularity=None,
        **more,
    )


class Vectors(Protocol):
    """What a search asks of the dense index of a version."""

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
        """Return the cosines of the ``limit`` entries that lie nearest to ``vector`` (length one),
        by their ids, nearest first."""

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the entries ``ids``; an id that is not there is left out."""


class Place(NamedTuple):
    """A collection on a server."""

    client: Client
    collection: str


def in_folder(folder: Path) -> Place:
    """Return the collection of ``folder``, which may still have to be made."""
    settings = silent_settings(is_persistent=True, persist_directory=str(folder))
    return Place(Client(settings=settings), COLLECTION)


def close(client: Client) -> None:
    """Close the client of a folder: until then it keeps the whole graph in memory."""
    client.close()
    hand_back()


class VectorsIndex:
    """A written dense index, open for questions."""

    def __init__(self, where: Path | Place) -> None:
        place = in_folder(where) if isinstance(where, Path) else where
        # By Chroma's types it might hand over nothing of what it is asked to include.
        self._chroma: Any = place.client.get_collection(place.collection, embedding_function=None)
        if isinstance(where, Path):
            # When the last question is done with this version, its graph leaves the memory.
            weakref.finalize(self, close, place.client)

    def by_digest(self) -> dict[str, NDArray[np.float32]]:
        """Return every stored vector by the digest of its text, to be used again."""
        found: dict[str, NDArray[np.float32]] = {}
        for start in range(0, self.size, BATCH):
            stored = self._chroma.get(
                include=["embeddings", "metadatas"], limit=BATCH, offset=start
            )
            # One array a batch: an array a vector would take three times the memory.
            vectors = np.array(stored["embeddings"], dtype=np.float32)
            for metadata, vector in zip(stored["metadatas"], vectors, strict=True):
                found[metadata["digest"]] = vector
        return found

    @property
    def size(self) -> int:
        """How many entries there are."""
        return int(self._chroma.count())

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the entries ``ids``: see ``Vectors``."""
        stored = self._chroma.get(ids=list(ids), include=["embeddings"])
        return {
            entry: np.asarray(vector, dtype=np.float32)
            for entry, vector in zip(stored["ids"], stored["embeddings"], strict=True)
        }

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
        """Return the entries that lie nearest to ``vector``: see ``Vectors``."""
        # Metadata and texts would have to be read from the disk: most of the time of a question.
        found = self._chroma.query(query_embeddings=vector, n_results=limit, include=["distances"])
        near = zip(found["ids"][0], found["distances"][0], strict=True)
        return {entry: 1.0 - distance for entry, distance in near}
