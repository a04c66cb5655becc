"""A web page: its article, by trafilatura (Barbaresi, ACL 2021), after hidden text was cut out."""

from __future__ import annotations

from typing import Any

from retrieval.drafts.furniture import article_of
from retrieval.drafts.markdown import heading_of, hidden_flags
from retrieval.drafts.raw import RawText
from retrieval.drafts.source import SourceText, UnusableError, joined, text_of, words
from retrieval.drafts.tags import blocks_of, uncovered


def extract(raw: RawText) -> SourceText:
    """Return the article of a web page; raise ``UnusableError`` where trafilatura is missing."""
    try:
        import trafilatura
        from trafilatura.metadata import extract_metadata
    except ImportError:
        raise UnusableError("web pages need trafilatura: pip install 'daricheh[import]'") from None
    page = uncovered(raw.text)
    whole = blocks_of(page.visible)
    found = trafilatura.extract(
        page.visible, output_format="markdown", include_comments=False, include_links=False
    )
    # A page too short or too odd for it: what there is, without the usual furniture.
    blocks = found.split("\n") if found else article_of(whole).lines
    blocks = [" ".join(block.split()) for block in blocks if block.strip()]
    metadata: Any = extract_metadata(page.visible)
    notes = ("the date is a guess of the page's",) if getattr(metadata, "date", None) else ()
    kept, all_words = words(" ".join(blocks)), words(" ".join(whole))
    return SourceText(
        joined(blocks),
        title=text_of(getattr(metadata, "title", None)) or heading_of(whole),
        author=text_of(getattr(metadata, "author", None)),
        publisher=text_of(getattr(metadata, "sitename", None)),
        url=text_of(getattr(metadata, "url", None)),
        date=text_of(getattr(metadata, "date", None)),
        licence=text_of(getattr(metadata, "license", None)),
        language=text_of(getattr(metadata, "language", None)),
        dropped=(f"{all_words - kept} of the page's {all_words} words",)
        if kept < all_words
        else (),
        flags=hidden_flags(page.hidden, page.comments),
        notes=notes,
    )
