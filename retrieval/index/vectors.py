"""The dense index: a Chroma collection behind LangChain's vector store interface.

The collection lies in a folder, opened in this process, or on a Chroma server.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.index.entries import Entry
from retrieval.memory import hand_back

_COLLECTION = "passages"
# Chroma hands vectors over as lists of Python numbers, 40 times the size of the vectors.
_BATCH = 1000
# Recall over speed: a question costs well under a millisecond here either way.
_GRAPH = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 600, "max_neighbors": 32}
}


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

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[int, float]:
        """Return the passages whose entries lie nearest to ``vector`` (length one), with the
        cosine of their best entry; at most ``limit`` entries are looked at."""

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the entries ``ids``; an id that is not there is left out."""


class Place(NamedTuple):
    """A collection on a server."""

    client: Client
    collection: str


class _Ready(Embeddings):
    """Hands LangChain vectors that were made already, by the text they belong to."""

    def __init__(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _in_folder(folder: Path) -> Place:
    settings = silent_settings(is_persistent=True, persist_directory=str(folder))
    return Place(Client(settings=settings), _COLLECTION)


def _close(client: Client) -> None:
    client.close()
    hand_back()


def _store(place: Place, embeddings: Embeddings | None = None) -> Chroma:
    """Return the collection, to be read; to be made and written, where ``embeddings`` are given."""
    return Chroma(
        collection_name=place.collection,
        client=place.client,
        embedding_function=embeddings,
        collection_configuration=_GRAPH,  # type: ignore[arg-type]
        create_collection_if_not_exists=embeddings is not None,
    )


def write_vectors(
    where: Path | Place,
    entries: Sequence[Entry],
    vectors: NDArray[np.float32],
    passages: Sequence[int],
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write ``entries`` with their ``vectors`` and the passages they lead to into the folder or
    the collection ``where``."""
    place = _in_folder(where) if isinstance(where, Path) else where
    try:
        ready = {entry.text: vector for entry, vector in zip(entries, vectors, strict=True)}
        store = _store(place, _Ready(ready))
        for start in range(0, len(entries), _BATCH):
            part = entries[start : start + _BATCH]
            store.add_texts(
                [entry.text for entry in part],
                metadatas=[
                    {"passage": passage, "digest": entry.digest}
                    for entry, passage in zip(part, passages[start : start + _BATCH], strict=True)
                ],
                ids=[entry.id for entry in part],
            )
            progress(len(part))
    finally:
        # A client of a folder keeps its whole graph in memory until it is closed.
        if isinstance(where, Path):
            _close(place.client)


class VectorsIndex:
    """A written dense index, open for questions."""

    def __init__(self, where: Path | Place) -> None:
        place = _in_folder(where) if isinstance(where, Path) else where
        self._chroma = _store(place)
        if isinstance(where, Path):
            # When the last question is done with this version, its graph leaves the memory.
            weakref.finalize(self, _close, place.client)

    def by_digest(self) -> dict[str, NDArray[np.float32]]:
        """Return every stored vector by the digest of its text, to be used again."""
        found: dict[str, NDArray[np.float32]] = {}
        for start in range(0, self.size, _BATCH):
            stored = self._chroma.get(
                include=["embeddings", "metadatas"], limit=_BATCH, offset=start
            )
            # One array a batch: an array a vector would take three times the memory.
            vectors = np.array(stored["embeddings"], dtype=np.float32)
            for metadata, vector in zip(stored["metadatas"], vectors, strict=True):
                found[metadata["digest"]] = vector
        return found

    @property
    def size(self) -> int:
        """How many entries there are."""
        return int(self._chroma._collection.count())

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the entries ``ids``: see ``Vectors``."""
        stored = self._chroma.get(ids=list(ids), include=["embeddings"])
        return {
            entry: np.asarray(vector, dtype=np.float32)
            for entry, vector in zip(stored["ids"], stored["embeddings"], strict=True)
        }

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[int, float]:
        """Return the passages whose entries lie nearest to ``vector``: see ``Vectors``."""
        found = self._chroma.similarity_search_by_vector_with_relevance_scores(
            vector.tolist(), k=limit
        )
        best: dict[int, float] = {}
        for document, distance in found:
            passage = int(document.metadata["passage"])
            best[passage] = max(best.get(passage, -1.0), 1.0 - distance)
        return best
