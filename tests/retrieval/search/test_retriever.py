"""Others can use the search in their LangChain chains."""

from __future__ import annotations

import pytest
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from retrieval.library import Library
from retrieval.search.retriever import PassageRetriever

QUESTION = "Can agents summon me by phone?"


def test_it_returns_the_passages_that_were_found(library: Library) -> None:
    found = PassageRetriever(library=library, limit=3).invoke(QUESTION)
    hits = library.search(QUESTION).hits[:3]
    assert [document.id for document in found] == [hit.passage.id for hit in hits]
    for document, hit in zip(found, hits, strict=True):
        assert document.page_content == hit.passage.text
        assert document.metadata["score"] == hit.score
        assert document.metadata["document"] == hit.passage.document
        assert document.metadata["as_of"] == hit.passage.as_of
        assert document.metadata["sources"]
        assert {"publisher", "title", "url", "date"} <= document.metadata["sources"][0].keys()


def test_it_takes_its_place_in_a_chain(library: Library) -> None:
    chain = PassageRetriever(library=library) | RunnableLambda(len)
    assert chain.invoke(QUESTION) == 5
    assert chain.batch([QUESTION, "😀"]) == [5, 0]


def test_a_limit_below_one_is_refused(library: Library) -> None:
    with pytest.raises(ValidationError):
        PassageRetriever(library=library, limit=0)
