"""Messages in languages that are not spoken here, so that people can be told so in their own.

Persian is written by many with Arabic keyboards, so letters alone prove little: ي, ك and ة are no
sign of Arabic. A message counts as another language only where several of its words are that
language's own, by words Persian does not have or by letters it never uses, and few are Persian.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

# So many words must be the other language's, and so large a share of all words.
LEAST_WORDS, LEAST_SHARE = 2, 0.3
# A message of one or two words needs all of them.
SHORT = 2
_WORD = re.compile(r"[^\W\d_]+(?:[\u200c'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Signs:
    letters: frozenset[str]
    words: frozenset[str]

    def marks(self, word: str) -> bool:
        return word in self.words or any(letter in self.letters for letter in word)


@lru_cache(maxsize=1)
def _data() -> tuple[Mapping[str, _Signs], frozenset[str]]:
    text = resources.files("retrieval.language").joinpath("data/others.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    languages = {
        code: _Signs(frozenset(signs.get("letters", "")), frozenset(signs["words"]))
        for code, signs in loaded["languages"].items()
    }
    return languages, frozenset(loaded["spoken_here"])


def language_codes() -> tuple[str, ...]:
    """Return the codes (ISO 639) of the languages that are recognised."""
    return tuple(_data()[0])


def other_language(text: str) -> str | None:
    """Return the code of the language of ``text`` where it is one of those recognised and surely
    neither Persian nor English, else None."""
    # NFC keeps ي and ك as they were typed; case is folded without Turkish rules, so İ becomes i.
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower().replace("i\u0307", "i"))
    if not words:
        return None
    languages, ours = _data()
    own = sum(word in ours for word in words)
    counts = {code: sum(map(signs.marks, words)) for code, signs in languages.items()}
    code = max(counts, key=lambda each: counts[each])
    needed = len(words) if len(words) <= SHORT else max(LEAST_WORDS, LEAST_SHARE * len(words))
    return code if counts[code] >= needed and counts[code] > 2 * own else None
