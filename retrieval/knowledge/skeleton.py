"""A document begun: everything its kind wants, and ``TODO:`` where something is to be written.

What holds a ``TODO:`` is not read as a document, so a skeleton is never served.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from string import Template

from retrieval.knowledge.documents import Kind, Language
from retrieval.knowledge.markdown import slug
from retrieval.knowledge.reading import UNWRITTEN

# Months until a document has to be read again: what works now and whom to call ages faster.
REVIEW_MONTHS: dict[Kind, int] = {
    "article": 6,
    "guidance": 6,
    "tool": 3,
    "platform": 3,
    "contact": 3,
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a document before it is written. An empty text becomes a ``TODO:``."""

    id: str
    kind: Kind
    topics: tuple[str, ...]
    titles: Mapping[Language, str]
    publisher: str
    source_title: str
    url: str
    date: str
    tier: str
    licence: str


def skeleton(beginning: Beginning, language: Language, today: dt.date) -> str:
    """Return the text of a document in ``language``, written and to be reviewed from ``today``."""
    dated = re.fullmatch(r"\d{4}-\d{2}-\d{2}", beginning.date)
    key = slug(beginning.publisher) if beginning.publisher.isascii() else ""
    values = {
        "id": beginning.id,
        "kind": beginning.kind,
        "language": language,
        "title": _quoted(beginning.titles.get(language, ""), "title"),
        "summary": _quoted("", "one or two sentences that could stand alone as a first answer"),
        "topics": ", ".join(beginning.topics),
        "as_of": beginning.date if dated else today.isoformat(),
        "reviewed": today.isoformat(),
        "review_by": months_later(today, REVIEW_MONTHS[beginning.kind]).isoformat(),
        "key": key or "source",
        "publisher": _quoted(beginning.publisher, "who published the source"),
        "source_title": _quoted(beginning.source_title, "its title"),
        "url": _quoted(beginning.url, None),
        "date": _quoted(beginning.date, None),
        "tier": beginning.tier,
        "licence": _quoted(beginning.licence, "the licence of the source"),
    }
    template = _file("header.txt") + _file(f"{beginning.kind}.{language}.txt")
    return Template(template).substitute(values)


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day ``months`` later, at most the 28th: every month has one."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, min(day.day, 28))


def _quoted(text: str, wanted: str | None) -> str:
    """Return ``text`` as YAML; without one, what is wanted in its place, or null."""
    if not text:
        return "null" if wanted is None else f'"{UNWRITTEN} {wanted}"'
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


@lru_cache(maxsize=16)
def _file(name: str) -> str:
    return resources.files("retrieval.knowledge").joinpath(f"skeletons/{name}").read_text("utf-8")
