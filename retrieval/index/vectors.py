"""The dense index: a persistent Chroma collection behind LangChain's vector store interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.index.entries import Entry

_COLLECTION = "passages"
_BATCH = 2000
# Recall over speed: a question costs well under a millisecond here either way.
_GRAPH = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 600, "max_neighbors": 32}
}


class _Ready(Embeddings):
    """Hands LangChain vectors that were made already, by the text they belong to."""

    def __init__(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _store(folder: Path, embeddings: Embeddings | None) -> Chroma:
    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False, is_persistent=True)
    )
    return Chroma(
        collection_name=_COLLECTION,
        client=client,
        embedding_function=embeddings,
        collection_configuration=_GRAPH,  # type: ignore[arg-type]
    )


def write_vectors(
    folder: Path,
    entries: Sequence[Entry],
    vectors: NDArray[np.float32],
    passages: Sequence[int],
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write ``entries`` with their ``vectors`` and the passages they lead to into ``folder``."""
    ready = {entry.text: vector for entry, vector in zip(entries, vectors, strict=True)}
    store = _store(folder, _Ready(ready))
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


class VectorsIndex:
    """A written dense index, open for questions."""

    def __init__(self, folder: Path) -> None:
        self._chroma = _store(folder, None)

    def by_digest(self) -> dict[str, NDArray[np.float32]]:
        """Return every stored vector by the digest of its text, to be used again."""
        stored = self._chroma.get(include=["embeddings", "metadatas"])
        return {
            metadata["digest"]: np.asarray(vector, dtype=np.float32)
            for metadata, vector in zip(stored["metadatas"], stored["embeddings"], strict=True)
        }

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors of the entries ``ids``; an id that is not there is left out."""
        stored = self._chroma.get(ids=list(ids), include=["embeddings"])
        return {
            entry: np.asarray(vector, dtype=np.float32)
            for entry, vector in zip(stored["ids"], stored["embeddings"], strict=True)
        }

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[int, float]:
        """Return the passages whose entries lie nearest to ``vector`` (length one), with the
        cosine of their best entry; at most ``limit`` entries are looked at."""
        found = self._chroma.similarity_search_by_vector_with_relevance_scores(
            vector.tolist(), k=limit
        )
        best: dict[int, float] = {}
        for document, distance in found:
            passage = int(document.metadata["passage"])
            best[passage] = max(best.get(passage, -1.0), 1.0 - distance)
        return best
