"""Real sentences in Persian and English, to make passages of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from retrieval.language.detect import is_persian_script

# A sentence is long enough to say something and short enough not to be a table or a listing.
SHORTEST, LONGEST = 6, 45
# What interface strings and markup hold and prose does not.
_MARKUP = re.compile(r"[<>{}%$\\_|`=]|https?:")
_SUFFIXES = (".tsv", ".txt")


def read_lines(folder: Path) -> Iterator[str]:
    """Yield every field of every line of the text files (``.tsv``, ``.txt``) under ``folder``, in
    the order of their names; raise ``ValueError`` where there is none."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES)
    if not paths:
        raise ValueError(f"{folder} holds no text ({', '.join(_SUFFIXES)}): name a folder of text.")
    for path in paths:
        with path.open(encoding="utf-8", errors="ignore") as lines:
            for line in lines:
                yield from line.rstrip("\n").split("\t")


def sentences(texts: Iterable[str], most: int) -> dict[str, list[str]]:
    """Return prose out of ``texts`` by language ("fa", "en"), at most ``most`` of each, none twice,
    in the order it came: neighbours speak of the same matter.

    Where there is more, blocks of neighbours are left out all over, by a hash of their place.
    """
    found: dict[str, dict[str, None]] = {"fa": {}, "en": {}}
    for text in texts:
        text = " ".join(text.split())
        if SHORTEST <= len(text.split()) <= LONGEST and not _MARKUP.search(text):
            found["fa" if is_persian_script(text) else "en"].setdefault(text)
    return {language: _thinned(list(own), most) for language, own in found.items()}


def _thinned(texts: list[str], most: int, block: int = 40) -> list[str]:
    if len(texts) <= most:
        return texts
    starts = sorted(range(0, len(texts), block), key=_chance)[: max(1, most // block)]
    return [text for start in sorted(starts) for text in texts[start : start + block]][:most]


def _chance(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()
