"""Which texts are nearly the same: shared runs of words, addresses and titles.

Runs of five words are compared as sets (Broder, "On the resemblance and containment of documents",
1997). Of every text about a fourth of the runs is kept, chosen by their hash, so that the same
ones are kept everywhere and the share that two texts have in common can still be told.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from retrieval.drafts.links import untracked
from retrieval.knowledge.documents import Document
from retrieval.language.normalise import search_form

RUN = 5  # words
NEAR = 0.5  # share of the shorter text's runs from which two texts are near-duplicates
FEWEST = 6  # kept runs; two texts that share fewer (some 25 words) are not called alike
_KEPT = 4  # one run in so many
_TITLE_WORDS = 4
_KNOWLEDGE = "knowledge: "
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """``other`` (a file) is like a text; ``how`` says in which way."""

    other: str
    how: str

    def to_json(self) -> dict[str, str]:
        """Return the likeness as the report prints it."""
        return asdict(self)


class Likenesses:
    """Texts seen so far, and the documents of the knowledge folder."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._sizes: dict[str, int] = {}
        self._holders: dict[int, list[str]] = defaultdict(list)
        self._addresses: dict[str, str] = {}
        self._titles: list[tuple[frozenset[str], str]] = []
        for document in documents:
            name = _KNOWLEDGE + document.id
            blocks = (block.text for section in document.sections for block in section.blocks)
            self._keep(name, "\n".join(blocks), None, None)
            for source in document.header.sources:
                self._keep(name, "", source.title, source.url)

    def add(self, name: str, text: str, title: str | None, url: str | None) -> list[Likeness]:
        """Return what is like the text called ``name``, and remember it for those that follow."""
        found: dict[str, str] = {}
        own = _title_words(title)
        if len(own) >= _TITLE_WORDS:
            for known, other in self._titles:
                # A document may name its source more fully, with the author's name.
                if own == known or (other.startswith(_KNOWLEDGE) and (own < known or known < own)):
                    found[other] = "same title"
        there = self._addresses.get(_address(url)) if url else None
        if there is not None:
            found[there] = "same address"
        runs = _runs(text)
        shared = Counter(holder for run in runs for holder in self._holders.get(run, ()))
        for other, count in shared.items():
            share = count / min(len(runs), self._sizes[other])
            if share >= NEAR and count >= FEWEST:
                found[other] = f"{share:.0%} of the shorter one's runs of {RUN} words"
        self._keep(name, runs, title, url)
        return sorted(Likeness(other, how) for other, how in found.items())

    def _keep(
        self, name: str, text: str | frozenset[int], title: str | None, url: str | None
    ) -> None:
        runs = _runs(text) if isinstance(text, str) else text
        if runs:
            self._sizes[name] = len(runs)
        for run in runs:
            self._holders[run].append(name)
        if url:
            self._addresses.setdefault(_address(url), name)
        if len(words := _title_words(title)) >= _TITLE_WORDS:
            self._titles.append((words, name))


def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(search_form(text))
    joined = zip(*(words[start:] for start in range(RUN)), strict=False)
    runs = (zlib.crc32(" ".join(run).encode()) for run in joined)
    return frozenset(run for run in runs if run % _KEPT == 0)


def _title_words(title: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall(search_form(title or "")))


def _address(url: str) -> str:
    """Return what two addresses of one page have in common."""
    bare = untracked(url).partition("#")[0].partition("://")[2]
    return bare.removeprefix("www.").rstrip("/").lower()
