"""What a maintainer must look at before using a text: things aimed at a machine or at a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.drafts.links import ADDRESS, is_shortened, untracked
from retrieval.drafts.source import Flag, FlagKind, shortened
from retrieval.language.normalise import HALF_SPACE, search_form

_BEFORE, _AFTER = 20, 40  # characters of an excerpt around what was found
# Zero-width spaces, joiners and fillers; direction overrides; tags, which spell hidden ASCII.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_REORDERING = re.compile("[\u202d\u202e]")
# Joiners belong to Persian words and to emoji; between Latin letters they hide something.
_LATIN_JOINED = re.compile("(?<=[A-Za-z0-9])[\u200c\u200d]+(?=[A-Za-z0-9])")
_BASE64 = re.compile(r"(?<![\w+/=:.-])[A-Za-z0-9+/_-]{80,}={0,2}(?![\w+/=-])")
_DATA_ADDRESS = re.compile(r"\bdata:[\w.+-]+/[\w.+-]+[;,]\S{0,40}", re.I)
_ESCAPES = re.compile(r"(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}){12,}")
_E_MAIL = re.compile(
    r"(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63})+"
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00?|۰۰?)[1-9۱-۹](?:[\s().-]?[0-9۰-۹]){7,13}(?![\w-])")


def seen(text: str) -> str:
    """Return ``text`` without characters that nobody sees and that turn the direction round."""
    return _LATIN_JOINED.sub("", _OVERRIDES.sub("", _UNSEEN.sub("", text)))


def character_flags(text: str) -> tuple[Flag, ...]:
    """Return the flags for what is hidden in the characters of a file as it came.

    One byte order mark at the start is not hidden text, and marks and isolates that only keep a
    Latin name in place are not either; overrides are.
    """
    text = text.removeprefix("\ufeff")
    found = []
    for pattern in (_UNSEEN, _REORDERING, _LATIN_JOINED):
        matches = list(pattern.finditer(text))
        if matches:
            kinds = sorted({_name(character) for match in matches for character in match.group()})
            around = _around(text, matches[0].start(), matches[0].end())
            found.append(
                Flag("hidden-characters", f"{len(matches)} × {', '.join(kinds)}: {around}")
            )
    spelled = "".join(chr(ord(c) - 0xE0000) for c in text if "\U000e0020" <= c <= "\U000e007e")
    if spelled:
        found.append(Flag("hidden-text", shortened(spelled)))
    return tuple(found)


def text_flags(text: str) -> tuple[Flag, ...]:
    """Return the flags for what ``text`` says: to a model, in code, or about a person."""
    found: list[Flag] = []
    found += _instructions(text)
    found += _addresses(text)
    found += _each("encoded-data", text, _BASE64, _looks_encoded)
    found += _each("encoded-data", text, _DATA_ADDRESS)
    found += _each("encoded-data", ADDRESS.sub(" ", text), _ESCAPES)
    found += _each("personal-data", text, _E_MAIL)
    found += _each("personal-data", ADDRESS.sub(" ", text), _PHONE)
    return tuple(dict.fromkeys(found))


def tracking_flags(text: str) -> tuple[Flag, ...]:
    """Return a flag for each address of ``text`` (as it came) that tells on who follows it."""
    found = (match.group().rstrip(".,;:!?") for match in ADDRESS.finditer(text))
    return tuple(
        dict.fromkeys(
            Flag("tracking", shortened(address, 120))
            for address in found
            if untracked(address) != address
        )
    )


def without_tracking(text: str) -> str:
    """Return ``text`` with its addresses cleaned of what tells on who follows them."""
    return ADDRESS.sub(lambda match: untracked(match.group()), text)


def _instructions(text: str) -> Iterator[Flag]:
    for line in text.split("\n"):
        form = search_form(line).replace(HALF_SPACE, " ").replace("'", " ").replace("’", " ")
        match = _speaking_to_a_model().search(form)
        if match:
            yield Flag("instructions-to-a-model", _around(form, match.start(), match.end()))


def _addresses(text: str) -> Iterator[Flag]:
    for match in ADDRESS.finditer(text):
        if is_shortened(match.group()):
            yield Flag("short-link", match.group().rstrip(".,;:!?"))


def _each(
    kind: FlagKind,
    text: str,
    pattern: re.Pattern[str],
    fits: Callable[[str], bool] = bool,
) -> Iterator[Flag]:
    for match in pattern.finditer(text):
        if fits(match.group()):
            yield Flag(kind, shortened(match.group()))


def _looks_encoded(run: str) -> bool:
    """Whether a run of letters and digits is base64 and no path, fingerprint or key in hex."""
    kinds = (str.isupper, str.islower, str.isdigit)
    mixed = all(any(kind(character) for character in run) for kind in kinds)
    return mixed and run.count("/") + run.count("-") + run.count("_") < len(run) / 12


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


def _around(text: str, start: int, end: int) -> str:
    part = text[max(start - _BEFORE, 0) : end + _AFTER]
    return shortened(seen(part), 120)


@lru_cache(maxsize=1)
def _speaking_to_a_model() -> re.Pattern[str]:
    file = resources.files("retrieval.drafts").joinpath("data/suspicious.yaml")
    patterns: list[str] = yaml.safe_load(file.read_text("utf-8"))["instructions"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
