"""Finglish to Persian letters, word by word: the reading that is likeliest, all in all.

A noisy channel (Kernighan, Church and Gale 1990, for spelling): the cost of a reading is that of
the word (how rare it is, ``vocabulary``) and that of typing it so (``sounds``), endings included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.language.detect import is_persian_script
from retrieval.language.finglish.lexicon import Lexicon, endings_of, folded
from retrieval.language.finglish.sounds import LONGEST_WORD, cuts
from retrieval.language.finglish.spelling import spelt
from retrieval.language.finglish.verbs import verb_form
from retrieval.language.finglish.vocabulary import Vocabulary, vocabulary_of
from retrieval.language.normalise import search_form
from retrieval.language.words import stop_words

_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
# Costs in nats, as for `sounds`; chosen with `python -m tests.eval.finglish` on development rows.
# How much the rarity of a word counts beside the way it is typed.
_RARITY = 0.6
# The commonest words are typed in ways the lexicon knows: they are not likelier than this.
_COMMONEST = 8.5
# A word of the lexicon with an ending; a verb form, sure or not; a Latin word of the folder (on top
# of what its words cost); a name that does not sound like what was typed; what nobody knows.
_LEXICON = 7.0
_VERB, _MAYBE_VERB = 5.0, 6.5
_LATIN = 3.0
_LOOSE = 8.0
_UNKNOWN, _UNKNOWN_LETTER = 9.0, 0.6
# An e that was swallowed by the ending: «khunam» is «khune» and «am».
_SWALLOWED = 0.5
_SHORTEST_STEM = 3
# Typed as a word of its own, what links two words is not written in Persian.
_EZAFE = frozenset({"e", "'e"})
# What a word may cost for each letter and still sound like it.
_CLEAR = 0.3


def to_persian(text: str, lexicon: Lexicon, vocabulary: frozenset[str]) -> str:
    """Return Finglish ``text`` in Persian letters.

    Phrases of the lexicon come first, the longest first. ``vocabulary`` holds the words of the
    knowledge folder in search form, Latin ones among them, which stay as they are. An ending that
    was typed onto a word is written with a half-space, so that the search sees the word.
    """
    words = _WORD.findall(search_form(text)) if not is_persian_script(text) else []
    forms = [folded(word) for word in words]
    written: list[str] = []
    position = 0
    while position < len(words):
        word, persian, size = words[position], "", 1
        known = lexicon.longest_phrase(words, forms, position)
        if known is not None and (known[2] > 1 or known[0] not in lexicon.loose):
            _, persian, size = known
        elif word not in _EZAFE:
            persian = _read(word, lexicon, vocabulary)
        written.append(persian)
        position += size
    return " ".join(filter(None, written))


def sounds_like_one_of(word: str, folder: frozenset[str]) -> bool:
    """Return whether Latin ``word`` sounds like a Persian word of ``folder``, in search form."""
    vocabulary = vocabulary_of(folder)
    return any(
        cut.cost(persian) <= _CLEAR * len(word)
        for cut in cuts(word)
        for persian, _ in vocabulary.words(cut.key)
        if search_form(persian) in folder
    )


def _read(word: str, lexicon: Lexicon, folder: frozenset[str]) -> str:
    if not 1 < len(word) <= LONGEST_WORD or not word.replace("'", "").isalpha():
        return word
    vocabulary = vocabulary_of(folder)
    _, best = min(_readings(word, lexicon, vocabulary), key=lambda reading: reading[0])
    return best


def _readings(word: str, lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[tuple[float, str]]:
    """Give what ``word`` may be, each with its cost."""
    # Letters without a vowel are an abbreviation, and English.
    yield _UNKNOWN + _UNKNOWN_LETTER * len(word), spelt(word) if _VOWEL.search(word) else word
    if word in vocabulary.folder:
        yield _RARITY * vocabulary.own_cost + _LATIN, word
    loose = lexicon.words.get(word)
    if loose is not None:
        yield _LOOSE, loose
    verb = verb_form(word)
    if verb is not None:
        yield _VERB if verb.sure else _MAYBE_VERB, verb.persian
    yield from _words(word, vocabulary, 0.0)
    for ending in endings_of(word):
        stem = word.removesuffix(ending.typed)
        if len(stem) < _SHORTEST_STEM:
            continue
        open_ending = ending.typed[0] in "aeo" and ending.persian
        readings = [*_words(stem, vocabulary, ending.cost)]
        if open_ending:
            readings += _words(stem + "e", vocabulary, ending.cost + _SWALLOWED)
        known = lexicon.stem(word, ending)
        if known is not None:
            readings.append((_LEXICON + ending.cost, known))
        for cost, persian in readings:
            # «که», «از», «بود» take no ending.
            if not ending.persian or persian not in stop_words():
                yield cost, persian + ending.persian


def _words(typed: str, vocabulary: Vocabulary, extra: float) -> Iterator[tuple[float, str]]:
    for cut in cuts(typed):
        for persian, rarity in vocabulary.words(cut.key):
            yield _RARITY * max(rarity, _COMMONEST) + cut.cost(persian) + extra, persian
