"""What a change of the knowledge changes: passages, and what people are answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from retrieval.answering.answer import Answer
from retrieval.passages import Passage

How = Literal["added", "removed", "changed"]
# What may differ between two versions of a passage, by the fields that hold it.
_ASPECTS: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "headings": ("title", "section", "path"),
    "sources": ("sentences",),
    "role": ("role", "urgent"),
    "topics": ("topics",),
    "dates": ("as_of", "review_by"),
}


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage that is there in one of two versions only, or differs in ``aspects``."""

    id: str
    how: How
    aspects: tuple[str, ...]
    before: str | None
    after: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``daricheh knowledge diff --json`` prints for a passage."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """How the answer to a question changes: its status, the statements that go and that come.

    ``reordered`` is whether the same statements come in another order, ``notices`` whether what is
    said about the answer differs. ``touched`` is whether either answer cites a passage that
    changed; others change because every passage weighs a little on the search for all.
    """

    before: str
    after: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    reordered: bool
    notices: bool
    touched: bool

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``daricheh knowledge diff --json`` prints for an answer."""
        return asdict(self)


def passages_changed(before: Iterable[Passage], after: Iterable[Passage]) -> list[PassageChange]:
    """Return what becomes of the passages, in the order of their ids."""
    old = {passage.id: passage for passage in before}
    new = {passage.id: passage for passage in after}
    changes = []
    for name in sorted(old.keys() | new.keys()):
        left, right = old.get(name), new.get(name)
        if left is None or right is None:
            how: How = "added" if left is None else "removed"
            texts = (left.text if left else None, right.text if right else None)
            changes.append(PassageChange(name, how, (), *texts))
        elif aspects := _aspects(left, right):
            changes.append(PassageChange(name, "changed", aspects, left.text, right.text))
    return changes


def _aspects(left: Passage, right: Passage) -> tuple[str, ...]:
    found = [
        aspect
        for aspect, fields in _ASPECTS.items()
        if any(getattr(left, field) != getattr(right, field) for field in fields)
    ]
    # Where the text moved, the spans of its sentences moved with it: look at the sources alone.
    if "text" in found and [s.references for s in left.sentences] == [
        s.references for s in right.sentences
    ]:
        found = [aspect for aspect in found if aspect != "sources"]
    return tuple(found)


def answer_change(before: Answer, after: Answer, changed: set[str]) -> AnswerChange | None:
    """Return how the answer to one question changes, None where people see the same. ``changed``
    are the ids of the passages that differ."""
    old = [statement.text for statement in before.statements]
    new = [statement.text for statement in after.statements]
    change = AnswerChange(
        before=before.status,
        after=after.status,
        gone=tuple(text for text in old if text not in new),
        new=tuple(text for text in new if text not in old),
        reordered=old != new and sorted(old) == sorted(new),
        notices=before.notices != after.notices,
        touched=bool(changed & (_cited(before) | _cited(after))),
    )
    if old == new and before.status == after.status and not change.notices:
        return None
    return change


def _cited(answer: Answer) -> set[str]:
    numbers = {number for statement in answer.statements for number in statement.citations}
    return {citation.passage for citation in answer.citations if citation.n in numbers}
