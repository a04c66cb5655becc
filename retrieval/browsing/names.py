"""What somebody means by a name: spelt in either script, in Finglish, misspelt, or near enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.language.finglish import Lexicon, to_persian
from retrieval.language.normalise import search_form
from retrieval.language.words import stems, surface_words

# A short name has too many neighbours to guess from; a long one may hold two slips.
SHORTEST, LONG = 4, 8
MOST_NEAR = 5
# Letters that are looked at. All runs of a text's words are tried: in a text of thousands of words
# that would take hours, and nobody names anything so.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Found:
    """The ids that a name stands for, and those it is near to where it stands for none."""

    exact: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class Names:
    """Finds ids by their names, however spaced."""

    def __init__(self, names: Mapping[str, Iterable[str]], lexicon: Lexicon) -> None:
        """``names`` are all names of each id; ``lexicon`` reads Finglish."""
        self._lexicon = lexicon
        self._ids: dict[str, dict[str, None]] = {}
        self._words: set[str] = set()
        for name_id, forms in names.items():
            for form in forms:
                words = surface_words(form)
                if words:
                    self._words.update(words)
                    self._ids.setdefault(_joined(words), {})[name_id] = None

    def find(self, text: str) -> Found:
        """Return what ``text`` names: as a whole, else in part, else nearly. Of a long text only
        the beginning is looked at."""
        text = text[:LONGEST]
        words = surface_words(text)
        persian = surface_words(to_persian(text, self._lexicon, frozenset(self._words)))
        for spelt in (words, persian):
            if exact := self._within(spelt):
                return Found(exact)
        near: dict[str, None] = {}
        for spelt in (words, persian):
            for form in (_joined(spelt), *(_joined([word]) for word in spelt)):
                near |= self._near(form)
        return Found((), tuple(near)[:MOST_NEAR])

    def _within(self, words: list[str]) -> tuple[str, ...]:
        """Return the ids of the longest run of ``words`` that is a name."""
        joined = [_joined([word]) for word in words]
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                found = self._ids.get("".join(joined[start : start + size]))
                if found:
                    return tuple(found)
        return ()

    def _near(self, form: str) -> dict[str, None]:
        if len(form) < SHORTEST:
            return {}
        slips = 2 if len(form) >= LONG else 1
        matches = process.extract(
            form, list(self._ids), scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR
        )
        found: dict[str, None] = {}
        for match, _, _ in matches:
            if len(match) >= SHORTEST:
                found |= self._ids[match]
        return found


def _joined(words: Iterable[str]) -> str:
    """Return ``words`` without spaces, half-spaces and endings: one form for all spacings."""
    return "".join(stems(search_form(word))[0] for word in words)
