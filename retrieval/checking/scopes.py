"""Which words a "not", a "must" or an "always" is about: those of its own clause.

Clauses for comparing meaning (:mod:`clauses`) are long enough to say something by themselves; here
a clause may be as short as "you must never go", for it is what its small words rule over.
"""

from __future__ import annotations

import re

from retrieval.checking.cues import cues_of, is_verb
from retrieval.checking.emptiness import is_light_verb
from retrieval.language.detect import is_persian_script
from retrieval.language.words import stop_words, surface_words

# What always parts two clauses, and what may part words of one as well.
_APART = re.compile(r"[;؛:\n]|[.!?؟…]+(?=\s)|\s[–—-]\s")
_HARD = re.compile(
    r"\s(?=(?:but|because|while|if|as long as|unless|although"
    r"|ولی|اما|چون|زیرا|اگر|مگر|هرچند|بلکه)\s)"
    r"|,\s(?=(?:since|as)\s)"
)
_SOFT = re.compile(
    r"(?<=[^\d\s])[,،](?=\s)|\s(?=(?:and|or|yet|when|then|so|which|who|whether|و|وقتی|سپس|که|تا)\s)"
)
# A clause that opens so ends at a comma.
_SUBORDINATE = frozenset("if when unless because while although as since اگر وقتی چون مگر".split())
# Words that only a clause has: an English one is told by them, near its beginning.
_ENGLISH = frozenset(
    "is are was were be been has have had do does did can could may might must should will would"
    " shall cannot need needs let i you they it he she we nobody somebody everybody anybody nothing"
    " everything everyone anyone someone there this that these those never always not".split()
)
_NEAR = 5
# "It is not known whether …" is one clause, and so is what a short «که» picks out.
_COMPLEMENT = frozenset({"که", "whether", "who", "which"})
_SAYS = 2
# Cues that only stand where something is said.
_VERBAL = frozenset({"not", "never", "must", "may", "refusing"})


def scopes_of(text: str) -> tuple[int, ...]:
    """Return the number of the clause that each surface word of ``text`` stands in.

    Clauses of one sentence are numbered in a row; between sentences, or halves of one, a number is
    left out.
    """
    numbers: list[int] = []
    scope = 0
    for part in _APART.split(text):
        scope = _number(part, scope, numbers) + 1
    return tuple(numbers)


def _number(sentence: str, scope: int, numbers: list[int]) -> int:
    """Add the numbers of the words of ``sentence``, from ``scope`` on; return the next one."""
    for part in _HARD.split(sentence):
        left: list[str] = []
        start, after = 0, ""
        for cut in (*_SOFT.finditer(part), None):
            words = surface_words(part[start : cut.start() if cut else len(part)])
            if left and words and _parts(left, words, after):
                scope, left = scope + 1, []
            left += words
            numbers += [scope] * len(words)
            if cut:
                start, after = cut.end(), cut.group()
        scope += bool(left)
    return scope


def _parts(left: list[str], right: list[str], mark: str) -> bool:
    """Return whether two clauses meet at ``mark``, rather than two words of a list."""
    if mark in {",", "،"} and left[0] in _SUBORDINATE:
        return True
    if right[0] in _COMPLEMENT and min(map(_size, (left, right))) < _SAYS:
        return False
    if is_persian_script(left[-1]):
        return is_verb(left[-1])
    return _has_verb(left) and _has_verb(right[:_NEAR])


def _size(words: list[str]) -> int:
    return sum(w not in stop_words() and not is_light_verb(w) for w in words)


def _has_verb(words: list[str]) -> bool:
    return any(w in _ENGLISH or w.endswith(("n't", "n’t")) for w in words) or any(
        not cue.kinds.isdisjoint(_VERBAL) for cue in cues_of(words)
    )
