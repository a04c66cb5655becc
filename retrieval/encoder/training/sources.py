"""Pairs out of openly licensed guides that exist in English and in Persian or Arabic."""

import json
import re
from pathlib import Path

from retrieval.encoder.training.pairs import Pair, clean, is_usable

_LANGUAGES = ("fa", "ar")
_MAX_CHARACTERS = 900


def read_sources(folder: Path) -> list[Pair]:
    """The usable pairs of the Psiphon site, the Ceno manual and the Delta Chat help under `folder`.

    Raises FileNotFoundError when one of them is not there.
    """
    pairs = []
    for language in _LANGUAGES:
        pairs += _psiphon(folder / "psiphon-website" / "_locales", language)
        pairs += _ceno(folder / "ceno-docs" / "user-manual" / language)
    pairs += _delta_chat(folder / "deltachat-pages")
    cleaned = (
        Pair(clean(pair.english)[:_MAX_CHARACTERS], clean(pair.other)[:_MAX_CHARACTERS])
        for pair in pairs
    )
    return [pair for pair in cleaned if is_usable(pair)]


def _psiphon(folder: Path, language: str) -> list[Pair]:
    english = json.loads((folder / "en" / "messages.json").read_text(encoding="utf-8"))
    other = json.loads((folder / language / "messages.json").read_text(encoding="utf-8"))
    return [
        Pair(english[key]["message"], other[key]["message"])
        for key in english
        if key in other and english[key]["message"] != other[key]["message"]
    ]


_ENTRY = re.compile(r'^msgid ((?:".*"\s*)+)^msgstr ((?:".*"\s*)+)', re.MULTILINE)
_QUOTED = re.compile(r'"(.*)"')


def _ceno(folder: Path) -> list[Pair]:
    pairs = []
    for path in sorted(folder.rglob("*.po")):
        for entry in _ENTRY.finditer(path.read_text(encoding="utf-8")):
            english, other = (_unquoted(part) for part in entry.groups())
            if english and other:
                pairs.append(Pair(english, other))
    return pairs


def _unquoted(lines: str) -> str:
    return "".join(_QUOTED.findall(lines)).replace('\\"', '"').replace("\\n", " ")


_HEADING = re.compile(r"^#{2,4} +(.*?) *\{#([\w-]+)\} *$", re.MULTILINE)


def _delta_chat(folder: Path) -> list[Pair]:
    english = _sections((folder / "en" / "help.md").read_text(encoding="utf-8"))
    other = _sections((folder / "fa" / "help.md").read_text(encoding="utf-8"))
    pairs = []
    for anchor in english.keys() & other.keys():
        pairs += [Pair(*both) for both in zip(english[anchor], other[anchor], strict=True)]
    return sorted(pairs, key=lambda pair: pair.english)


def _sections(markdown: str) -> dict[str, tuple[str, str]]:
    """Heading and beginning of the text of every section that has an anchor."""
    parts = _HEADING.split(markdown)[1:]
    return {
        anchor: (heading, body) for heading, anchor, body in zip(*[iter(parts)] * 3, strict=True)
    }
