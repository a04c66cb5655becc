"""A question as the page shows it: what was asked, answered, cited and expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.answering.answer import Answer, Citation, Statement
from retrieval.passages import Passage
from tests.eval.measures import BY_NAME, Scored
from tests.eval.outcomes import nuggets_held
from tests.eval.questions import EvalQuestion

# A stretch of text, and whether a statement quotes it.
Stretch = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, the passage behind it, and its text with the quoted stretches marked."""

    citation: Citation
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
        cited=tuple(
            Cited(c, passage, _text(c, passage, asked.answer.statements))
            for c in quoted
            for passage in [asked.cited.get(c.passage)]
        ),
        facts=nuggets_held(asked),
        scores=scores,
        right=all(good for name, _, good in scores if name in telling),
    )


def _direction(language: str) -> str:
    return "rtl" if language == "fa" else "ltr"


def _text(
    citation: Citation, passage: Passage | None, statements: Iterable[Statement]
) -> tuple[Stretch, ...]:
    text = passage.text if passage else citation.excerpt
    return marked(text, (s.text for s in statements if citation.n in s.citations))


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
