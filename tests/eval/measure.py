"""One question put to the library, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.answering.answer import Answer
from retrieval.language.normalise import HALF_SPACE, search_form
from retrieval.library import Library
from retrieval.search.search import Search
from tests.eval.questions import EvalQuestion

_SPACES = re.compile(f"[\\s{HALF_SPACE}]+")


@dataclass(frozen=True, slots=True)
class Result:
    """``rank`` is that of the first gold passage, from 1, None if it was not found.

    ``nuggets`` is the share of nuggets in the statements shown, None where the question has none.
    """

    question: EvalQuestion
    answer: Answer
    rank: int | None
    nuggets: float | None
    unsupported: int
    forbidden: tuple[str, ...]

    @property
    def status_is_right(self) -> bool:
        return self.answer.status in self.question.expect


def put(question: EvalQuestion, library: Library) -> Result:
    """Ask ``question`` and measure the answer."""
    answer = library.answer(question.question)
    said = _plain(" ".join(statement.text for statement in answer.statements))
    return Result(
        question,
        answer,
        rank_of(library.search(question.question), question.gold),
        _share(question.nuggets, said),
        _unsupported(answer, library),
        tuple(text for text in question.must_not if _plain(text) in said),
    )


def rank_of(search: Search, gold: Iterable[str]) -> int | None:
    """Return the rank of the first hit among ``gold``: passages or whole documents."""
    return rank_among((hit.passage.key for hit in search.hits), gold)


def rank_among(keys: Iterable[str], gold: Iterable[str]) -> int | None:
    """Return the rank of the first of ``keys`` (``document#section.n``) that is ``gold``."""
    wanted = set(gold)
    for rank, key in enumerate(keys, 1):
        if key.rpartition(".")[0] in wanted or key.partition("#")[0] in wanted:
            return rank
    return None


def _plain(text: str) -> str:
    return _SPACES.sub("", search_form(text))


def _share(nuggets: tuple[tuple[str, ...], ...], said: str) -> float | None:
    if not nuggets:
        return None
    held = sum(any(_plain(option) in said for option in options) for options in nuggets)
    return held / len(nuggets)


def _unsupported(answer: Answer, library: Library) -> int:
    """Count statements that are not verbatim in what each of their citations names."""
    bad = 0
    for statement in answer.statements:
        for number in statement.citations:
            citation = answer.citation(number)
            passage = library.passage(citation.passage)
            held = passage is not None and citation.excerpt in passage.text
            bad += not (held and statement.text in citation.excerpt)
        bad += not statement.citations
    return bad
