"""Where a composed statement comes from: the passage it should cite, and the sentence it repeats.

A small model cites the wrong number, and cuts a sentence short: its date, its "according to" or its
"without an account" is gone, and every word that is left is true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from retrieval.answering.compose import spans_of
from retrieval.checking import Written
from retrieval.language.words import tokens
from retrieval.passages import Passage

# A statement repeats a sentence that holds this share of its words.
REPEATS = 0.8
# Another passage than those cited is meant where it holds so much more of the statement's words.
_MEANT = 0.25


def rightly_cited(written: Written, passages: Mapping[int, Passage]) -> Written:
    """Return ``written`` with the citation it must have meant: of another passage where that holds
    far more of its words than those it cites."""
    words = set(tokens(written.text))
    held = {n: _share(words, passage.indexed_text) for n, passage in passages.items()}
    cited = max((held[n] for n in written.citations if n in held), default=0.0)
    best = max(held, key=lambda n: held[n])
    return replace(written, citations=(best,)) if held[best] >= cited + _MEANT else written


def in_full(written: Written, passages: Mapping[int, Passage]) -> Written:
    """Return the sentence that ``written`` repeats, whole and as the passage has it, with that
    passage for its citation; ``written`` where it is in words of its own."""
    words = set(tokens(written.text))
    spans = [(n, span) for n in written.citations for span in spans_of(passages[n])]
    n, nearest = max(spans, key=lambda found: _share(words, found[1].text))
    if _share(words, nearest.text) < REPEATS:
        return written
    return Written(nearest.text, (n,))


def _share(words: set[str], text: str) -> float:
    return len(words & set(tokens(text))) / len(words) if words else 0.0
