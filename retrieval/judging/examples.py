"""Example messages for what the bot must notice before it answers: urgency, harm, other business,
and questions of the field that the folder does not answer.

They are data (``data/*.yaml``), one file a kind, with near misses: messages that look alike and are
not. Their vectors are made when the index is built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml

Intent = Literal["door", "arrest", "outside", "harmful", "missing", "none"]

_FILES: dict[str, Intent] = {"outside": "outside", "harmful": "harmful"}
_MISSING = "missing"  # the files whose names begin so


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what it is an example of; ``none`` marks a near miss, ``missing`` a question
    like those the folder answers that it does not answer."""

    intent: Intent
    text: str


@lru_cache(maxsize=1)
def read_examples() -> tuple[Example, ...]:
    """Return all examples in a fixed order."""
    return tuple(_all())


@lru_cache(maxsize=1)
def examples_digest() -> str:
    """Return what identifies the examples: equal for equal examples."""
    joined = "\n".join(f"{example.intent}\t{example.text}" for example in read_examples())
    return hashlib.sha256(joined.encode()).hexdigest()


@lru_cache(maxsize=1)
def files_digest() -> str:
    """Return what identifies the files of the examples. They are not read for it: a process that
    finds its index up to date never needs to, and that is a good part of its start."""
    digest = hashlib.sha256()
    for file in sorted(_folder().iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            digest.update(f"{file.name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _all() -> Iterator[Example]:
    urgent = _data("urgent")
    yield from _examples("door", urgent["door"])
    yield from _examples("arrest", urgent["arrest"])
    yield from _examples("none", urgent["near_misses"])
    for name, intent in _FILES.items():
        data = _data(name)
        yield from _examples(intent, data["examples"])
        yield from _examples("none", data["near_misses"])
    for file in sorted(file.name for file in _folder().iterdir() if file.name.startswith(_MISSING)):
        name = file.removesuffix(".yaml")
        for by_language in _data(name)["missing"].values():
            yield from _examples("missing", by_language)


def _examples(intent: Intent, by_language: dict[str, list[str]]) -> Iterator[Example]:
    # Finglish messages are judged in Persian letters, so Finglish examples would teach nothing.
    for language in ("en", "fa"):
        for text in by_language[language]:
            yield Example(intent, text)


def _data(name: str) -> dict[str, Any]:
    # The loader in C: ten times as fast, on files that are the longest part of a small build.
    text = _folder().joinpath(f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def _folder() -> Traversable:
    return resources.files("retrieval.judging").joinpath("data")
