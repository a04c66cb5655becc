"""The names of a text: those known in both languages, and other words in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.checking.calendar import is_month
from retrieval.checking.spelling import is_named, sounds_like
from retrieval.knowledge.shared_files import Term
from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import HALF_SPACE, search_form
from retrieval.language.words import stems, stop_words, surface_words

# A word that a text writes as a name: with a capital, inner capitals, digits or dots.
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.'’+-][A-Za-z0-9]+)*\+?")
_TOOL = re.compile(r"\b(?:app|messenger|browser|VPN|tool|network|proxy|program|system|site)\b")
_ENDINGS = "s es ی یی ها های هایی هایش هایشان تان مان شان یتان ش م".split()
_OPENING = re.compile(r"(?:^|[.!?:;؟؛…\n])[\s\"'“«(-]*$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: ``known`` names with the ids of whom they may mean, ``others`` that are
    not known, and ``meant``, the ids of all that it mentions in any way."""

    known: Mapping[str, frozenset[str]]
    others: frozenset[str]
    meant: frozenset[str]


class Names:
    """Finds the names of texts: the ones of the data file, and those of ``terms``, the glossary.

    A term's forms are names where they are written with capitals, or sound like one that is; its
    other forms ("the operator") only count as a mention of it.
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._names: dict[str, set[str]] = {}
        self._mentions: dict[str, set[str]] = {}
        self._tools: set[str] = set()
        self.groups: dict[str, int] = {}
        self._longest = 1
        for names in _data()["names"]:
            for form in names:
                self._add(form, f"name:{names[0]}", is_name=True)
        for number, term in enumerate(terms):
            if _TOOL.search(term.definition.get("en", "")):
                self._tools.add(term.id)
            spelt = [form for form in term.en if form[:1].isupper()]
            own = spelt if term.en and term.en[0] in spelt else []
            for form in (*term.en, *term.fa):
                is_name = form in spelt or any(sounds_like(form, _proper(o)) for o in own)
                self._add(form, term.id, is_name)
                if not is_name and len(words := surface_words(form)) == 1:
                    for stem in stems(words[0])[:1]:
                        self.groups.setdefault(stem, number)
            if term.fa and term.en and " " in term.fa[0] and term.en[0].istitle():
                self._add(term.fa[0], term.id, is_name=True)

    def is_tool(self, ids: Iterable[str]) -> bool:
        """Return whether one of ``ids`` is a tool or platform, rather than somebody."""
        return not self._tools.isdisjoint(ids)

    def of(self, text: str) -> Named:
        """Return the names in ``text``."""
        words = surface_words(text)
        capital = None if is_persian_script(text) else _capitalised(text)
        others = frozenset(_latin_names(text))
        known: dict[str, frozenset[str]] = {}
        meant: set[str] = set()
        for piece, form in self._pieces(words):
            meant |= self._mentions[form]
            for word in piece if len(piece) > 1 else ():
                meant |= self._mentions.get(_joined([word]), set())
            written = form in self._names and (capital is None or capital.intersection(piece))
            if written or (form not in _doubtful() and others.intersection(piece)):
                known[" ".join(piece)] = frozenset(self._mentions[form])
            others -= frozenset(piece)
        return Named(known, others, frozenset(meant))

    def _pieces(self, words: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
        """Yield the runs of ``words`` that are a known form, the longest first, and that form."""
        at = 0
        while at < len(words):
            step = 1
            for size in range(min(self._longest, len(words) - at), 0, -1):
                piece = words[at : at + size]
                form = next((f for f in _forms_of(piece) if f in self._mentions), None)
                if form is not None:
                    yield piece, form
                    step = size
                    break
            at += step

    def _add(self, form: str, owner: str, is_name: bool) -> None:
        words = surface_words(form)
        key = _joined(words)
        if len(key) < 2 or (len(words) == 1 and words[0] in stop_words()):
            return
        self._mentions.setdefault(key, set()).add(owner)
        self._longest = max(self._longest, len(words))
        if is_name and key not in _doubtful():
            self._names.setdefault(key, set()).add(owner)


@lru_cache(maxsize=1)
def _data() -> dict[str, list[Any]]:
    file = resources.files("retrieval.checking").joinpath("data/names.yaml")
    data: dict[str, list[Any]] = yaml.safe_load(file.read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _doubtful() -> frozenset[str]:
    return frozenset(_joined(surface_words(word)) for word in _data()["doubtful"])


def _proper(name: str) -> str:
    """Return ``name`` without what it is: "Gap messenger" is Gap."""
    return " ".join(word for word in name.split() if not word.islower())


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
        if len(form) < 2 or form in stop_words() or is_month(form):
            continue
        odd = any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)
        opens = bool(_OPENING.search(text[: match.start()]))
        if persian or odd or (word[0].isupper() and not opens):
            yield form


def missing(named: Named, meant: frozenset[str], surfaces: frozenset[str]) -> list[str]:
    """Return the names of ``named`` that a source does not bear, which mentions ``meant`` and holds
    the words ``surfaces``."""
    known = [
        words
        for words, ids in named.known.items()
        if ids.isdisjoint(meant) and not surfaces.issuperset(words.split())
    ]
    return [*known, *(name for name in sorted(named.others) if not is_named(name, surfaces))]


def _joined(words: Sequence[str]) -> str:
    """Return ``words`` as one, so that every spacing of a name is the same."""
    return "".join(word.replace("’", "'").removesuffix("'s") for word in words).replace(
        HALF_SPACE, ""
    )


def _forms_of(words: Sequence[str]) -> Iterator[str]:
    """Yield ``words`` as one, as they stand and without an ending of the last."""
    whole = _joined(words)
    yield whole
    for ending in _ENDINGS:
        if whole.endswith(ending) and len(whole) - len(ending) > 2:
            yield whole.removesuffix(ending)
