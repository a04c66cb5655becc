"""LangChain with Chroma on disk and sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import (  # type: ignore[import-not-found, unused-ignore]
    HuggingFaceEmbeddings,
)
from langchain_text_splitters import (  # type: ignore[import-not-found, unused-ignore]
    RecursiveCharacterTextSplitter,
)

from tests.eval.beside.contenders import Contender, Found
from tests.eval.beside.material import Text


class LangChain:
    """``Chroma.from_documents`` and ``similarity_search``, nothing set."""

    def __init__(self, model: str, folder: Path) -> None:
        self._embeddings = HuggingFaceEmbeddings(model_name=model)
        self._folder = str(folder)

    def index(self, texts: Sequence[Text], split: bool) -> int:
        documents = [Document(text.text, metadata={"id": text.id}) for text in texts]
        if split:
            documents = RecursiveCharacterTextSplitter().split_documents(documents)
        Chroma.from_documents(documents, self._embeddings, persist_directory=self._folder)
        return len(documents)

    def open(self) -> None:
        self._store = Chroma(embedding_function=self._embeddings, persist_directory=self._folder)

    def find(self, question: str, limit: int) -> list[Found]:
        return [
            Found(document.metadata["id"], document.page_content)
            for document in self._store.similarity_search(question, k=limit)
        ]


def make(model: str, folder: Path) -> Contender:
    """Return LangChain with ``model``."""
    return LangChain(model, folder)
