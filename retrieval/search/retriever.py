"""The search as a LangChain retriever, for use in other people's chains."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableConfig
from langsmith import tracing_context
from pydantic import ConfigDict, Field

from retrieval.library import Library
from retrieval.passages import Passage


class PassageRetriever(BaseRetriever):
    """Returns passages as LangChain documents: the text, and in the metadata where it comes from.

    >>> retriever = PassageRetriever(library=Library.open(LibrarySettings()), limit=5)
    >>> retriever.invoke("Who called Hossein Sarbandi?")  # doctest: +SKIP
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    limit: int = Field(default=5, ge=1)

    # Whatever the environment says (LANGSMITH_TRACING and the like), a question is not sent to
    # LangSmith from here. Callbacks that a chain hands in are its own decision.
    def invoke(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> list[Document]:
        """Return the passages found for ``input``, best first."""
        with tracing_context(enabled=False):
            return super().invoke(input, config, **kwargs)

    async def ainvoke(
        self, input: str, config: RunnableConfig | None = None, **kwargs: Any
    ) -> list[Document]:
        """Return the passages found for ``input``, best first."""
        with tracing_context(enabled=False):
            return await super().ainvoke(input, config, **kwargs)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        hits = self.library.search(query).hits[: self.limit]
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={**_metadata(hit.passage), "score": hit.score},
            )
            for hit in hits
        ]


def _metadata(passage: Passage) -> dict[str, Any]:
    sources = dict.fromkeys(ref for s in passage.sentences for ref in s.references)
    return {
        "passage": passage.id,
        "document": passage.document,
        "language": passage.language,
        "title": passage.title,
        "section": passage.section,
        "as_of": passage.as_of,
        "sources": [
            {"publisher": ref.publisher, "title": ref.title, "url": ref.url, "date": ref.date}
            for ref in sources
        ],
    }
