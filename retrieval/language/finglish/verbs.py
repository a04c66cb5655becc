"""Spoken verb forms in Latin letters, written out: «mikonan» is «می‌کنند».

The stems, as they are spoken, stand in ``data/finglish.yaml``; prefix and ending are the same for
all verbs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.language.finglish.lexicon import data, folded

# Spellings are folded (``lexicon.folded``) before they are looked at.
_PREFIXES = {"mi": "می‌", "nemi": "نمی‌", "nmi": "نمی‌", "be": "ب", "bi": "ب", "bo": "ب",
             "na": "ن", "ne": "ن", "": ""}  # fmt: skip
_NEGATIONS = {"na": "ن", "ne": "ن", "mi": "می‌", "nemi": "نمی‌", "nmi": "نمی‌", "": ""}
_PERSONS = {"am": "م", "m": "م", "i": "ی", "y": "ی", "ey": "ی", "e": "د", "ad": "د", "d": "د",
            "im": "یم", "ym": "یم", "eym": "یم", "in": "ید", "id": "ید", "yn": "ید", "yd": "ید",
            "eyn": "ید", "an": "ند", "and": "ند", "n": "ند", "": ""}  # fmt: skip
_PAST_PERSONS = {"am": "م", "i": "ی", "im": "یم", "in": "ید", "id": "ید", "an": "ند", "and": "ند",
                 "": ""}  # fmt: skip
_PERFECT = {"e": "ه", "eam": "ه‌ام", "ei": "ه‌ای", "ey": "ه‌ای", "eim": "ه‌ایم", "eym": "ه‌ایم",
            "eid": "ه‌اید", "eyn": "ه‌اید", "ean": "ه‌اند", "eand": "ه‌اند"}  # fmt: skip
_OBJECTS = {"esh": "‌اش", "ash": "‌اش", "et": "‌ات", "at": "‌ات", "am": "‌ام",
            "eshun": "‌شان", "ashun": "‌شان", "eshan": "‌شان", "etun": "‌تان", "emun": "‌مان",
            "": ""}  # fmt: skip


# An English word hardly ever begins so and goes on as a verb form; with another prefix it may
# where the stem is short: "began", "need".
_SURE = frozenset({"mi", "nemi", "nmi"})
_SURE_STEM = 3


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb form in Persian letters; ``sure`` where a prefix or an object marks it as one."""

    persian: str
    sure: bool


def verb_form(word: str) -> Verb | None:
    """Return what ``word`` is as a verb form, None where it is none."""
    spoken = folded(word)
    present, past = _patterns()
    match = past.fullmatch(spoken)
    if match is not None:
        return _past(*match.groups())
    match = present.fullmatch(spoken)
    return None if match is None else _present(*match.groups())


def _present(prefix: str, stem: str, person: str, target: str) -> Verb | None:
    if (not person and prefix not in ("be", "bi", "bo", "na")) or (target and not prefix):
        return None
    written = _stems("present")[stem]
    if not person:
        written = written.removesuffix("ی")
    start = _joined(_PREFIXES[prefix], written)
    sure = _is_sure(prefix, stem, target)
    return Verb(start + _PERSONS[person] + _OBJECTS[target], sure)


def _past(prefix: str, stem: str, person: str, target: str) -> Verb:
    start = _joined(_NEGATIONS[prefix], _stems("past")[stem])
    ending = _PAST_PERSONS.get(person) or _PERFECT.get(person, "")
    return Verb(start + ending + _OBJECTS[target], _is_sure(prefix, stem, target))


def _is_sure(prefix: str, stem: str, target: str) -> bool:
    return prefix in _SURE or bool(target) or bool(prefix and len(stem) >= _SURE_STEM)


def _joined(prefix: str, stem: str) -> str:
    """Return ``prefix`` and ``stem`` in one: «ب» and «آور» are «بیاور», with «انداز» «بینداز»."""
    if prefix in ("ب", "ن") and stem[0] in "آا":
        return f"{prefix}ی{'ا' if stem[0] == 'آ' else ''}{stem[1:]}"
    return prefix + stem


@lru_cache(maxsize=2)
def _stems(tense: str) -> dict[str, str]:
    """Return the written stems of ``tense`` by the spoken ones."""
    return {
        spoken: written for written, forms in data()["verbs"][tense].items() for spoken in forms
    }


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches present and past forms: prefix, stem, person, object."""
    present = (_PREFIXES, _stems("present"), _PERSONS, _OBJECTS)
    past = (_NEGATIONS, _stems("past"), _PAST_PERSONS | _PERFECT, _OBJECTS)
    return _one_of(present), _one_of(past)


def _one_of(parts: tuple[dict[str, str], ...]) -> re.Pattern[str]:
    groups = ("|".join(sorted(part, key=len, reverse=True)) for part in parts)
    return re.compile("".join(f"({group})" for group in groups))
