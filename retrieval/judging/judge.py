"""What is done with a question: answered, offered the nearest, or kindly not answered, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Literal

from retrieval.judging import thresholds
from retrieval.judging.intents import Likeness
from retrieval.judging.moment import is_of_this_moment
from retrieval.judging.neighbours import Nearness
from retrieval.search.search import Search

Verdict = Literal[
    "unreadable",
    "greeting",
    "underspecified",
    "door",
    "arrest",
    "declined",
    "outside",
    "answered",
    "partial",
    "abstained",
]


# What a neighbourhood counts beside the linear model: among the development questions the two
# together tell urgency, harm and other business apart better than either alone.
NEIGHBOURS_WEIGHT = 6.0

# Of so many hits it is asked how many stand in the document of the best.
TOGETHER = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on. ``fit`` is the cosine of the best sentence of the best hit,
    ``likeness`` what the linear model says (see ``intents``), ``near`` how near the messages of
    each kind are (see ``neighbours``)."""

    search: Search
    likeness: Likeness
    fit: float
    near: Mapping[str, Nearness] = field(default_factory=dict)

    @property
    def like(self) -> Likeness:
        """How far each kind is ahead of "none of these", by model and neighbours together."""
        none = self.near.get("none", Nearness()).around

        def ahead(kind: str, by_model: float) -> float:
            near = self.near.get(kind)
            return by_model + (NEIGHBOURS_WEIGHT * (near.around - none) if near else 0.0)

        model = self.likeness
        return Likeness(
            door=ahead("door", model.door),
            arrest=ahead("arrest", model.arrest),
            harmful=ahead("harmful", model.harmful),
            outside=ahead("outside", model.outside),
            missing=model.missing,
        )

    @property
    def features(self) -> tuple[float, ...]:
        """What the confidence is computed from, in the order of ``ConfidenceWeights``."""
        hits, cover = self.search.hits, self.search.coverage
        known = self.near.get("known", Nearness())
        missing = self.near.get("missing", Nearness())
        first = hits[0].passage.document
        read = self.search.read or (thresholds.UNREAD,)
        return (
            1.0,
            max(hits[0].dense, self.fit),
            self.fit,
            cover.held,
            cover.unknown,
            float(cover.foreign),
            fmean(hit.passage.document == first for hit in hits[:TOGETHER]),
            len(self.search.question.stems),
            known.around - missing.around,
            known.best - missing.best,
            self.likeness.missing,
            read[0],
            max(read),
        )

    @property
    def of_this_moment(self) -> bool:
        """Whether it is asked how things stand right now, which no dated text can say."""
        return is_of_this_moment(self.search.question.searched)

    @property
    def confidence(self) -> float:
        """The probability that the folder answers the question (logistic regression)."""
        if not self.search.hits:
            return 0.0
        weights = zip(thresholds.CONFIDENCE, self.features, strict=True)
        return 1 / (1 + math.exp(-sum(weight * value for weight, value in weights)))


def verdict(evidence: Evidence) -> Verdict:
    """Return what is to be done with the question."""
    like = evidence.like
    if evidence.search.question.is_empty:
        return "unreadable"
    if evidence.search.question.is_greeting:
        return "greeting"
    if _is_urgent(evidence):
        return "door" if like.door >= like.arrest else "arrest"
    confidence = evidence.confidence
    # Those who defend themselves use the same words, and the folder has answers for them.
    least = (
        thresholds.HARMFUL if confidence < thresholds.ANSWER else thresholds.HARMFUL_THOUGH_KNOWN
    )
    if like.harmful >= max(least, like.outside):
        return "declined"
    question = evidence.search.question
    # "And then?" says nothing itself: what was spoken of before says it.
    says_nothing = not question.stems and not question.context
    by_context = not question.stems and not says_nothing
    unsure = confidence < thresholds.ANSWER or _is_nothing_known(evidence.search)
    if like.outside >= thresholds.OUTSIDE and unsure and not by_context:
        return "outside"
    if says_nothing:
        return "underspecified"
    if confidence >= thresholds.ANSWER and not evidence.of_this_moment:
        return "answered"
    return "partial" if confidence >= thresholds.OFFER else "abstained"


def _is_nothing_known(search: Search) -> bool:
    """Return whether no passage holds any of the message's own words: what was spoken of before
    cannot vouch for "pizza"."""
    own = set(search.question.stems)
    unknown = search.coverage.unknown * len(own.union(search.question.context.stems))
    return bool(own) and round(unknown) >= len(own)


def _is_urgent(evidence: Evidence) -> bool:
    """Return whether it is happening now. Less likeness is enough where the best hit is itself
    the text for that case: a missed alarm costs more than a false one."""
    like, hits = evidence.like, evidence.search.hits
    if evidence.search.coverage.unknown >= thresholds.GIBBERISH:
        return False
    if hits and hits[0].passage.urgent in ("door", "arrest"):
        return like.urgent >= max(thresholds.URGENT_NEAR, like.harmful)
    return like.urgent >= max(thresholds.URGENT, like.harmful, like.outside)
