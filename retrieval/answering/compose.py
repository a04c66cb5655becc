"""Passages to statements: which sentences are shown, and in which order.

The order is the one a frightened person needs: the direct answer, what to do, what to avoid. All
functions are pure; every statement is a sentence of a passage, letter for letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.answering.answer import Citation, Statement
from retrieval.language.words import tokens
from retrieval.passages import Passage, Sentence

# What fits one screen of a small phone, in characters and in statements.
SCREEN_CHARACTERS = 950
SCREEN_STATEMENTS = 9
# How much of the screen the direct answer may take before steps to take get their place.
DIRECT_STATEMENTS = 5
# A sentence that trails the best one by more than this (cosine) is left for "more".
SENTENCE_SLACK = 0.6
# Of two sentences that share this much of their words, one is enough (Jaccard index).
SAME = 0.6
_ROLE_ORDER = {"fact": 0, "do": 1, "avoid": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of a passage that may be shown, and how well it fits the question (cosine)."""

    passage: Passage
    number: int
    fit: float

    @property
    def sentence(self) -> Sentence:
        return self.passage.sentences[self.number]

    @property
    def text(self) -> str:
        return self.passage.text[self.sentence.start : self.sentence.end]


def spans_of(passage: Passage, fits: Mapping[str, float] | None = None) -> list[Span]:
    """Return the sentences of ``passage`` in reading order; ``fits`` are by entry id."""
    return [
        Span(passage, number, (fits or {}).get(f"{passage.id}/{number}", 0.0))
        for number in range(len(passage.sentences))
    ]


def arranged(direct: Sequence[Span], others: Iterable[Span]) -> tuple[list[Span], list[Span]]:
    """Return what is shown on the first screen, and the rest.

    ``direct`` are the sentences of the passage that answers, in reading order; ``others`` come
    after them, the most useful first. The best sentence opens the answer; the rest of its passage
    follows as it was written.
    """
    best = max((span.fit for span in direct), default=0.0)
    opening = [span for span in direct if span.fit == best][:1]
    near = [s for s in direct if s not in opening and s.fit >= best - SENTENCE_SLACK]
    far = [s for s in direct if s not in opening and s not in near]
    first, later = _until_full([*opening, *near], DIRECT_STATEMENTS, [])
    shown, left = _until_full(others, SCREEN_STATEMENTS, first)
    head, tail = shown[: len(first)], shown[len(first) :]
    tail.sort(key=lambda span: _ROLE_ORDER[span.passage.role])
    return [*head, *tail], [*later, *far, *left]


def _until_full(
    spans: Iterable[Span], most: int, before: Sequence[Span]
) -> tuple[list[Span], list[Span]]:
    shown = list(before)
    left: list[Span] = []
    repeated: list[Span] = []
    used = sum(len(span.text) for span in shown)
    for span in spans:
        fits = used + len(span.text) <= SCREEN_CHARACTERS or not shown
        if any(_say_the_same(span, other) for other in shown):
            repeated.append(span)
        elif fits and len(shown) < most and not left:
            shown.append(span)
            used += len(span.text)
        else:
            left.append(span)
    return shown, [*left, *repeated]


def _say_the_same(one: Span, other: Span) -> bool:
    """Return whether two sentences of different passages tell the same in nearly the same words."""
    if one.passage.id == other.passage.id:
        return False
    words, others = _words(one.text), _words(other.text)
    return len(words & others) >= SAME * len(words | others)


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    """Return the words of a sentence of the folder: it is compared with every other one shown."""
    return frozenset(tokens(text))


class Citations:
    """Numbers the citations of an answer: one for each passage and source, in order of use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], int] = {}
        self._made: list[Citation] = []
        self._spans: list[tuple[int, int]] = []
        self._passages: list[Passage] = []

    def statement(self, span: Span) -> Statement:
        """Return ``span`` as a statement, with a citation for each source it stands on."""
        numbers = []
        for reference in span.sentence.references:
            key = (span.passage.id, reference.publisher, reference.title)
            if key not in self._numbers:
                self._numbers[key] = len(self._made) + 1
                self._made.append(
                    Citation(
                        n=len(self._made) + 1,
                        passage=span.passage.id,
                        document=span.passage.document,
                        title=span.passage.title,
                        section=span.passage.section,
                        publisher=reference.publisher,
                        date=reference.date,
                        as_of=span.passage.as_of,
                        url=reference.url,
                        tier=reference.tier,
                        excerpt="",
                    )
                )
                self._spans.append((span.sentence.start, span.sentence.end))
                self._passages.append(span.passage)
            number = self._numbers[key]
            start, end = self._spans[number - 1]
            widened = (min(start, span.sentence.start), max(end, span.sentence.end))
            self._spans[number - 1] = widened
            numbers.append(number)
        return Statement(span.text, tuple(numbers), span.passage.role)

    def all(self) -> tuple[Citation, ...]:
        """Return the citations; each excerpt is the part of its passage that holds every
        statement that cites it, whole."""
        return tuple(
            Citation(
                **{
                    **{name: getattr(citation, name) for name in Citation.__slots__},
                    "excerpt": passage.text[start:end],
                }
            )
            for citation, (start, end), passage in zip(
                self._made, self._spans, self._passages, strict=True
            )
        )
