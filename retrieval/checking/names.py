"""The names of a text: terms of the glossary in both languages, and words in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from retrieval.knowledge.shared_files import Term
from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import search_form
from retrieval.language.words import stems, stop_words, surface_words

# A word that a text writes as a name: with a capital, inner capitals, digits or dots.
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.'’+-][A-Za-z0-9]+)*\+?")
_TOOL = re.compile(r"\b(?:app|messenger|browser|VPN|tool|network|proxy|program|system|site)\b")
# How alike (percent) two spellings of a name across scripts must sound.
_SOUNDS_LIKE = 72


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: ids of ``terms`` with the words they were found by, and other names."""

    terms: Mapping[str, str]
    others: frozenset[str]


class Names:
    """Finds the names of texts; ``terms`` are those of the folder's glossary."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._forms: dict[str, str] = {}
        self._proper: dict[str, bool] = {}
        self.groups: dict[str, int] = {}
        self._longest = 1
        for number, term in enumerate(terms):
            proper = bool(term.en) and term.en[0][:1].isupper()
            if proper:
                self._proper[term.id] = bool(_TOOL.search(term.definition.get("en", "")))
            for form in (*term.fa, *term.en):
                words = surface_words(form)
                if not words:
                    continue
                if proper and not (len(words) == 1 and words[0] in stop_words()):
                    self._forms.setdefault(_joined(words), term.id)
                    self._longest = max(self._longest, len(words))
                elif len(words) == 1:
                    for stem in stems(words[0])[:1]:
                        self.groups.setdefault(stem, number)

    def is_tool(self, term: str) -> bool:
        """Return whether the term of that id is a tool or platform, rather than somebody."""
        return self._proper.get(term, False)

    def of(self, text: str) -> Named:
        """Return the names in ``text``."""
        words = surface_words(text)
        found: dict[str, str] = {}
        taken: set[str] = set()
        at = 0
        while at < len(words):
            step = 1
            for size in range(min(self._longest, len(words) - at), 0, -1):
                term = self._forms.get(_joined(words[at : at + size]))
                if term is not None:
                    found[term] = " ".join(words[at : at + size])
                    taken.update(words[at : at + size])
                    step = size
                    break
            at += step
        return Named(found, frozenset(_latin_names(text)) - taken)


def _latin_names(text: str) -> Iterable[str]:
    """Yield, in search form, the words of ``text`` that are written as names.

    In Persian every Latin word is one; in English those with a capital that does not open a
    sentence, and those with inner capitals or digits.
    """
    persian = is_persian_script(text)
    for match in _LATIN.finditer(text):
        word = match.group()
        form = search_form(word).replace("’", "'").removesuffix("'s")
        if len(form) < 2 or form in stop_words():
            continue
        opens = not text[: match.start()].rstrip(" \"'“«(").strip() or text[
            : match.start()
        ].rstrip().endswith((".", "!", "?", ":", "؟", "…"))
        odd = any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)
        if persian or odd or (word[0].isupper() and not opens):
            yield form


def is_named(name: str, words: frozenset[str]) -> bool:
    """Return whether ``words`` (in search form) hold ``name``, in its own or the other script."""
    if name in words:
        return True
    parts = re.split(r"[.'+-]", name)
    if len(parts) > 1 and all(part in words for part in parts if len(part) > 1):
        return True
    stem = stems(name)[:1]
    if any(stems(word)[:1] == stem for word in words):
        return True
    skeleton = _skeleton(name)
    return len(skeleton) > 2 and any(
        fuzz.ratio(skeleton, _skeleton(word)) >= _SOUNDS_LIKE
        for word in words
        if is_persian_script(word) != is_persian_script(name)
    )


# How Persian letters sound in Latin ones; a dash is a vowel or nothing.
_SOUNDS = dict(
    zip("بپتثجچحخدذرزژسشصضطظعغفقکگلمنهیو", "bptsjchkdzrzzsssztz-kfkkglmnh-v", strict=True)
)
_LATIN_SOUNDS = (
    ("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("x", "ks"), ("q", "k"), ("w", "v"), ("zh", "z"), ("ck", "k"), ("c", "k"),
)  # fmt: skip


def _skeleton(word: str) -> str:
    """Return the consonants of a name as they sound, in Latin letters."""
    if is_persian_script(word):
        sounds = "".join(_SOUNDS.get(letter, "") for letter in word)
    else:
        sounds = word
        for spelt, sound in _LATIN_SOUNDS:
            sounds = sounds.replace(spelt, sound)
    consonants = re.sub("[aeiouy-]", "", sounds)
    return re.sub(r"(.)\1", r"\1", consonants)


def _joined(words: list[str]) -> str:
    return "".join((stems(word) or [word])[0] for word in words)
