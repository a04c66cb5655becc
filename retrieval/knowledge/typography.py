"""How Persian is set: letters, digits, half-spaces, punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.knowledge.documents import Document
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.lines import FieldLines
from retrieval.language.detect import has_letters, is_persian_script

_L = "\u0621-\u063a\u0641-\u06ff"  # letters of the script, without tatweel
_Z = "\u200c"
_COMPOUNDS = (
    "پیام رسان|فیلتر شکن|نرم افزار|بد افزار|جاسوس افزار|گذر واژه|سیم کارت|رمز نگاری|این ها|آن ها|"
    "بین المللی|هم چنین|به روز رسانی|گفت و گو|جست و جو"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What must not stand in Persian text; ``{}`` in ``problem`` is what was found."""

    wrong: re.Pattern[str]
    problem: str
    mend: str


_RULES = (
    _Rule(
        re.compile("[يكةى]"),
        "The Arabic letter «{}» in Persian text.",
        "Write ی, ک and ه as on a Persian keyboard.",
    ),
    _Rule(re.compile("ـ"), "A letter drawn out with tatweel.", "Remove the «ـ»."),
    _Rule(
        re.compile(rf"(?<!\S)ن?می (?=[{_L}]{{2,}})"),
        "«{}» stands apart from its verb.",
        "Join them with a half-space: می‌شود.",
    ),
    _Rule(
        re.compile(
            rf"(?<=[{_L}]) (?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|تری|ترین)"
            rf"(?![{_L}{_Z}])"
        ),
        "«{}» stands apart from its word.",
        "Join them with a half-space: گوشی‌ها.",
    ),
    _Rule(
        re.compile(rf"(?<![{_L}{_Z}])[{_L}]{{2,}}ه (?:ام|ای|ایم|اید|اند)(?![{_L}{_Z}])"),
        "The ending of «{}» stands apart from its verb.",
        "Join them with a half-space: رفته‌اند.",
    ),
    _Rule(
        re.compile(rf"(?<=ه) ی(?![{_L}{_Z}])"),
        "«ی» stands apart from its word.",
        "Join them with a half-space: خانه‌ی.",
    ),
    _Rule(
        re.compile(rf"(?<![{_L}{_Z}])(?:{_COMPOUNDS})(?![{_L}])"),
        "«{}» is one word.",
        "Join its parts with a half-space: پیام‌رسان, آن‌ها.",
    ),
    _Rule(
        re.compile(rf"{_Z}(?=[\s.,،؛؟!:»)]|{_Z}|$)|(?:^|(?<=[\s«(])){_Z}"),
        "A half-space that joins nothing.",
        "Remove it: it stands between two letters, and once.",
    ),
    _Rule(
        # Those of an address or of a name in Latin letters ("iOS 18") are left.
        re.compile(r"(?<![\w@./:+\-#?=&])(?<![A-Za-z] )[0-9٠-٩]+(?![\w@/:\-]|\.\w| [A-Za-z])"),
        "Latin or Arabic digits in Persian text: {}.",
        "Write Persian digits: ۱۲۳.",
    ),
    _Rule(
        re.compile(rf"(?<=[{_L}])\s?[,;?](?=\s|$)"),
        "Latin punctuation in Persian text.",
        "Write «،», «؛» and «؟».",
    ),
    _Rule(
        re.compile(rf"[\"“”](?=[{_L}])|(?<=[{_L}])[\"“”]"),
        "Latin quotation marks in Persian text.",
        "Write «…».",
    ),
    _Rule(
        re.compile(r"(?<=\S)\s[،؛؟](?=\s|$)"),
        "A space before a punctuation mark.",
        "Remove it.",
    ),
    _Rule(
        re.compile(rf"[،؛؟](?=[{_L}])"),
        "No space after a punctuation mark.",
        "Write one.",
    ),
)


def typography_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    """Yield what is badly set in a Persian document: in its text and in the texts of its fields.

    What people ask (``questions``) is left as they would type it, and so are the titles of
    sources.
    """
    if document.language != "fa":
        return
    fields = document.header.model_dump(exclude={"questions", "sources", "accepted"})
    blocks = [block for section in document.sections for block in section.blocks]
    places = [
        *((lines.of(*place), text) for place, text in _texts(fields, ())),
        *((s.line, s.heading) for s in document.sections if not lines.in_header(s.line)),
        *((b.line, b.text) for b in blocks if not lines.in_header(b.line)),
    ]
    for line, text in places:
        for problem, mend in setting_faults(text):
            yield Fault(document.path, line, problem, mend, "warning", "typography")


def setting_faults(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is badly set in the Persian ``text``, and what to write instead."""
    for rule in _RULES:
        if match := rule.wrong.search(text):
            yield rule.problem.format(match.group().strip()), rule.mend


def _texts(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the Persian texts in ``value`` and where they stand; ids and codes are none."""
    if isinstance(value, str) and has_letters(value) and is_persian_script(value):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*place, key))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*place, number))
