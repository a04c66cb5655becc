"""A sentence to its clauses, and what each of them says that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.checking.calendar import Date, dates_of
from retrieval.checking.cues import Cue, cues_of
from retrieval.checking.numbers import numbers_of
from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import search_form
from retrieval.language.words import stems, stop_words, surface_words

# A clause that says less than this many words of content stays with its neighbour.
_LEAST = 3
_BREAK = re.compile(
    r"(?<=[^\d\s])[,،](?=\s)|[;؛:()«»“”\"]|\s[–—-]\s"
    r"|\s(?=(?:and|but|or|because|while|which|who|that|if|when|unless|so|then|although|after|before"
    r"|و|ولی|اما|یا|چون|زیرا|که|اگر|وقتی|مگر|تا|پس|سپس|بعد|هرچند)\s)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of content: its surface in search form, its stems, and its number in the clause."""

    surface: str
    stems: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says: its words of content, small words that turn or strengthen it, figures."""

    text: str
    words: tuple[str, ...]
    content: tuple[Word, ...]
    cues: tuple[Cue, ...]
    numbers: frozenset[float]
    dates: tuple[Date, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for word in self.content for stem in word.stems)


def read_clause(text: str) -> Clause:
    """Return what ``text`` says, taken as one clause."""
    dates, dateless = dates_of(text)
    words = surface_words(text)
    cues = cues_of(words)
    small = {cue.at + step for cue in cues for step in range(cue.size)}
    skip = stop_words()
    content = tuple(
        Word(word, found, at)
        for at, word in enumerate(words)
        if at not in small and word not in skip and not word[0].isdigit() and len(word) > 1
        if (found := tuple(s for s in stems(word) if s and s not in skip))
    )
    return Clause(text, tuple(words), content, tuple(cues), numbers_of(dateless), dates)


def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """Return the clauses of ``sentence``: cut at its punctuation and conjunctions, each long enough
    to say something by itself."""
    pieces: list[str] = []
    start = 0
    for match in _BREAK.finditer(sentence):
        pieces.append(sentence[start : match.start()])
        start = match.start() if match.group().isspace() else match.end()
    pieces.append(sentence[start:])
    joined: list[str] = []
    for piece in pieces:
        if joined and (_size(piece) < _LEAST or _size(joined[-1]) < _LEAST):
            joined[-1] = f"{joined[-1]} {piece.strip()}"
        else:
            joined.append(piece.strip())
    return tuple(read_clause(piece) for piece in joined if piece)


def _size(piece: str) -> int:
    skip = stop_words()
    return sum(1 for word in surface_words(piece) if word not in skip and len(word) > 1)


def is_persian(text: str) -> bool:
    """Return whether ``text`` is a Persian statement, though it may name things in Latin."""
    return is_persian_script(text)


def form(text: str) -> str:
    """Return ``text`` in the form in which words are compared."""
    return search_form(text)
