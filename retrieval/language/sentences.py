"""Where sentences begin and end, in Persian and English, as spans of the text they stand in."""

from __future__ import annotations

import re

# A mark that ends a sentence, with closing quotes or brackets, before a space or the end.
_END = re.compile(r"[.!?؟…]+[\"'”’»)\]\u200f\u2069]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"“])(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Prof|St|No|Art|art|vs|etc|e\.g|i\.e|cf|"
    r"approx|ca|[آ-ی])\.$"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans ``(start, end)`` of the sentences of ``text``, in order.

    Spans hold no outer white space and never cross a line: a line is a paragraph or a list item.
    A full stop after an abbreviation, an initial or inside a number or address ends nothing.
    """
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        start = 0
        for match in _END.finditer(line):
            if _ABBREVIATION.search(line[start : match.end()]):
                continue
            spans.append(_trimmed(line, start, match.end(), offset))
            start = match.end()
        if line[start:].strip():
            spans.append(_trimmed(line, start, len(line), offset))
        offset += len(line) + 1
    return [(start, end) for start, end in spans if end > start]


def _trimmed(line: str, start: int, end: int, offset: int) -> tuple[int, int]:
    piece = line[start:end]
    lead = len(piece) - len(piece.lstrip())
    return offset + start + lead, offset + start + len(piece.rstrip())
