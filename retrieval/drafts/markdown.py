"""Markdown with the dialects of site generators: front matter, attributes, includes, icons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from markdown_it import MarkdownIt

from retrieval.drafts.raw import RawText
from retrieval.drafts.source import Flag, SourceText, joined, shortened, text_of
from retrieval.drafts.tags import blocks_of, uncovered

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_DIALECT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("template tags", re.compile(r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}", re.S)),
    ("attribute lists", re.compile(r"\{[:#.][^{}\n]{0,200}\}|\{ [.#][^{}\n]{0,200}\}")),
    ("icons", re.compile(r":(?:material|octicons|fontawesome|simple)-[\w-]+:")),
    ("pictures", re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,1000}\)|<img\b[^>]{0,2000}>")),
    ("footnote and link definitions", re.compile(r"^\*\[[^\]]+\]:.*$", re.M)),
)
_ADMONITION = re.compile(
    r'^(?:!!!|\?\?\?\+?) \w+(?: "([^"\n]*)")?[^\n]*\n((?:(?: {4}|\t).*\n|\n)*)', re.M
)
_NOTE_TO_NOBODY = re.compile(r"^\[(?://|comment)\]: ?# ?[(\"'](.{3,})[)\"']$", re.M)
_parser = MarkdownIt("commonmark", {"html": True}).enable("table")


def extract(raw: RawText) -> SourceText:
    """Return the text of a Markdown file and the metadata of its front matter."""
    fields, body, notes = front_matter(raw.text)
    return source_of(body, fields, notes)


def front_matter(text: str) -> tuple[Mapping[str, Any], str, tuple[str, ...]]:
    """Return the values of ``text``'s front matter, the rest, and what could not be read."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text, ()
    rest = text[match.end() :]
    try:
        values = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, rest, ("the front matter is not valid YAML and was left out",)
    return (values if isinstance(values, dict) else {}), rest, ()


def source_of(body: str, fields: Mapping[str, Any], notes: tuple[str, ...] = ()) -> SourceText:
    """Return the text of Markdown ``body``, with what the metadata ``fields`` say of it."""
    dropped: list[str] = []
    hidden = [Flag("hidden-text", shortened(said)) for said in _NOTE_TO_NOBODY.findall(body)]
    for name, pattern in _DIALECT:
        body, count = pattern.subn("", body)
        if count:
            dropped.append(f"{count} {name}")
    body = _ADMONITION.sub(_unfolded, body)
    page = uncovered(_parser.render(body))
    flags = hidden_flags(page.hidden, page.comments)
    blocks = blocks_of(page.visible)
    said = _first(fields)
    title = said("title", "meta_title") or heading_of(blocks)
    return SourceText(
        joined(blocks),
        title=title,
        author=said("author", "authors", "byline"),
        publisher=said("publisher", "site_name"),
        url=said("url", "canonical", "canonical_url", "permalink"),
        date=said("date", "published", "updated", "last_modified"),
        licence=said("licence", "license", "rights"),
        language=said("lang", "language"),
        dropped=tuple(dropped),
        flags=(*hidden, *flags),
        notes=notes,
    )


def _first(fields: Mapping[str, Any]) -> Callable[..., str | None]:
    """Return a look-up of the first of several names that ``fields`` hold a plain value for."""

    def said(*names: str) -> str | None:
        for name in names:
            value = fields.get(name)
            value = value.isoformat() if isinstance(value, dt.date) else value
            if text := text_of(value):
                return text
        return None

    return said


def _unfolded(match: re.Match[str]) -> str:
    inner = re.sub(r"^(?: {4}|\t)", "", match.group(2), flags=re.M)
    return f"{match.group(1) or ''}\n\n{inner}\n"


def heading_of(blocks: list[str]) -> str | None:
    """Return the first heading among ``blocks``, without its marks."""
    return next((b.lstrip("#").strip() for b in blocks if b.startswith("#")), None)


def hidden_flags(hidden: list[str], comments: list[str]) -> tuple[Flag, ...]:
    """Return a flag for each text that a reader of the page does not see."""
    return tuple(Flag("hidden-text", shortened(text)) for text in (*hidden, *comments))
