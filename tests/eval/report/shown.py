"""A question as the page shows it: what was asked, answered, cited and expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.answering.answer import Answer, Citation
from retrieval.passages import Passage
from tests.eval.measures import BY_NAME, Scored
from tests.eval.outcomes import nuggets_held
from tests.eval.questions import EvalQuestion

# A stretch of text, and whether a statement quotes it.
Stretch = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited passage (None where there is no such), what names it as its source, and the text
    with the quoted stretches marked."""

    id: str
    citations: tuple[Citation, ...]
    passage: Passage | None
    text: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One question's part of the page. ``right`` says that nothing in it needs a look."""

    question: EvalQuestion
    direction: str
    answer: Answer
    answer_direction: str
    cited: tuple[Cited, ...]
    facts: tuple[tuple[tuple[str, ...], bool], ...]
    scores: tuple[tuple[str, float, bool], ...]
    right: bool


def shown(scored: Scored) -> Shown:
    """Return what the page shows of ``scored``."""
    asked = scored.asked
    numbers = {n for statement in asked.answer.statements for n in statement.citations}
    quoted = [c for c in asked.answer.citations if c.n in numbers]
    scores = tuple(
        (name, value, value == (1.0 if BY_NAME[name].better == "higher" else 0.0))
        for name, value in scored.scores.items()
    )
    telling = ("status", "hit@5", "facts", "forbidden", "undated", "citation recall")
    return Shown(
        question=asked.question,
        direction="rtl" if asked.question.script == "persian" else "ltr",
        answer=asked.answer,
        answer_direction=_direction(asked.answer.language),
        cited=tuple(_cited(name, scored) for name in dict.fromkeys(c.passage for c in quoted)),
        facts=nuggets_held(asked),
        scores=scores,
        right=all(good for name, _, good in scores if name in telling),
    )


def _direction(language: str) -> str:
    return "rtl" if language == "fa" else "ltr"


def _cited(name: str, scored: Scored) -> Cited:
    answer = scored.asked.answer
    citations = tuple(c for c in answer.citations if c.passage == name)
    numbers = {c.n for c in citations}
    passage = scored.asked.cited.get(name)
    text = passage.text if passage else citations[0].excerpt
    quotes = (s.text for s in answer.statements if numbers.intersection(s.citations))
    return Cited(name, citations, passage, marked(text, quotes))


def marked(text: str, quotes: Iterable[str]) -> tuple[Stretch, ...]:
    """Return ``text`` cut where ``quotes`` begin and end; one that is not in it marks nothing."""
    inside = [False] * len(text)
    for quote in quotes:
        start = text.find(quote)
        if start >= 0:
            inside[start : start + len(quote)] = [True] * len(quote)
    cuts = [n for n in range(1, len(text)) if inside[n] != inside[n - 1]]
    ends = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return tuple((text[start:end], inside[start]) for start, end in ends if start < end)
