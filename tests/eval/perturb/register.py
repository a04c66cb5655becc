"""Persian as it is written in a letter, and as it is said: rules, from one to the other.

``register.yaml`` holds pairs of words. Beyond them a few rules catch endings: the plural -ها, the
verb endings after می, and the object marker glued to a noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import yaml

_LETTER = "[\u0621-\u063a\u0641-\u065f\u066e-\u06d3\u200c]"
_Rule = tuple[re.Pattern[str], str]

# می‌…ند -> می‌…ن; می‌کند -> می‌کنه; می‌…ید -> می‌…ین; …ها -> …ا; آیا is not said.
_TO_COLLOQUIAL: tuple[_Rule, ...] = (
    (re.compile(f"(?<!{_LETTER})(ن?می\u200c{_LETTER}{{2,}})ند(?!{_LETTER})"), r"\1ن"),
    (re.compile(f"(?<!{_LETTER})(ن?می\u200c{_LETTER}{{2,}})ید(?!{_LETTER})"), r"\1ین"),
    (
        re.compile(f"(?<!{_LETTER})(ن?می\u200c{_LETTER}*(?:کن|گیر|زن|بین|فهم))د(?!{_LETTER})"),
        r"\1ه",
    ),
    (re.compile(f"({_LETTER}{{2,}}[^اهو\u200c])\u200c?ها(?!{_LETTER})"), r"\1ا"),
    (re.compile(f"(?<!{_LETTER})آیا\\s+"), ""),
)
# And back, as far as it is certain: the glued object marker, and verbs with a می of their own.
_TO_FORMAL: tuple[_Rule, ...] = (
    # رو after a noun is را; before one it is "on".
    (re.compile(f"(?<!{_LETTER})(?<!از )رو(?= (?:ن?می|ب|ک|چ|از|تو|قبول|پاک|قفل|باز))"), "را"),
    (re.compile(f"({_LETTER}{{2,}})مو(?!{_LETTER})"), "\\1\u200cام را"),
    (re.compile(f"(?<!{_LETTER})(ن?می)(?!\u200c)(?=(?:کن|تون|گ|ش|خو|د|گیر|زن|بین|فهم){_LETTER}*)"),
     "\\1\u200c"),
    (re.compile(f"(?<!{_LETTER})(ن?می\u200c(?:{_LETTER}*)(?:کن|گیر|زن|بین|فهم|خور|مون|تون))ه(?!{_LETTER})"),
     r"\1د"),
    (re.compile(f"(?<!{_LETTER})(ن?می\u200c(?:{_LETTER}*)(?:کن|گیر|زن|بین|فهم|خور))ن(?!{_LETTER})"),
     r"\1ند"),
)  # fmt: skip


def colloquial(text: str) -> str:
    """Return ``text`` as it is said."""
    return _applied(_pairs()[0](text), _TO_COLLOQUIAL)


def formal(text: str) -> str:
    """Return ``text`` as it is written in a letter."""
    return _pairs()[1](_applied(text, _TO_FORMAL))


def _applied(text: str, rules: Iterable[_Rule]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=1)
def _pairs() -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Return what replaces whole words: formal ones by said ones, and back."""
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    data: dict[str, list[tuple[str, str]]] = yaml.safe_load(text)
    said = dict((*data["pairs"], *data["one_way"]))
    return _replacing(said), _replacing({other: formal for formal, other in data["pairs"]})


def _replacing(words: dict[str, str]) -> Callable[[str], str]:
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(
        f"(?<!{_LETTER})(?:{'|'.join(map(re.escape, longest_first))})(?!{_LETTER})"
    )
    return lambda text: pattern.sub(lambda match: words[match.group()], text)
