"""Questions, passages and answers made by hand, whose measures can be worked out on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retrieval.answering.answer import Answer, Citation, Statement
from retrieval.passages import Passage
from tests.eval.asking import Asked
from tests.eval.questions import EvalQuestion

TEXT = "Telegram was blocked on 30 April 2018.\nIt has 45 million users.\nStay calm."


def question(name: str = "one", **fields: Any) -> EvalQuestion:
    """Return an English question of fact that should be answered, with ``fields`` on top."""
    given = {
        "question": "when was telegram blocked",
        "language": "en",
        "script": "english",
        "kind": "fact",
        "expect": ("answered",),
        **fields,
    }
    return EvalQuestion(id=name, **given)


def passage(name: str = "telegram#blocked.1@en", text: str = TEXT, **fields: Any) -> Passage:
    """Return a passage of fact, due for review in 2030, with ``fields`` on top."""
    given: dict[str, Any] = {
        "document": name.partition("#")[0],
        "language": "en",
        "kind": "article",
        "title": "Telegram",
        "section": "Blocked",
        "path": (),
        "role": "fact",
        "position": 0,
        "sentences": (),
        "topics": ("platform-blocking",),
        "urgent": None,
        "as_of": "2018-05-01",
        "review_by": "2030-01-01",
        **fields,
    }
    return Passage(id=name, text=text, **given)


def citation(n: int, of: Passage, excerpt: str = TEXT, date: str | None = "2018-05-01") -> Citation:
    """Return citation ``n``, of the passage ``of``."""
    return Citation(
        n, of.id, of.document, of.title, of.section, "IranWire", date, of.as_of, None, "reporting",
        excerpt,
    )  # fmt: skip


def answer(
    status: Any = "answered",
    statements: Sequence[Statement] = (),
    citations: Sequence[Citation] = (),
    **fields: Any,
) -> Answer:
    """Return an English answer."""
    return Answer(
        "", "en", status, statements=tuple(statements), citations=tuple(citations), **fields
    )


def asked(
    of: EvalQuestion,
    given: Answer,
    *passages: Passage,
    found: Sequence[str] = (),
    confidence: float = 0.5,
) -> Asked:
    """Return ``of`` answered by ``given``, which may cite ``passages``."""
    return Asked(of, given, tuple(found), {one.id: one for one in passages}, confidence)
