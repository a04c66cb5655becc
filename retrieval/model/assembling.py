"""Checked statements and the extractive answer to one answer that tells no less than the latter.

An extractive statement counts as told where the composed ones that stand on its passage bear all
that it says: the check itself decides, with the two sides changed over. What is not told so is
added word for word. Where the statement that opens the extractive answer is not told, what was
composed does not answer, and the extractive answer stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from retrieval.answering.answer import Answer, Statement
from retrieval.answering.compose import Citations, Span
from retrieval.answering.located import located
from retrieval.answering.notices import notice
from retrieval.checking import Verdict, Written
from retrieval.language.words import tokens
from retrieval.model.standing import Standing
from retrieval.passages import Passage, Sentence

# What share of an extractive statement's words the composed ones must hold to count as telling it.
# Beside the check, which asks whether something is untrue: here the question is what is missing.
SAME_WORDS = 0.8
_ROLE_ORDER = {"fact": 0, "do": 1, "avoid": 2}
Find = Callable[[str], Passage | None]


class Check(Protocol):
    """The check that every composed statement has to pass."""

    def check(self, written: Written, passages: Mapping[int, Passage]) -> Verdict:
        """Return whether ``passages`` bear ``written``."""
        ...


def so_far(plain: Answer, composed: Sequence[Standing]) -> Answer:
    """Return what may be shown while the model still writes: the checked statements, with all that
    must be said about the answer."""
    return _answer(plain, composed, (), ())


def assembled(
    plain: Answer, composed: Sequence[Standing], find: Find, check: Check
) -> Answer | None:
    """Return the composed answer, complete; None where ``composed`` does not answer."""
    spans = located(plain, plain.statements, find)
    if len(spans) < len(plain.statements):  # the library was renewed meanwhile
        return None
    left = [span for span in spans if not _told(span, composed, check)]
    if not composed or spans[0] in left:
        return None
    kept = [one for one in composed if not any(_within(one, span, check) for span in left)]
    return _answer(plain, kept, left, located(plain, plain.further, find))


def _told(span: Span, composed: Sequence[Standing], check: Check) -> bool:
    own = [one.text for one in composed if span.passage.id in one.passages]
    if span.text in own:
        return True
    words = set(tokens(span.text))
    if len(words & set(tokens(" ".join(own)))) < SAME_WORDS * len(words):
        return False
    return check.check(Written(span.text, (1,)), {1: _page(span, own)}).supported


def _within(one: Standing, span: Span, check: Check) -> bool:
    """Return whether ``span``, shown word for word, says all that ``one`` says."""
    if one.passages != {span.passage.id}:
        return False
    return check.check(Written(one.text, (1,)), {1: _page(span, [span.text])}).supported


def _page(span: Span, texts: Sequence[str]) -> Passage:
    """Return a passage like that of ``span`` that says ``texts`` and nothing else, in a heading
    neither."""
    sentences, at = [], 0
    for text in texts:
        sentences.append(Sentence(at, at + len(text), span.sentence.references))
        at += len(text) + 1
    return replace(
        span.passage,
        title="",
        path=(),
        section="",
        text="\n".join(texts),
        sentences=tuple(sentences),
    )


def _answer(
    plain: Answer, composed: Sequence[Standing], left: Sequence[Span], further: Sequence[Span]
) -> Answer:
    made = [*composed, *(Standing(span.text, (span,)) for span in left)]
    made.sort(key=lambda one: _ROLE_ORDER[one.role])
    citations = Citations()
    statements = tuple(_cited(one, citations) for one in made)
    rest = tuple(citations.statement(span) for span in further)
    notices = plain.notices
    partisan = notice(plain.language, "partisan")
    tiers = {
        reference.tier for one in made for s in one.spans for reference in s.sentence.references
    }
    if "partisan" in tiers and partisan not in notices:
        notices = (*notices, partisan)
    return replace(
        plain,
        statements=statements,
        further=rest,
        citations=citations.all(),
        notices=notices,
        verbatim=replace(plain, question=""),
    )


def _cited(one: Standing, citations: Citations) -> Statement:
    parts = [citations.statement(span) for span in one.spans]
    numbers = dict.fromkeys(n for part in parts for n in part.citations)
    text = f"{one.text[:-1]}." if one.text.endswith("؛") else one.text
    return Statement(text, tuple(numbers), one.role)
