"""A sentence to its clauses, and what each of them says that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.checking.calendar import Date, dates_of
from retrieval.checking.cues import Cue, cues_of, is_negated_verb, verb_base
from retrieval.checking.emptiness import empty_words, is_light_verb
from retrieval.checking.numbers import numbers_of
from retrieval.language.words import stems, stop_words, surface_words

# A clause that says less than this many words of content stays with its neighbour.
_LEAST = 3
_BREAK = re.compile(
    r"(?<=[^\d\s])[,،](?=\s)|[;؛:]|\s[–—-]\s"
    r"|\s(?=(?:and|but|because|while|if|when|unless|although|then|so that"
    r"|و|ولی|اما|چون|زیرا|اگر|وقتی|مگر|سپس|هرچند)\s)"
)


# Cues of these kinds say nothing by themselves; the others are words of content as well.
_SMALL = frozenset(
    {"not", "universal", "never", "only", "most", "some", "may", "condition", "except"}
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
    numbers: tuple[float, ...]
    dates: tuple[Date, ...]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for word in self.content for stem in word.stems)


def read_clause(text: str) -> Clause:
    """Return what ``text`` says, taken as one clause."""
    dates, dateless = dates_of(text)
    words = surface_words(text)
    cues = cues_of(words)
    small = {c.at + step for c in cues if c.kinds <= _SMALL for step in range(c.size)}
    skip, empty = stop_words(), empty_words()
    content = []
    for at, word in enumerate(words):
        turned = is_negated_verb(word) or word.startswith("بی\u200c")
        if (at in small and not turned) or word in skip or word[0].isdigit() or len(word) < 2:
            continue
        bare = verb_base(word) if is_negated_verb(word) else word.removeprefix("بی\u200c")
        if word in empty or is_light_verb(word):
            continue
        found = tuple(s for s in stems(bare) if s and s not in skip)
        if found and bare not in skip:
            content.append(Word(bare, found, at))
    return Clause(text, tuple(words), tuple(content), tuple(cues), numbers_of(dateless), dates)


def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """Return the clauses of ``sentence``: cut at its punctuation and conjunctions, each long enough
    to say something by itself."""
    pieces: list[str] = []
    weak: list[bool] = []  # whether only a conjunction parts a piece from the one before
    start = 0
    for match in _BREAK.finditer(sentence):
        pieces.append(sentence[start : match.start()].strip())
        start = match.start() if match.group().isspace() else match.end()
        weak.append(match.group().isspace())
    pieces.append(sentence[start:].strip())
    joined: list[str] = []
    waiting = ""
    for number, piece in enumerate(pieces):
        piece = f"{waiting} {piece}".strip()
        waiting = ""
        if (_size(piece) >= _LEAST and (not joined or _size(joined[-1]) >= _LEAST)) or not joined:
            joined.append(piece)
        elif _size(piece) < _LEAST and number < len(weak) and weak[number] >= weak[number - 1]:
            waiting = piece  # the subject of what follows its conjunction
        else:
            joined[-1] = f"{joined[-1]} {piece}"
    return tuple(read_clause(piece) for piece in joined if piece)


def _size(piece: str) -> int:
    skip = stop_words()
    return sum(1 for word in surface_words(piece) if word not in skip and len(word) > 1)
