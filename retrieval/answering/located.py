"""Where the statements of an answer stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.answering.answer import Answer, Statement
from retrieval.answering.compose import Span
from retrieval.passages import Passage


def located(
    answer: Answer, statements: Sequence[Statement], passage: Callable[[str], Passage | None]
) -> list[Span]:
    """Return the spans that ``statements`` of ``answer`` are; ``passage`` finds one by its id. A
    statement whose passage is gone since, or that is no span of it, is left out."""
    found = [_span(answer, statement, passage) for statement in statements]
    return [span for span in found if span is not None]


def _span(
    answer: Answer, statement: Statement, passage: Callable[[str], Passage | None]
) -> Span | None:
    held = passage(answer.citation(statement.citations[0]).passage)
    if held is None:
        return None
    spans = (Span(held, number, 0.0) for number in range(len(held.sentences)))
    return next((span for span in spans if span.text == statement.text), None)
