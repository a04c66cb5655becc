"""Honest rewordings that a rule can make: nothing is said that the sentence does not say."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from retrieval.knowledge.documents import Language
from tests.eval.perturb.english import contractions_swapped
from tests.eval.perturb.register import colloquial

_Way = Callable[[str, Language, random.Random], str | None]
# Clauses that a sentence can lose and still be true: reasons, asides, what follows a semicolon.
_ASIDE: dict[Language, tuple[str, ...]] = {
    "en": (
        r" \([^()]+\)",
        r",? (?:because|since|as) [^,;.]+(?=[.;])",
        r", (?:which|who|such as|for example) [^,;.]+(?=[.,;])",
        r"; (?!(?:but|unless|except|only|otherwise|no other|that is no)\b)[^;]+(?=\.$)",
    ),
    "fa": (
        r" \([^()]+\)",
        r"،? (?:چون|زیرا) [^،؛.]+(?=[.؛])",
        r"، (?:مثل|مانند|از جمله) [^،؛.]+(?=[.،؛])",
        r"؛ (?!(?:ولی|اما|مگر|جز|فقط|وگرنه|منبع)(?!\w))[^؛]+(?=\.$)",
    ),
}


_HALVES = re.compile(r"[;؛] ")
_FEWEST = 4  # words
_HOLDING_BACK = re.compile(
    r"(?:but|yet|unless|except|only|otherwise|if|not|it|they|this|that)\b"
    r"|(?:ولی|اما|مگر|جز|فقط|وگرنه|اگر|نه|این|آن)(?!\w)"
)


def shortened(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` without an aside or a reason; None where it has none to lose."""
    places = [m for pattern in _ASIDE[language] for m in re.finditer(pattern, text)]
    places = [m for m in places if len(text) - len(m.group()) > 30]
    if not places:
        return None
    match = draw.choice(places)
    return text[: match.start()] + text[match.end() :]


def halved(text: str, language: Language, draw: random.Random) -> str | None:
    """Return one half of ``text`` as it stands; None where it has no halves, or where the second
    holds the first back or goes on with it."""
    halves = _HALVES.split(text.rstrip(". "))
    if len(halves) != 2 or min(len(half.split()) for half in halves) < _FEWEST:
        return None
    if _HOLDING_BACK.match(halves[1]):
        return None
    return f"{_upper(draw.choice(halves))}."


def reordered(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` with its time or its reason at the other end, or its halves exchanged."""
    if language == "en":
        if m := re.fullmatch(r"((?:In|On|Since|By|From|Between) [^,;]*\d{4}), ([^;]+)\.", text):
            return f"{_upper(m[2])} {m[1][0].lower()}{m[1][1:]}."
        if m := re.fullmatch(r"([^;]+?),? (because|since|when|if|unless) ([^;,]+)\.", text):
            return f"{_upper(m[2])} {m[3]}, {lowered(m[1])}."
        if m := re.fullmatch(r"([^;]{20,}); ([^;]{20,})\.", text):
            return f"{_upper(m[2])}; {lowered(m[1])}."
        return None
    if m := re.fullmatch(
        r"([^:()]{12,}?) (در [۰-۹]+ \w+ [۰-۹]{4}|در \w+ [۰-۹]{4}|در سال [۰-۹]{4}) (.+)\.", text
    ):
        return f"{m[2]} {m[1]} {m[3]}."
    if m := re.fullmatch(r"([^؛]{20,})؛ ([^؛]{20,})\.", text):
        return f"{m[2]}؛ {m[1]}."
    if m := re.fullmatch(r"([^؛]+)، چون ([^؛،]+)\.", text):
        return f"چون {m[2]}، {m[1]}."
    return None


def said(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` in the other register: spoken Persian, English contractions."""
    changed = contractions_swapped(text) if language == "en" else colloquial(text)
    return changed if changed != text else None


def joined(one: str, other: str, language: Language) -> str:
    """Return two sentences of one passage as one, each whole."""
    first, second = one.rstrip(". "), other.rstrip(". ")
    joint = {"en": "; besides: ", "fa": " و "}[language]
    return f"{first}{joint}{second}."


WAYS: dict[str, _Way] = {
    "shortened": shortened,
    "halved": halved,
    "reordered": reordered,
    "other register": said,
}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return ``text`` to go on with: a common first word loses its capital."""
    small = re.match(r"(?:The|A|An|In|On|If|When|It|They|Its|This|For|To|Do|Use|Set|Keep)\b", text)
    return text[:1].lower() + text[1:] if small else text
