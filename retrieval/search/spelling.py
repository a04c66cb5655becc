"""Misspelt words, set right by the words of the knowledge folder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.language.normalise import HALF_SPACE, search_form
from retrieval.language.words import stop_words

# A short word has too many neighbours to guess from; a long one may hold two slips.
SHORTEST, LONG = 5, 9
# Said at the end of a Persian word: «گوشیو», «امنه», «کتابا», «خونم».
_ENDINGS = frozenset("واهمتشی")
_WORD = re.compile(f"[^\\W_]+(?:[{HALF_SPACE}'’][^\\W_]+)*")
_LETTERS_ONLY = re.compile(f"[^\\W\\d_]+(?:{HALF_SPACE}[^\\W\\d_]+)*")


class Speller:
    """Proposes the known word nearest to an unknown one, by optimal string alignment distance."""

    def __init__(self, known: frozenset[str], is_known: Callable[[str], bool]) -> None:
        """``known`` are the words to choose from; ``is_known`` says whether a word needs none."""
        # By first letter: hardly anybody slips there, and a word that differs there is another.
        self._choices: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known):
            if len(word) >= SHORTEST - 1 and _LETTERS_ONLY.fullmatch(word):
                self._choices[word[0]].append(word)
        self._is_known = is_known
        self._known = known

    def corrected(self, text: str) -> str:
        """Return ``text`` with its unknown words replaced by near known ones, in search form; all
        else stays as it was written, which is what the encoder knows best."""
        return _WORD.sub(self._written, text)

    def _written(self, match: re.Match[str]) -> str:
        written = match.group()
        word = search_form(written)
        right = self._right(word)
        return written if right == word else right

    def _right(self, word: str) -> str:
        if len(word) < SHORTEST or not _LETTERS_ONLY.fullmatch(word):
            return word
        if word in stop_words() or word in self._known:
            return word
        # Before its stem is looked at: half a doubled letter is easily taken for an ending.
        for at in range(1, len(word)):
            if word[at] == word[at - 1] and (single := word[:at] + word[at + 1 :]) in self._known:
                return single
        if self._is_known(word):
            return word
        found = self._nearest(word)
        if found is None and word[-1] in _ENDINGS and len(word) > SHORTEST:
            found = self._nearest(word[:-1])
        return found or word

    def _nearest(self, word: str) -> str | None:
        choices = self._choices.get(word[0], ())
        most = 2 if len(word) >= LONG else 1
        found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=most)
        return found[0] if found else None
