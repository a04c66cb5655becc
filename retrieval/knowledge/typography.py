"""How a text is set: Persian letters, digits, half-spaces, and sentences short enough to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from retrieval.knowledge.documents import Document
from retrieval.knowledge.faults import Fault
from retrieval.language.sentences import sentence_spans

LONGEST_SENTENCE = 45  # words; a longer one cannot be taken in at a glance on a phone

_ARABIC_LETTERS = re.compile("[يكةى]")
_BROKEN_PREFIX = re.compile(r"(?<!\S)(ن?می) (?=[\u0600-\u06ff]{2,})")
_BROKEN_PLURAL = re.compile(r"(?<=[\u0600-\u06ff]) (ها|های|هایی|هایشان|ترین)(?![\u0600-\u06ff])")
_LATIN_DIGITS = re.compile(r"(?<![\w@./:+\-#?=&])[0-9٠-٩]+(?![\w@/:\-]|\.\w)")
_LATIN_MARKS = re.compile(r"(?<=[\u0600-\u06ff])\s?[,;?](?=\s|$)")


def typography_faults(document: Document, line_of: Callable[..., int]) -> Iterator[Fault]:
    """Yield the faults of ``document``'s text. ``line_of`` gives the line of a header field."""
    header = document.header
    places = [
        (line_of("title"), header.title),
        (line_of("summary"), header.summary),
        *((section.line, section.heading) for section in document.sections),
        *((block.line, block.text) for section in document.sections for block in section.blocks),
    ]
    for line, text in places:
        if document.language == "fa":
            for problem, mend in _persian_faults(text):
                yield Fault(document.path, line, problem, mend, "warning")
        for start, end in sentence_spans(text):
            words = len(text[start:end].split())
            if words > LONGEST_SENTENCE:
                yield Fault(
                    document.path,
                    line,
                    f"A sentence of {words} words: «{' '.join(text[start:end].split()[:6])} …».",
                    f"Split it: at most {LONGEST_SENTENCE} words.",
                    "warning",
                )


def _persian_faults(text: str) -> Iterator[tuple[str, str]]:
    if match := _ARABIC_LETTERS.search(text):
        yield (
            f"Arabic letter {match.group()!r} in Persian text.",
            "Write ی, ک and ه as on a Persian keyboard.",
        )
    if match := _BROKEN_PREFIX.search(text):
        yield (
            f"«{match.group(1)}» stands apart from its verb.",
            "Join them with a half-space: می‌شود.",
        )
    if match := _BROKEN_PLURAL.search(text):
        yield (
            f"«{match.group(1)}» stands apart from its word.",
            "Join them with a half-space: گوشی‌ها.",
        )
    if match := _LATIN_DIGITS.search(text):
        yield f"Latin digits in Persian text: {match.group()}.", "Write Persian digits: ۱۲۳."
    if _LATIN_MARKS.search(text):
        yield "Latin punctuation in Persian text.", "Write «،», «؛» and «؟»."
