"""Faults as a model makes them, planted into texts that their passages bear."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from retrieval.knowledge.documents import Language
from retrieval.knowledge.shared_files import Term
from tests.eval.checking import turning
from tests.eval.checking.cases import Split
from tests.eval.checking.tying import ENDS, tied

_HERE = Path(__file__).parent
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_YEAR = r"(?:1[34]\d\d|19\d\d|20\d\d|۱[۳۴][۰-۹]{2}|۱۹[۰-۹]{2}|۲۰[۰-۹]{2})"
_MONTHS = (
    "January February March April May June July August September October November December".split(),
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
)
_WORDS = (
    "two three four five six seven eight nine ten twelve twenty".split(),
    "دو سه چهار پنج شش هفت هشت ده بیست سی چهل".split(),
)
_NUMBER = re.compile(
    r"(?<![\w.@/+\-٫٬:])(?:\d{1,3}(?:,\d{3})+|[۰-۹]{1,3}(?:٬[۰-۹]{3})+|\d+|[۰-۹]+)(?![\w/:]|[.٫,]\d)"
)


@dataclass(frozen=True, slots=True)
class Planter:
    """Plants faults; ``names`` are, by language, groups of names that may stand for each other."""

    names: Mapping[Language, Sequence[Sequence[str]]]
    steps: Mapping[Language, Sequence[str]]
    clauses: Mapping[Language, Sequence[str]]

    def number(self, text: str, language: Language, draw: random.Random) -> str | None:
        """Return ``text`` with one number changed, dates aside."""
        places = [
            (m.start(), m.end(), _other_number(m.group(), draw))
            for m in _NUMBER.finditer(text)
            if not re.fullmatch(_YEAR, m.group()) and not _beside_month(text, m)
        ]
        words = _WORDS[language == "fa"]
        for place, word in enumerate(words):
            places += [
                (m.start(), m.end(), words[(place + draw.randint(1, 9)) % len(words)])
                for m in re.finditer(rf"(?<![\w‌]){word}(?![\w‌])", text)
            ]
        return _replaced(text, places, draw)

    def date(self, text: str, language: Language, draw: random.Random) -> str | None:
        """Return ``text`` with a year, month or day changed."""
        places = []
        for m in re.finditer(rf"(?<![\w٬,]){_YEAR}(?![\w٬,]\d|\w)", text):
            year = str(int(m.group()) + draw.choice([-3, -2, -1, 1, 2, 3]))
            persian = not m.group().isascii()
            places.append(
                (m.start(), m.end(), year.translate(_PERSIAN_DIGITS) if persian else year)
            )
        for names in _MONTHS:
            for place, name in enumerate(names):
                for m in re.finditer(rf"(?<![\w‌]){name}(?= (?:{_YEAR}))", text):
                    other = names[(place + draw.randint(2, 10)) % 12]
                    places.append((m.start(), m.end(), other))
        for m in _NUMBER.finditer(text):
            if _beside_month(text, m) and int(m.group()) < 32:
                day = str((int(m.group()) + draw.randint(3, 20)) % 28 + 1)
                persian = not m.group().isascii()
                changed = day.translate(_PERSIAN_DIGITS) if persian else day
                if int(day) != int(m.group()):
                    places.append((m.start(), m.end(), changed))
        return _replaced(text, places, draw)

    def name(self, text: str, language: Language, draw: random.Random) -> str | None:
        """Return ``text`` with one name put in place of another of its sort."""
        places = []
        for group in self.names[language]:
            for name in group:
                for m in re.finditer(rf"(?<![\w‌]){re.escape(name)}(?![\w‌])", text):
                    other = draw.choice([n for n in group if n not in text] or [""])
                    if other:
                        places.append((m.start(), m.end(), other))
        longest = [
            p for p in places if not any(q != p and q[0] <= p[0] < p[1] <= q[1] for q in places)
        ]
        return _replaced(text, longest, draw)

    def step(self, text: str, language: Language, draw: random.Random) -> str | None:
        """Return ``text`` with a step that nobody advised."""
        step = draw.choice(self.steps[language])
        bare = text.rstrip(ENDS)
        if draw.random() < 0.3:
            return f"{step[0].upper()}{step[1:]}."
        joints = {
            "en": [", and {}.", ", then {}.", ". Also {}."],
            "fa": [" و {}.", "، بعد هم {}.", ". همچنین {}."],
        }
        return bare + draw.choice(joints[language]).format(step)

    def clause(self, text: str, language: Language, draw: random.Random) -> str | None:
        """Return ``text`` with a clause tied on that rules over it as nobody did."""
        return tied(text, draw.choice(self.clauses[language]), language, draw)


def merged(one: str, other: str, language: Language, draw: random.Random) -> str:
    """Return two claims as one: both in a sentence, or the beginning of one with the end of the
    other."""
    first, second = one.rstrip(ENDS), other.rstrip(ENDS)
    if draw.random() < 0.5:
        joint = {"en": ", and ", "fa": " و "}[language]
        return f"{first}{joint}{second}."
    head, tail = first.split(), second.split()
    return " ".join([*head[: max(2, len(head) * 2 // 3)], *tail[len(tail) // 3 :]]) + "."


def planter(terms: Sequence[Term], half: Split) -> Planter:
    """Return what plants faults of one half; names stand for those of their sort."""
    others: dict[str, Any] = yaml.safe_load((_HERE / "others.yaml").read_text("utf-8"))
    steps = yaml.safe_load((_HERE / "steps.yaml").read_text("utf-8"))[half]
    clauses = yaml.safe_load((_HERE / "clauses.yaml").read_text("utf-8"))[half]
    sorts: list[Callable[[Term], bool]] = [
        lambda t: _defined(t, "messenger", "chat"),
        lambda t: _defined(t, "VPN", "proxy", "blocking", "circumvent", "blocked"),
        lambda t: _defined(t, "network of", "platform", "video"),
        lambda t: _defined(t, "politician", "president", "minister", "leader", "journalist",
                           "activist", "founder", "founded", "woman", "man "),
    ]  # fmt: skip
    names: dict[Language, list[list[str]]] = {"en": [], "fa": []}
    proper = [t for t in terms if t.en and t.en[0][0].isupper() and t.fa]
    taken: set[str] = set()
    for sort in sorts:
        own = [t for t in proper if sort(t) and t.id not in taken]
        taken |= {t.id for t in own}
        names["en"].append([t.en[0] for t in own])
        names["fa"].append([t.fa[0] for t in own])
    for language in ("en", "fa"):
        names[language] += [list(group) for group in others[language]]
    return Planter(names, steps, clauses)


WAYS: dict[str, Callable[[str, Language, random.Random], str | None]] = {
    "dropped not": turning.without_not,
    "added not": turning.with_not,
    "dropped condition": turning.unbound,
    "stronger modality": turning.surer,
    "stronger quantifier": turning.wider,
}


def _defined(term: Term, *words: str) -> bool:
    return any(word in term.definition.get("en", "") for word in words)


def _beside_month(text: str, match: re.Match[str]) -> bool:
    months = "|".join(name for names in _MONTHS for name in names)
    before, after = text[: match.start()], text[match.end() :]
    return bool(re.match(rf"(?:st|nd|rd|th)? (?:{months})\b", after)) or bool(
        re.search(rf"(?:{_MONTHS_EN}) $", before) and not re.match(r"\d", after)
    )


_MONTHS_EN = "|".join(_MONTHS[0])


def _other_number(written: str, draw: random.Random) -> str:
    persian = not written.isascii()
    value = int(re.sub("[,٬]", "", written))
    other = draw.choice(
        [value + draw.randint(1, 9), value * 2 + 1, max(2, value // 2 + 3), value * 10]
    )
    other = other + 1 if other == value else other
    grouped = f"{other:,}" if re.search("[,٬]", written) else str(other)
    return grouped.replace(",", "٬").translate(_PERSIAN_DIGITS) if persian else grouped


def _replaced(text: str, places: Sequence[tuple[int, int, str]], draw: random.Random) -> str | None:
    if not places:
        return None
    start, end, other = draw.choice(places)
    changed = text[:start] + other + text[end:]
    return changed if changed != text else None
