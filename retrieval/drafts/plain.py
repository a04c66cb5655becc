"""A copied page or a plain text file."""

from __future__ import annotations

from retrieval.drafts.furniture import article_of
from retrieval.drafts.raw import RawText
from retrieval.drafts.source import SourceText, joined


def extract(raw: RawText) -> SourceText:
    """Return the article that a plain text file holds."""
    article = article_of(raw.text.split("\n"))
    paragraphs = [line for line in article.lines if line]
    return SourceText(
        joined(paragraphs),
        title=article.title,
        author=article.author,
        publisher=article.publisher,
        date=article.date,
        dropped=tuple(article.dropped),
        notes=() if article.title else ("no title was found in the copy",),
    )
