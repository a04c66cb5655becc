"""One module for each contender, each as its own pages show it, behind one small contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol

from tests.eval.beside.material import Text


class Found(NamedTuple):
    """A hit: the id of the text it comes from, and its words."""

    id: str
    text: str


class Contender(Protocol):
    """What a contender can do. A new process either indexes or opens, never both."""

    def index(self, texts: Sequence[Text], split: bool) -> int:
        """Index ``texts``, cut by its own default splitter where ``split``, and write the index to
        disk; return how many pieces have a vector."""

    def open(self) -> None:
        """Open what was written."""

    def find(self, question: str, limit: int) -> list[Found]:
        """Return at most ``limit`` hits, best first."""


# Makes a contender from the path of a sentence-transformers model and the folder of its index.
Maker = Callable[[str, Path], Contender]
NAMES = {
    "langchain": "LangChain + Chroma",
    "llama_index": "LlamaIndex",
    "haystack": "Haystack",
    "txtai": "txtai",
}


def maker(name: str) -> Maker:
    """Return what makes the contender ``name``; only its own libraries are imported."""
    made: Maker = import_module(f"tests.eval.beside.contenders.{name}_pipeline").make
    return made
