"""The names of a text: those known in both languages, and other words in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.checking.spelling import is_named
from retrieval.knowledge.shared_files import Term
from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import search_form
from retrieval.language.words import stems, stop_words, surface_words

# A word that a text writes as a name: with a capital, inner capitals, digits or dots.
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.'’+-][A-Za-z0-9]+)*\+?")
_TOOL = re.compile(r"\b(?:app|messenger|browser|VPN|tool|network|proxy|program|system|site)\b")
_OPENING = re.compile(r"(?:^|[.!?:;؟؛…\n])[\s\"'“«(-]*$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: for each known name the words it was found by and whom they may mean, and
    names that are not known."""

    known: Mapping[str, frozenset[str]]
    others: frozenset[str]

    @property
    def meant(self) -> frozenset[str]:
        return frozenset(one for ids in self.known.values() for one in ids)


class Names:
    """Finds the names of texts: the ones of the data file, and those of ``terms``, the glossary."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._forms: dict[str, set[str]] = {}
        self._tools: set[str] = set()
        self.groups: dict[str, int] = {}
        self._longest = 1
        for names in _gazetteer():
            for form in names:
                self._add(form, f"name:{names[0]}")
        for number, term in enumerate(terms):
            proper = bool(term.en) and term.en[0][:1].isupper()
            if proper and _TOOL.search(term.definition.get("en", "")):
                self._tools.add(term.id)
            for form in (*term.fa, *term.en):
                if proper or form[:1].isupper():
                    self._add(form, term.id)
                elif len(words := surface_words(form)) == 1:
                    for stem in stems(words[0])[:1]:
                        self.groups.setdefault(stem, number)

    def is_tool(self, ids: Iterable[str]) -> bool:
        """Return whether one of ``ids`` is a tool or platform, rather than somebody."""
        return not self._tools.isdisjoint(ids)

    def of(self, text: str) -> Named:
        """Return the names in ``text``."""
        words = surface_words(text)
        capital = None if is_persian_script(text) else _capitalised(text)
        found: dict[str, frozenset[str]] = {}
        taken: set[str] = set()
        at = 0
        while at < len(words):
            step = 1
            for size in range(min(self._longest, len(words) - at), 0, -1):
                ids = self._forms.get(_joined(words[at : at + size]))
                if ids and (capital is None or capital.intersection(words[at : at + size])):
                    found[" ".join(words[at : at + size])] = frozenset(ids)
                    taken.update(words[at : at + size])
                    step = size
                    break
            at += step
        return Named(found, frozenset(_latin_names(text)) - taken)

    def _add(self, form: str, owner: str) -> None:
        words = surface_words(form)
        if words and not (len(words) == 1 and (words[0] in stop_words() or len(words[0]) < 2)):
            self._forms.setdefault(_joined(words), set()).add(owner)
            self._longest = max(self._longest, len(words))


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[tuple[str, ...], ...]:
    file = resources.files("retrieval.checking").joinpath("data/names.yaml")
    return tuple(tuple(map(str, names)) for names in yaml.safe_load(file.read_text("utf-8")))


def _capitalised(text: str) -> set[str]:
    return {
        part
        for word in _LATIN.findall(text)
        if any(c.isupper() for c in word)
        for part in surface_words(word)
    } | {word for word in surface_words(text) if is_persian_script(word)}


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
        odd = any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)
        opens = bool(_OPENING.search(text[: match.start()]))
        if persian or odd or (word[0].isupper() and not opens):
            yield form


def missing(named: Named, meant: frozenset[str], surfaces: frozenset[str]) -> list[str]:
    """Return the names of ``named`` that a source does not bear, which names ``meant`` and holds the
    words ``surfaces``."""
    known = [
        words
        for words, ids in named.known.items()
        if ids.isdisjoint(meant) and not surfaces.issuperset(words.split())
    ]
    return [*known, *(name for name in sorted(named.others) if not is_named(name, surfaces))]


def _joined(words: list[str]) -> str:
    return "".join((stems(word) or [word])[0] for word in words)
