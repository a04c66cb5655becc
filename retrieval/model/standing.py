"""What a composed statement stands on: the fewest sentences of its passages that bear its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.answering.answer import Role
from retrieval.answering.compose import Span, spans_of
from retrieval.checking import Written
from retrieval.language.words import tokens
from retrieval.passages import Passage


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement that passed the check, and the spans it stands on (at least one)."""

    text: str
    spans: tuple[Span, ...]

    @property
    def role(self) -> Role:
        return self.spans[0].passage.role

    @property
    def passages(self) -> frozenset[str]:
        """The ids of the passages it stands on."""
        return frozenset(span.passage.id for span in self.spans)


def standing(written: Written, passages: Mapping[int, Passage]) -> Standing:
    """Return ``written``, all of whose citations are among ``passages``, with what it stands on."""
    words = set(tokens(written.text))
    spans = [span for n in written.citations for span in _bearing(words, passages[n])]
    return Standing(written.text, tuple(spans))


def _bearing(words: set[str], passage: Passage) -> list[Span]:
    """Return the sentences of ``passage`` that bear as many of ``words`` as all of it does, in
    reading order; each is taken for the words that those before it leave."""
    spans = spans_of(passage)
    left = words & set(tokens(passage.text))
    chosen: list[Span] = []
    while left:
        best = max(spans, key=lambda span: len(left & set(tokens(span.text))))
        new = left & set(tokens(best.text))
        if not new:
            break
        chosen.append(best)
        left -= new
    return sorted(chosen, key=lambda span: span.number) or spans
