"""YAML and JSON files that hold an app's texts: checklists, forms, messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from retrieval.drafts.markdown import hidden_flags
from retrieval.drafts.raw import RawText
from retrieval.drafts.source import Flag, SourceText, UnusableError, joined
from retrieval.drafts.tags import blocks_of, uncovered

_DEEPEST = 50
_NO_TEXT = frozenset({"id", "type", "icon", "url", "image", "name", "slug", "key"})


def extract(raw: RawText) -> SourceText:
    """Return the sentences among the values of a YAML or JSON file, in order.

    In Chrome's ``messages.json`` the description of a message is a note to translators and left
    out. Raises ``UnusableError`` where the file cannot be read or is nested too deeply.
    """
    try:
        is_json = raw.path.suffix.lower() == ".json"
        values = json.loads(raw.text) if is_json else yaml.safe_load(raw.text)
        said = list(_sentences(values, 0, set()))
    except (yaml.YAMLError, ValueError, RecursionError):
        kind = raw.path.suffix.lower().lstrip(".").upper()
        raise UnusableError(f"not valid {kind}") from None
    title = values.get("title") if isinstance(values, dict) else None
    blocks: list[str] = []
    flags: list[Flag] = []
    for text in said:
        page = uncovered(text)
        flags += hidden_flags(page.hidden, page.comments)
        blocks += [f"- {block}" for block in blocks_of(page.visible)]
    return SourceText(
        joined(blocks),
        title=title if isinstance(title, str) and title else None,
        flags=tuple(flags),
    )


def _sentences(value: Any, depth: int, been: set[int]) -> Iterator[str]:
    """Yield the strings of ``value``; what YAML repeats by an alias is read once."""
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(value, dict | list):
        if id(value) in been:
            return
        been.add(id(value))
    if isinstance(value, dict):
        without = _NO_TEXT | ({"description"} if "message" in value else set())
        for name, inner in value.items():
            if name not in without:
                yield from _sentences(inner, depth + 1, been)
    elif isinstance(value, list):
        for inner in value:
            yield from _sentences(inner, depth + 1, been)
    elif isinstance(value, str) and " " in value.strip():
        yield value
