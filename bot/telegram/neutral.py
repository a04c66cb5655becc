"""A first line that says nothing: what a locked phone and the list of chats show of a message."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping

from bot.telegram.direction import FSI, PDI, RLM
from retrieval.answering.answer import Language

_TAG = re.compile(r"<[^>]*>")
_ISOLATE = re.compile(f"{FSI}[^{FSI}{PDI}]*{PDI}")


def veiled(message: str, lines: Mapping[Language, str]) -> str:
    """Return a message's HTML below the neutral line of its language."""
    return f"{lines[written_in(message)]}\n\n{message}"


def written_in(message: str) -> Language:
    """Return the language of a message's HTML: Persian where anything outside an isolate is."""
    plain = html.unescape(_TAG.sub("", message))
    while (outside := _ISOLATE.sub("", plain)) != plain:
        plain = outside
    right = any(c == RLM or unicodedata.bidirectional(c) in {"R", "AL"} for c in plain)
    return "fa" if right else "en"
