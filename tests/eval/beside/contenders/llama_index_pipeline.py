"""LlamaIndex with its own vector store and sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import (  # type: ignore[import-not-found, unused-ignore]
    Document,
    StorageContext,
    VectorStoreIndex,
    load_index_from_storage,
)
from llama_index.core.schema import TextNode  # type: ignore[import-not-found, unused-ignore]
from llama_index.embeddings.huggingface import (  # type: ignore[import-not-found, unused-ignore]
    HuggingFaceEmbedding,
)

from tests.eval.beside.contenders import Contender, Found
from tests.eval.beside.material import Text


class LlamaIndex:
    """``VectorStoreIndex`` and its retriever, nothing set but the model."""

    def __init__(self, model: str, folder: Path) -> None:
        # The length is named because a model with a module of its own does not tell it.
        self._embedding = HuggingFaceEmbedding(model_name=model, device="cpu", max_length=256)
        self._folder = str(folder)

    def index(self, texts: Sequence[Text], split: bool) -> int:
        if split:
            documents = [Document(text=text.text, doc_id=text.id) for text in texts]
            index = VectorStoreIndex.from_documents(documents, embed_model=self._embedding)
        else:
            nodes = [TextNode(text=text.text, id_=text.id) for text in texts]
            index = VectorStoreIndex(nodes, embed_model=self._embedding)
        index.storage_context.persist(self._folder)
        return len(index.docstore.docs)

    def open(self) -> None:
        context = StorageContext.from_defaults(persist_dir=self._folder)
        self._index = load_index_from_storage(context, embed_model=self._embedding)

    def find(self, question: str, limit: int) -> list[Found]:
        hits = self._index.as_retriever(similarity_top_k=limit).retrieve(question)
        return [
            Found(hit.node.ref_doc_id or hit.node.node_id, hit.node.get_content()) for hit in hits
        ]


def make(model: str, folder: Path) -> Contender:
    """Return LlamaIndex with ``model``."""
    return LlamaIndex(model, folder)
