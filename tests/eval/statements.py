"""What an answer's statements stand on: support, need and dates, after ALCE.

Gao and others, "Enabling Large Language Models to Generate Text with Citations", 2023. There a
model judges support; here statements are quotations, so support can be looked up: a citation
supports a statement if both its excerpt and its passage hold it letter for letter, and the passage
is not past the day it had to be read again.
"""

from __future__ import annotations

import datetime as dt

from retrieval.answering.answer import Citation, Statement
from retrieval.passages import Passage
from tests.eval.asking import Asked
from tests.eval.dated import can_age, holds_date, shows_date


def statement_scores(asked: Asked, today: dt.date) -> dict[str, float]:
    """Return the measures of the statements shown; nothing where none is."""
    statements = asked.answer.statements
    if not statements:
        return {}
    pairs = [(statement, number) for statement in statements for number in statement.citations]
    scores = {
        "citation recall": _mean([_is_supported(asked, s, today) for s in statements]),
        "citation precision": _mean([_is_needed(asked, s, n, today) for s, n in pairs]),
    }
    if asked.question.gold:
        scores["on gold"] = _mean([_on_gold(asked, statement) for statement in statements])
    ageing = [
        statement
        for statement in statements
        if (passage := _passage(asked, statement)) is not None and can_age(statement, passage)
    ]
    if ageing:
        shown = [shows_date(asked.answer, statement) for statement in ageing]
        scores["undated"] = float(not all(shown))
        scores["date in sentence"] = _mean([holds_date(statement.text) for statement in ageing])
    return scores


def supports(asked: Asked, citation: Citation, statement: Statement, today: dt.date) -> bool:
    """Return whether ``citation`` alone supports ``statement``."""
    passage = asked.cited.get(citation.passage)
    return (
        passage is not None
        and citation.excerpt in passage.text
        and statement.text in citation.excerpt
        and passage.review_by >= today.isoformat()
    )


def _is_supported(asked: Asked, statement: Statement, today: dt.date) -> bool:
    cited = [asked.answer.citation(number) for number in statement.citations]
    return any(supports(asked, citation, statement, today) for citation in cited)


def _is_needed(asked: Asked, statement: Statement, number: int, today: dt.date) -> bool:
    """Return whether a citation supports its statement and names no source named before it."""
    citation = asked.answer.citation(number)
    earlier = [asked.answer.citation(n) for n in statement.citations if n < number]
    repeats = any(
        (other.passage, other.publisher, other.url, other.date)
        == (citation.passage, citation.publisher, citation.url, citation.date)
        for other in earlier
    )
    return supports(asked, citation, statement, today) and not repeats


def _on_gold(asked: Asked, statement: Statement) -> bool:
    keys = [asked.answer.citation(n).passage.rpartition(".")[0] for n in statement.citations]
    return any(
        key in asked.question.gold or key.partition("#")[0] in asked.question.gold for key in keys
    )


def _passage(asked: Asked, statement: Statement) -> Passage | None:
    return next(
        (asked.cited.get(asked.answer.citation(n).passage) for n in statement.citations), None
    )


def _mean(values: list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
