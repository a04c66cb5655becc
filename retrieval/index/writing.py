"""Writes the dense index, through LangChain's vector store interface.

Whoever opens the collection by that interface finds it as it expects it: texts, vectors, metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from retrieval.index.entries import Entry
from retrieval.index.vectors import BATCH, Place, close, in_folder

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


def write_vectors(
    where: Path | Place,
    entries: Sequence[Entry],
    vectors: NDArray[np.float32],
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Write ``entries`` with their ``vectors`` into the folder or the collection ``where``."""
    place = in_folder(where) if isinstance(where, Path) else where
    try:
        ready = {entry.text: vector for entry, vector in zip(entries, vectors, strict=True)}
        store = Chroma(
            collection_name=place.collection,
            client=place.client,
            embedding_function=_Ready(ready),
            collection_configuration=_GRAPH,  # type: ignore[arg-type]
        )
        for start in range(0, len(entries), BATCH):
            part = entries[start : start + BATCH]
            store.add_texts(
                [entry.text for entry in part],
                metadatas=[{"digest": entry.digest} for entry in part],
                ids=[entry.id for entry in part],
            )
            progress(len(part))
    finally:
        if isinstance(where, Path):
            close(place.client)
