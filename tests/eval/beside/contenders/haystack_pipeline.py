"""Haystack with its in-memory document store, saved to disk, and sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import (  # type: ignore[import-not-found, unused-ignore]
    Document,
    Pipeline,
)
from haystack.components.preprocessors import (  # type: ignore[import-not-found, unused-ignore]
    DocumentSplitter,
)
from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found, unused-ignore]
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import (  # type: ignore[import-not-found, unused-ignore]
    InMemoryDocumentStore,
)
from haystack_integrations.components.embedders.sentence_transformers import (  # type: ignore[import-not-found, unused-ignore]
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from tests.eval.beside.contenders import Contender, Found
from tests.eval.beside.material import Text


class Haystack:
    """An embedder and ``InMemoryEmbeddingRetriever`` in a pipeline, nothing set."""

    def __init__(self, model: str, folder: Path) -> None:
        self._model = model
        self._folder = folder

    def index(self, texts: Sequence[Text], split: bool) -> int:
        documents = [Document(content=text.text, meta={"id": text.id}) for text in texts]
        if split:
            documents = DocumentSplitter().run(documents)["documents"]
        embedder = SentenceTransformersDocumentEmbedder(model=self._model, progress_bar=False)
        embedder.warm_up()
        store = InMemoryDocumentStore()
        store.write_documents(embedder.run(documents)["documents"])
        self._folder.mkdir(parents=True, exist_ok=True)
        store.save_to_disk(str(self._folder / "store.json"))
        return int(store.count_documents())

    def open(self) -> None:
        store = InMemoryDocumentStore.load_from_disk(str(self._folder / "store.json"))
        embedder = SentenceTransformersTextEmbedder(model=self._model, progress_bar=False)
        self._pipeline = Pipeline()
        self._pipeline.add_component("embedder", embedder)
        self._pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store))
        self._pipeline.connect("embedder.embedding", "retriever.query_embedding")
        self._pipeline.warm_up()

    def find(self, question: str, limit: int) -> list[Found]:
        asked = {"embedder": {"text": question}, "retriever": {"top_k": limit}}
        hits = self._pipeline.run(asked)["retriever"]["documents"]
        return [Found(hit.meta["id"], hit.content) for hit in hits]


def make(model: str, folder: Path) -> Contender:
    """Return Haystack with ``model``."""
    return Haystack(model, folder)
