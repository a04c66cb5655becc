"""What the folder holds: topics by language, by source and by age."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from retrieval.knowledge.documents import Document, Language, Source, Tier
from retrieval.knowledge.shared_files import Topic
from retrieval.passages import passages_of

# Ages of facts, in days: the last half year, the rest of the last year, of three years, older.
AGES = {"half_year": 183, "year": 366, "three_years": 1096, "older": 10**6}


@dataclass(frozen=True, slots=True)
class Holding:
    """What there is on one topic, or on all.

    ``documents`` and ``passages`` are by language; ``tiers`` count distinct sources, of which
    ``undated`` have no date; ``ages`` count documents, translations once, by the age of their
    facts (``as_of``).
    """

    topic: str
    documents: dict[Language, int]
    passages: dict[Language, int]
    tiers: dict[Tier, int]
    undated: int
    ages: dict[str, int]
    newest: dt.date | None

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``daricheh knowledge coverage --json`` prints for a topic."""
        return {**asdict(self), "newest": self.newest.isoformat() if self.newest else None}


def holdings(
    documents: Sequence[Document], topics: Iterable[Topic], today: dt.date
) -> list[Holding]:
    """Return what there is on each topic, in the order of ``topics``; on all together first."""
    passages = {d.path: len(passages_of(d)) for d in documents}
    found = [_holding("all", documents, passages, today)]
    for topic in topics:
        own = [document for document in documents if topic.id in document.header.topics]
        found.append(_holding(topic.id, own, passages, today))
    return found


def _holding(
    topic: str, documents: Sequence[Document], passages: dict[str, int], today: dt.date
) -> Holding:
    by_language: Counter[Language] = Counter(document.language for document in documents)
    sources = {_identity(source): source for d in documents for source in d.header.sources}
    by_tier = Counter(source.tier for source in sources.values())
    as_of = {document.id: document.header.as_of for document in documents}
    by_age = Counter(_age(day, today) for day in as_of.values())
    languages: tuple[Language, ...] = get_args(Language)
    tiers: tuple[Tier, ...] = get_args(Tier)
    return Holding(
        topic=topic,
        documents={language: by_language[language] for language in languages},
        passages={
            language: sum(passages[d.path] for d in documents if d.language == language)
            for language in languages
        },
        tiers={tier: by_tier[tier] for tier in tiers},
        undated=sum(source.date is None for source in sources.values()),
        ages={age: by_age[age] for age in AGES},
        newest=max(as_of.values(), default=None),
    )


def _identity(source: Source) -> str:
    """Return what tells a source from others: names and titles differ between translations."""
    return source.url or f"{source.publisher}/{source.title}"


def _age(day: dt.date, today: dt.date) -> str:
    return next(age for age, most in AGES.items() if (today - day).days <= most)
