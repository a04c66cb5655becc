"""A statement as a language model wrote it, cleaned of its citation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import HALF_SPACE, readable

# What passages are numbered up to: a larger number in brackets is a year or a part of the text.
_LARGEST = 99
_ONE = r"[0-9۰-۹٠-٩]{1,2}"
# [1], [1, 2], [۱، ۲], [1-3], [^4]
MARK = re.compile(rf"\[\^?\s*{_ONE}(?:\s*[,،;؛–-]\s*\^?{_ONE})*\s*\]")
# What may still become a mark when more text comes.
PART_OF_MARK = re.compile(r"\[\^?\s*[0-9۰-۹٠-٩,،;؛–\-\s^]*\Z")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_RANGE = re.compile(r"(\d+)\s*[–-]\s*\^?(\d+)|(\d+)")

BULLET = re.compile(r"^\s*(?:[-*•–—▪◦‣]|#{1,6}|[0-9۰-۹٠-٩]{1,2}[.)-])(?:\s+|$)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_`](?=\w)|(?<=[\w.!?؟])[*_`](?!\w)")
_ARABIC_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_APART_PREFIX = re.compile(r"(?<!\w)(ن?می) (?=[آ-ی]{2})")
_APART_ENDING = re.compile(r"(?<=[آ-ی]) (ها|های|هایی|هایش|هایشان|هایتان)(?!\w)")
_PERSIAN_SIGNS = ((",", "،"), (";", "؛"), ("?", "؟"))


@dataclass(frozen=True, slots=True)
class Written:
    """What a statement says, and the numbers of the passages it claims to stand on."""

    text: str
    citations: tuple[int, ...]


def written(piece: str, held: tuple[int, ...] = ()) -> Written | None:
    """Return the statement that ``piece`` of a model's text holds: None where it says nothing.

    ``held`` are citations found elsewhere that belong to it; they count where it has none.
    """
    text = clean(MARK.sub(" ", piece))
    if not any(character.isalnum() for character in text):
        return None
    return Written(text, citations_of(piece) or held)


def citations_of(piece: str) -> tuple[int, ...]:
    """Return the numbers of the citation marks in ``piece``, each once, in order."""
    found: dict[int, None] = {}
    for mark in MARK.findall(piece):
        for first, last, single in _RANGE.findall(mark.translate(_DIGITS)):
            if single:
                found[int(single)] = None
            else:
                found.update(dict.fromkeys(range(int(first), min(int(last), _LARGEST) + 1)))
    return tuple(found)


def clean(text: str) -> str:
    """Return ``text`` as it may be shown: no list marks, no emphasis, house typography."""
    text = _EMPHASIS.sub("", BULLET.sub("", readable(text)))
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([.,;:!?،؛؟…])", r"\1", text)
    if is_persian_script(text):
        text = _APART_PREFIX.sub(rf"\1{HALF_SPACE}", text.translate(_ARABIC_LETTERS))
        text = _APART_ENDING.sub(rf"{HALF_SPACE}\1", text)
        for latin, persian in _PERSIAN_SIGNS:
            text = re.sub(rf"(?<=[آ-ی۰-۹»)]){re.escape(latin)}(?=\s|$)", persian, text)
    return text
