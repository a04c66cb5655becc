"""What must be said about the passages that something shown is made of: how old they are, say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from retrieval.answering.compose import Span
from retrieval.answering.notices import notice, readable_date
from retrieval.knowledge.documents import Language


def about(shown: Sequence[Span], language: Language, today: dt.date) -> list[str]:
    """Return what must be said about the passages of ``shown`` (at least one span)."""
    passages = list({span.passage.id: span.passage for span in shown}.values())
    said = []
    if all(passage.language != language for passage in passages):
        said.append(notice(language, "other_language"))
    if any(ref.tier == "partisan" for span in shown for ref in span.sentence.references):
        said.append(notice(language, "partisan"))
    first, last = min(p.as_of for p in passages), max(p.as_of for p in passages)
    if first == last:
        said.append(notice(language, "as_of", date=readable_date(first, language)))
    else:
        said.append(
            notice(
                language,
                "as_of_span",
                first=readable_date(first, language),
                last=readable_date(last, language),
            )
        )
    for passage in {p.document: p for p in passages}.values():
        if passage.review_by < today.isoformat():
            due = readable_date(passage.review_by, language)
            said.append(notice(language, "stale", title=passage.title, date=due))
    return said
