"""Which words a "not", a "must" or an "always" is about: those of its own clause.

Clauses for comparing meaning (:mod:`clauses`) are long enough to say something by themselves; here
a clause may be as short as "you must never go", for it is what its small words rule over.
"""

from __future__ import annotations

import re

from retrieval.checking.cues import cues_of, is_verb
from retrieval.language.detect import is_persian_script
from retrieval.language.words import surface_words

# What always parts two clauses, and what may part words of one as well.
_HARD = re.compile(r"[;؛:()\n]|[.!?؟…]+(?=\s)|\s[–—-]\s")
_SOFT = re.compile(
    r"(?<=[^\d\s])[,،](?=\s)"
    r"|\s(?=(?:and|but|or|yet|because|while|if|when|unless|although|then|so|which|who|whether"
    r"|و|ولی|اما|چون|زیرا|اگر|وقتی|مگر|سپس|هرچند|که|تا|بلکه)\s)"
)
# Words that only a clause has: an English one is told by them, near its beginning.
_ENGLISH = frozenset(
    "is are was were be been has have had do does did can could may might must should will would"
    " shall cannot need needs let i you they it he she we nobody somebody everybody anybody nothing"
    " everything everyone anyone someone there this that these those never always not".split()
)
_NEAR = 5


def scopes_of(text: str) -> tuple[int, ...]:
    """Return the number of the clause that each surface word of ``text`` stands in, from 0 on."""
    numbers: list[int] = []
    scope = 0
    for part in _HARD.split(text):
        left: list[str] = []
        for piece in _SOFT.split(part):
            words = surface_words(piece)
            if left and _parts(left, words):
                scope, left = scope + 1, []
            left += words
            numbers += [scope] * len(words)
        scope += bool(left)
    return tuple(numbers)


def _parts(left: list[str], right: list[str]) -> bool:
    """Return whether two clauses meet here, rather than two words of a list."""
    if not right:
        return False
    if is_persian_script(left[-1]):
        return is_verb(left[-1])
    return _has_verb(left) and _has_verb(right[:_NEAR])


def _has_verb(words: list[str]) -> bool:
    return any(w in _ENGLISH or w.endswith(("n't", "n’t")) for w in words) or bool(cues_of(words))
