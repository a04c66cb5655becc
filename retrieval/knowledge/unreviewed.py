"""Drafts of other people's texts: refused by the knowledge folder until they are rewritten."""

from __future__ import annotations

import re

from retrieval.knowledge.faults import Fault
from retrieval.knowledge.markdown import FrontMatter

_QUOTATION = re.compile(r" {0,3}>")


def unreviewed_faults(name: str, front: FrontMatter, body: str) -> list[Fault]:
    """Return what shows that ``name`` is a draft or still holds the source's text: errors."""
    faults = []
    if "draft" in front.values or front.values.get("kind") == "draft":
        field = "draft" if "draft" in front.values else "kind"
        faults.append(
            Fault(
                name,
                front.line_of((field,)),
                "This is a draft that nobody has reviewed; it is not served.",
                "Write it in your own words, then remove `draft`, `origin` and the quotation.",
                lint="unwritten",
            )
        )
    quoted = (at for at, line in enumerate(body.split("\n"), 1) if _QUOTATION.match(line))
    if (first := next(quoted, None)) is not None:
        faults.append(
            Fault(
                name,
                front.end + first,
                "A block of quotation stands in the text.",
                "Say it in your own words; quotation marks are for a few words with their source.",
                lint="unwritten",
            )
        )
    return faults
