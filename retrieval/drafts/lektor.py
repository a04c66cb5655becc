"""Lektor's ``.lr`` files: fields parted by lines of three hyphens, the long ones in Markdown."""

from __future__ import annotations

import re

from retrieval.drafts.markdown import source_of
from retrieval.drafts.raw import RawText
from retrieval.drafts.source import SourceText, words

_FIELD = re.compile(r"\A\s*([A-Za-z_][\w-]*):[ \t]*(.*)\Z", re.S)
_FLOW = re.compile(r"^#{4} [\w-]+ #{4}$", re.M)
_TEXT = 20  # words from which a field is text and not a label


def extract(raw: RawText) -> SourceText:
    """Return the text of a Lektor file: its body, or else its long fields in order."""
    fields = fields_of(raw.text)
    long = [value for name, value in fields.items() if name == "body" or words(value) > _TEXT]
    text = fields["body"] if words(fields.get("body", "")) > _TEXT else "\n\n".join(long)
    if not text:
        text = fields.get("description", "")
    return source_of(_FLOW.sub("", text), fields)


def fields_of(text: str) -> dict[str, str]:
    """Return the fields of a Lektor file by name."""
    fields: dict[str, str] = {}
    for part in re.split(r"^---[ \t]*$", text, flags=re.M):
        if match := _FIELD.match(part):
            # A line of hyphens inside a field is written with one more.
            value = re.sub(r"^-(-{3,})[ \t]*$", r"\1", match.group(2), flags=re.M)
            fields[match.group(1)] = value.strip()
    return fields
