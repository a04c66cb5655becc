"""Evaluation questions put to the library, extractive and composed, one line of JSON for each."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.answering.answer import Answer
from retrieval.library import Library
from retrieval.model.standing import Standing
from retrieval.model.teller import Told
from retrieval.model.waiting import Waiting
from retrieval.search.context import NOTHING
from tests.eval.asking import Asked as EvalAsked
from tests.eval.outcomes import nuggets_held
from tests.eval.questions import EvalQuestion


@dataclass(frozen=True, slots=True)
class Passed:
    """A statement of the model's that passed the check, and the passages it stands on; ``copied``
    where one of them holds it word for word."""

    text: str
    passages: tuple[str, ...]
    copied: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question.

    ``reason`` says why the extractive answer was sent, empty where the composed one was, of which
    ``composed`` statements are the model's and ``verbatim`` the library's. ``facts`` are shares of
    the expected facts, None where none are expected.
    """

    id: str
    language: str
    status: str
    composed_status: str
    reason: str
    rewritten: bool
    passed: tuple[Passed, ...]
    repaired: int
    dropped: tuple[str, ...]
    composed: int
    verbatim: int
    facts: float | None
    composed_facts: float | None
    seconds: float


def chosen(questions: Sequence[EvalQuestion], count: int) -> list[EvalQuestion]:
    """Return ``count`` of ``questions``, drawn at random but always the same: the first few are as
    mixed as all of them."""
    return random.Random(7).sample(list(questions), min(count, len(questions)))


def read_results(path: Path) -> list[Result]:
    """Return the results that stand in ``path``, none where there is no such file."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text("utf-8").splitlines():
        given = json.loads(line)
        given["passed"] = tuple(Passed(**passed) for passed in given["passed"])
        found.append(Result(**given))
    return found


def ask_all(
    questions: Sequence[EvalQuestion], library: Library, model: Waiting, path: Path
) -> Iterator[Result]:
    """Put those of ``questions`` that ``path`` holds no result of; add each to it, and yield it."""
    known = {result.id for result in read_results(path)}
    for question in questions:
        if question.id in known:
            continue
        before = library.answer(question.before).context if question.before else NOTHING
        plain = library.answer(question.question, before=before)
        told = model.tell(question.question, plain, before)
        result = _result(question, plain, told, library)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
        yield result


def _result(question: EvalQuestion, plain: Answer, told: Told, library: Library) -> Result:
    draft = told.draft
    kept = {s.text for s in told.answer.verbatim.statements} if told.answer.verbatim else set()
    return Result(
        id=question.id,
        language=plain.language,
        status=plain.status,
        composed_status=told.answer.status,
        reason=told.reason,
        rewritten=told.rewritten,
        passed=tuple(_passed(one, library) for one in draft.checked) if draft else (),
        repaired=draft.repaired if draft else 0,
        dropped=tuple(written.text for written in draft.dropped) if draft else (),
        composed=sum(s.text not in kept for s in told.answer.statements) if kept else 0,
        verbatim=sum(s.text in kept for s in told.answer.statements),
        facts=_facts(question, plain),
        composed_facts=_facts(question, told.answer),
        seconds=told.answer.seconds,
    )


def _passed(one: Standing, library: Library) -> Passed:
    """Return a statement with all that its passages say, headings included."""
    passages = [found for name in sorted(one.passages) if (found := library.passage(name))]
    copied = any(one.text in passage.text for passage in passages)
    return Passed(one.text, tuple(passage.indexed_text for passage in passages), copied)


def _facts(question: EvalQuestion, answer: Answer) -> float | None:
    held = [found for _, found in nuggets_held(EvalAsked(question, answer, (), {}, None))]
    return sum(held) / len(held) if held else None
