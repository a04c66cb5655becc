"""Prefixes that published model families expect before queries and passages."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What is written before a text; empty where the model expects nothing."""

    query: str
    passage: str


@dataclass(frozen=True, slots=True)
class Family:
    """Models whose name matches `pattern` want `prefixes`; taken from their model cards."""

    pattern: str
    prefixes: Prefixes


_SEARCH = "Given a web search query, retrieve relevant passages that answer the query"
_REPRESENT = "Represent this sentence for searching relevant passages: "

# The first that matches counts.
FAMILIES = (
    Family(r"e5.*instruct", Prefixes(f"Instruct: {_SEARCH}\nQuery: ", "")),
    Family(r"(^|[/_-])e5[-_]", Prefixes("query: ", "passage: ")),
    Family(r"qwen3-embedding", Prefixes(f"Instruct: {_SEARCH}\nQuery:", "")),
    Family(r"arctic-embed.*v2", Prefixes("query: ", "")),
    Family(r"arctic-embed|mxbai-embed|bge-(small|base|large)-en", Prefixes(_REPRESENT, "")),
    Family(r"nomic-embed-text", Prefixes("search_query: ", "search_document: ")),
    Family(r"embeddinggemma", Prefixes("task: search result | query: ", "title: none | text: ")),
)


def family_prefixes(model: str) -> Prefixes | None:
    """The prefixes of the family a model's name or path belongs to, if it is known."""
    for family in FAMILIES:
        if re.search(family.pattern, model.lower()):
            return family.prefixes
    return None
