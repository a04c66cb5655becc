"""The glossary at work: a term met in a question brings its other names along.

So that a Persian question also reaches English passages by their words, «فیلترشکن» meets "VPN", and
each spelling of a person's name meets the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.knowledge.shared_files import Term
from retrieval.language.words import stems, surface_words, tokens


class Aliases:
    """Finds the terms of a glossary in a text, however they are spaced."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._longest = 1
        for term in terms:
            main = tuple(dict.fromkeys(tokens(" ".join((*term.fa[:2], *term.en[:2])))))
            for form in (*term.fa, *term.en):
                words = surface_words(form)
                if words:
                    self._names.setdefault(_joined(words), main)
                    self._longest = max(self._longest, len(words))

    def of(self, text: str) -> tuple[str, ...]:
        """Return the stems of the other names of every term in ``text``, each once."""
        words = surface_words(text)
        found: dict[str, None] = {}
        position = 0
        while position < len(words):
            step = 1
            for size in range(min(self._longest, len(words) - position), 0, -1):
                names = self._names.get(_joined(words[position : position + size]))
                if names is not None:
                    found.update(dict.fromkeys(names))
                    step = size
                    break
            position += step
        own = set(tokens(text))
        return tuple(stem for stem in found if stem not in own)


def _joined(words: Sequence[str]) -> str:
    """Return ``words`` without spaces, half-spaces and endings: one form for all spacings."""
    return "".join(stems(word)[0] for word in words)
