"""A text that gives orders to language models. No guidance for people does.

A model that obeys such a passage would say what the passage says, and the check would find it
there. So it is not handed over; the library's own answer still shows it word for word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    text = resources.files("retrieval.model").joinpath("orders.yaml").read_text("utf-8")
    patterns: list[str] = yaml.safe_load(text)
    return re.compile("|".join(patterns), re.IGNORECASE)


def speaks_to_models(text: str) -> bool:
    """Return whether ``text`` holds an order to a language model."""
    return bool(_orders().search(text))
