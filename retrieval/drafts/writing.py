"""A draft's Markdown: a skeleton to fill in, and the source's text as a quotation below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import yaml

from retrieval.drafts.likeness import Likeness
from retrieval.drafts.source import Flag, SourceText
from retrieval.knowledge.reading import UNWRITTEN

_HEAD = """\
# A draft: not reviewed, never served. Write the document below in your own words, fill in what is
# null, then remove `draft`, `origin` and the quotation and move the file into the knowledge folder.
"""
_BODY = f"""\
## {UNWRITTEN} a heading

{UNWRITTEN} the text, in your own words; the quotation below is only to read.

"""
_ID_WORDS = 8


def draft_text(
    source: SourceText,
    *,
    language: str,
    fallback_id: str,
    origin: dict[str, Any],
    flags: Sequence[Flag],
    likenesses: Sequence[Likeness],
) -> str:
    """Return the draft of ``source``. ``origin`` says where it was found, for its record."""
    fields = {
        "draft": True,
        "id": slug(source.title or "") or slug(fallback_id) or "draft",
        "kind": "article" if source.date and (source.author or source.publisher) else "guidance",
        "language": language,
        "title": source.title,
        "summary": None,
        "topics": [],
        "as_of": source.date,
        "reviewed": None,
        "review_by": None,
        "sources": [
            {
                "publisher": source.publisher,
                "title": source.title,
                "url": source.url,
                "date": source.date,
                "tier": None,
                "licence": source.licence,
            }
        ],
        "questions": [],
        "origin": {
            **origin,
            "author": source.author,
            "dropped": list(source.dropped),
            "flagged": [f"{flag.kind}: {flag.excerpt}" for flag in flags],
            "like": [f"{likeness.other}: {likeness.how}" for likeness in likenesses],
            "notes": list(source.notes),
        },
    }
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    quotation = "\n".join(f"> {line}".rstrip() for line in source.text.split("\n"))
    return f"---\n{_HEAD}{front}---\n{_BODY}{quotation}\n"


def slug(text: str) -> str:
    """Return ``text`` as an id: its first Latin words in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    found = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join(found[:_ID_WORDS])
