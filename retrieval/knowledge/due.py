"""Which documents have to be read again, those that most people are led to first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrieval.knowledge.documents import Document, Kind


@dataclass(frozen=True, slots=True)
class Due:
    """A document to be read again, in all its languages.

    ``days`` is how long it has been due, negative where it still has time. ``asked`` is its use:
    how many questions lead to it, those it names itself and those put in from outside. Nobody's
    use of the bot is recorded, so what people are expected to ask stands for what they ask.
    """

    id: str
    kind: Kind
    title: str
    languages: tuple[str, ...]
    review_by: dt.date
    days: int
    asked: int
    urgent: bool


def due(
    documents: Iterable[Document], asked: Mapping[str, int], today: dt.date, within: int
) -> list[Due]:
    """Return what is due by ``within`` days after ``today``: first what is shown whole to people
    in need, then by use. ``asked`` counts questions from outside by document id."""
    versions: dict[str, list[Document]] = {}
    for document in documents:
        versions.setdefault(document.id, []).append(document)
    found = [_due(own, asked.get(name, 0), today) for name, own in versions.items()]
    return sorted(
        (each for each in found if each.days >= -within),
        key=lambda each: (not each.urgent, -each.asked, each.review_by, each.id),
    )


def _due(versions: list[Document], asked: int, today: dt.date) -> Due:
    first = min(versions, key=lambda document: document.header.review_by)
    return Due(
        id=first.id,
        kind=first.header.kind,
        title=min(versions, key=lambda document: document.language).header.title,
        languages=tuple(sorted(document.language for document in versions)),
        review_by=first.header.review_by,
        days=(today - first.header.review_by).days,
        asked=asked + sum(len(document.header.questions) for document in versions),
        urgent=any(d.header.kind == "guidance" and d.header.urgent for d in versions),
    )
