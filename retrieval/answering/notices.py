"""What is said about an answer, in the answer's language. The texts are in ``texts/``."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml

from retrieval.knowledge.documents import Language
from retrieval.language.dates import readable_date as readable_date


@lru_cache(maxsize=4)
def notice_texts(language: Language) -> dict[str, str]:
    """Return the notice texts of ``language`` by name."""
    file = resources.files("retrieval.answering").joinpath(f"texts/{language}.yaml")
    loaded: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def notice(language: Language, name: str, **values: str) -> str:
    """Return the notice ``name`` in ``language`` with its gaps filled; ``KeyError`` if unknown."""
    return notice_texts(language)[name].format(**values)
