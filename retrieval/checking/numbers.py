"""The numbers of a text, written in digits of any script or in words."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.language.normalise import search_form

# Not the digits of a name, a version or an address: P2P, 3.5.1, v2ray.
_NUMBER = re.compile(r"(?<![\w.@/\-٫٬])(\d+(?:[,٬]\d{3})+|\d+)(?:[.٫/](\d+))?(?!\w*[a-z@])(?!\.\d)")
_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, float], dict[str, float]]:
    file = resources.files("retrieval.checking").joinpath("data/numbers.yaml")
    data = yaml.safe_load(file.read_text("utf-8"))
    words = {search_form(word): float(n) for part in ("en", "fa") for word, n in data[part].items()}
    return words, {search_form(word): float(n) for word, n in data["scales"].items()}


def numbers_of(text: str) -> tuple[float, ...]:
    """Return the numbers that ``text`` states, repeats kept: "40 million" is 40000000.

    ``text`` has had its dates taken out. A number word that is also another word is left out.
    """
    words, scales = _data()
    form = search_form(text)
    found: list[float] = []
    taken: set[int] = set()
    for match in _NUMBER.finditer(form):
        whole = re.sub("[,٬]", "", match.group(1))
        value = float(f"{whole}.{match.group(2)}") if match.group(2) else float(whole)
        after = _WORD.match(form, match.end() + (form[match.end() : match.end() + 1] == " "))
        if after and after.group() in scales:
            value *= scales[after.group()]
            taken.add(after.start())
        found.append(value)
    spelt = [(m.start(), m.group()) for m in _WORD.finditer(form)]
    for place, (start, word) in enumerate(spelt):
        if word in words and start not in taken:
            following = spelt[place + 1][1] if place + 1 < len(spelt) else ""
            found.append(words[word] * scales.get(following, 1))
    return tuple(found)
