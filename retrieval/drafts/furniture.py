"""What stands around an article on a page: menus, bylines, captions, links to other articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.drafts.dates import date_in
from retrieval.drafts.source import words

PARAGRAPH = 25  # words; the first line as long as this ends the head of an article
_HEADLINE = 25  # words a title has at most
_TAIL_FROM = 0.5  # share of the words that must stand above a tail, so that no article is beheaded
_BYLINE = re.compile(r"(?:^|(?<=[a-z]))by:? +(?P<name>[^|,–]{3,60})", re.I)
_BYLINE_START = re.compile(r"^(?:\W*|.{0,30}logo)by:? ", re.I)
_ENDED = re.compile(r"[.!?…:؟»”\"]$")
_PERSON = re.compile(r"^(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+$")


@dataclass(slots=True)
class Article:
    """An article's lines without furniture, what its head told, and what was left out."""

    lines: list[str]
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    dropped: list[str] = field(default_factory=list)


def article_of(lines: Sequence[str]) -> Article:
    """Return the article among the ``lines`` of a copied page."""
    patterns = _patterns()
    kept = [" ".join(line.split()) for line in lines]
    publisher = _publisher(kept)
    kept, tail = _without_tail(kept, patterns["tails"])
    article = Article(kept, publisher=publisher)
    if tail:
        article.dropped.append(f"{words(' '.join(tail))} words after “{tail[0]}”")
    _drop_lines(article, patterns["lines"])
    _read_head(article)
    return article


def _drop_lines(article: Article, pattern: re.Pattern[str]) -> None:
    gone = [line for line in article.lines if pattern.fullmatch(line)]
    if gone:
        article.lines = [line for line in article.lines if not pattern.fullmatch(line)]
        named = "; ".join(dict.fromkeys(line[:40] for line in gone))
        article.dropped.append(f"page furniture ({named})")


def _read_head(article: Article) -> None:
    """Take title, byline, date and captions out of the lines above the first paragraph."""
    end = next((i for i, line in enumerate(article.lines) if words(line) >= PARAGRAPH), 0)
    # A caption can be as long as a paragraph, but then it stands there twice.
    while end and end + 1 < len(article.lines) and article.lines[end] == article.lines[end + 1]:
        end = _next_paragraph(article.lines, end + 2)
    head, body = article.lines[:end], article.lines[end:]
    left: list[str] = []
    captions = 0
    for line in head:
        if not line or line == article.title:
            continue
        if _is_byline(line):
            match = _BYLINE.search(line)
            article.author = article.author or (match.group("name").strip() if match else line)
            article.date = article.date or date_in(line)
        elif words(line) <= 8 and date_in(line):
            article.date = article.date or date_in(line)
        elif article.title is None and words(line) <= _HEADLINE:
            article.title = line
        elif article.title and _PERSON.match(line) and article.author is None and article.date:
            article.author = line
        elif head.count(line) > 1 or (words(line) <= 4 and not _ENDED.search(line)):
            captions += 1
        else:
            left.append(line)
    article.lines = [*left, "", *body] if left else body
    if captions:
        article.dropped.append(f"{captions} lines of captions")


def _next_paragraph(lines: Sequence[str], start: int) -> int:
    return next((i for i in range(start, len(lines)) if words(lines[i]) >= PARAGRAPH), 0)


def _is_byline(line: str) -> bool:
    return words(line) < PARAGRAPH and _BYLINE_START.search(line) is not None


def _without_tail(lines: list[str], pattern: re.Pattern[str]) -> tuple[list[str], list[str]]:
    total = words(" ".join(lines))
    above = 0
    for number, line in enumerate(lines):
        if pattern.fullmatch(line) and above >= total * _TAIL_FROM:
            return lines[:number], lines[number:]
        above += words(line)
    return lines, []


def _publisher(lines: Sequence[str]) -> str | None:
    head = " ".join(lines[:12]).lower()
    for entry in _data()["publishers"]:
        if re.search(entry["words"], head):
            return str(entry["name"])
    return None


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    file = resources.files("retrieval.drafts").joinpath("data/furniture.yaml")
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{part})" for part in _data()[name]), re.I)
        for name in ("lines", "tails")
    }
