"""What is known of a text from outside after it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

FlagKind = Literal[
    "instructions-to-a-model",
    "hidden-text",
    "hidden-characters",
    "tracking",
    "short-link",
    "encoded-data",
    "personal-data",
    "other",
]


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """Something a maintainer must look at before using a text; ``excerpt`` shows what."""

    kind: FlagKind
    excerpt: str

    def to_json(self) -> dict[str, str]:
        """Return the flag as the report prints it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text without its furniture, and what its file says about it.

    ``text`` is plain Markdown: headings, paragraphs, list items. ``language`` is what the file
    claims, not what was seen. ``dropped`` names what was left out, one line a kind.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    licence: str | None = None
    language: str | None = None
    dropped: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()


class UnusableError(Exception):
    """A file that no draft can be made of; the message is the reason, for the report."""


def joined(blocks: Iterable[str]) -> str:
    """Return ``blocks`` as one text: a blank line between them, none inside a list."""
    text = ""
    before = ""
    for block in blocks:
        tight = block.startswith("- ") and before.startswith("- ")
        text += ("\n" if tight else "\n\n" if text else "") + block
        before = block
    return text


def words(text: str) -> int:
    """Return how many words ``text`` holds."""
    return len(text.split())


def text_of(value: Any) -> str | None:
    """Return a metadata ``value`` as one line of text; None where it is empty or no scalar."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def shortened(text: str, length: int = 80) -> str:
    """Return ``text`` as one line of at most ``length`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
