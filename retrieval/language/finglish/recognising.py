"""Whether Latin text is Persian."""

from __future__ import annotations

import re

from retrieval.language.finglish.lexicon import Lexicon
from retrieval.language.finglish.reading import sounds_like_one_of
from retrieval.language.finglish.verbs import verb_form
from retrieval.language.normalise import search_form
from retrieval.language.words import stop_words

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


def is_finglish(
    text: str,
    lexicon: Lexicon,
    english: frozenset[str],
    vocabulary: frozenset[str] = frozenset(),
) -> bool:
    """Return whether Latin ``text`` is Persian rather than English.

    Each word votes for the language it is known in; ``english`` and ``vocabulary`` hold the English
    and all words of the knowledge folder in search form. A word known in both does not vote; one
    known in neither has half a vote for Persian if it sounds like a Persian word of the folder.
    Such words alone make a message Persian only where they are half of several.
    """
    words = [word for word in _WORD.findall(search_form(text)) if word not in lexicon.shared]
    in_english = [word in english or word in stop_words() for word in words]
    known = [_is_known(word, lexicon) for word in words]
    balance = sum(known) - sum(in_english)
    unknown = [
        word for word, fa, en in zip(words, known, in_english, strict=True) if not fa and not en
    ]
    if balance > 0 or 2 * balance + len(unknown) <= 0:
        return balance > 0
    heard = sum(_is_heard(word, vocabulary) for word in unknown)
    enough = any(known) or (len(words) > 1 and 2 * heard >= len(words))
    return enough and 2 * balance + heard > 0


def _is_known(word: str, lexicon: Lexicon) -> bool:
    if lexicon.find(word) is not None or lexicon.with_ending(word) is not None:
        return True
    verb = verb_form(word)
    return verb is not None and verb.sure


def _is_heard(word: str, vocabulary: frozenset[str]) -> bool:
    return verb_form(word) is not None or sounds_like_one_of(word, vocabulary)
