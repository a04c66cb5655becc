"""A verdict and what was found to an answer."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from retrieval.answering.about import about
from retrieval.answering.answer import Answer, Status
from retrieval.answering.compose import Citations, Span, arranged, spans_of
from retrieval.answering.notices import notice, readable_date
from retrieval.index.version import Contents
from retrieval.judging.judge import Verdict
from retrieval.judging.moment import asks_for_present
from retrieval.knowledge.documents import Language
from retrieval.passages import Passage
from retrieval.search.question import Question
from retrieval.search.search import Hit, Search

# Hits beyond the first whose best sentence may join an answer, and how close (fused z-score) to
# the first they must be.
MORE_HITS, HIT_SLACK = 4, 3.0
# Sentences of each such hit; sentences of the first one where the answer is not sure.
RELATED_SENTENCES, UNSURE_SENTENCES = 1, 3
# Where a screen has room left, so many sentences of a hit that was read as telling what is asked.
TOLD_SENTENCES = 3
# How much worse (cosine) such a sentence may fit the question than the best one of the first hit.
RELATED_MARGIN = 0.2
# Steps to take, and things to avoid, that join an answer from its document.
STEPS, WARNINGS = 3, 2
SUGGESTIONS = 3


class Writer:
    """Writes answers from the passages of one index."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._documents: dict[tuple[str, Language], list[Passage]] = defaultdict(list)
        self._urgent: dict[tuple[str, Language], list[Passage]] = defaultdict(list)
        for passage in contents.passages:
            self._documents[passage.document, passage.language].append(passage)
            if passage.urgent:
                self._urgent[passage.urgent, passage.language].append(passage)
        self._questions: dict[str, list[str]] = defaultdict(list)
        for question in contents.questions:
            self._questions[contents.passages[question.passage].id].append(question.text)
        self._labels = {topic.id: topic for topic in contents.topics}

    def considered(self, search: Search) -> list[Passage]:
        """Return the passages whose sentences may be shown in an answer to ``search``."""
        hits = [hit.passage for hit in search.hits[: MORE_HITS + 1]]
        beside = self._beside(hits[0]) if hits else []
        return list({passage.id: passage for passage in (*hits, *beside)}.values())

    def write(
        self, verdict: Verdict, search: Search, fits: Mapping[str, float], today: dt.date
    ) -> Answer:
        """Return the answer that ``verdict`` asks for. ``fits`` are the cosines of sentences to
        the question, by entry id; ``today`` tells what is stale."""
        question = search.question
        if verdict in ("door", "arrest"):
            urgent = self._urgent_answer(verdict, question, today)
            if urgent:
                return urgent
        if verdict in ("answered", "partial", "door", "arrest"):
            return self._answered(verdict == "partial", search, fits, today)
        return self._without_answer(verdict, search)

    def _answered(
        self, unsure: bool, search: Search, fits: Mapping[str, float], today: dt.date
    ) -> Answer:
        first = search.hits[0]
        own = spans_of(first.passage, fits)
        if unsure:
            # One of the nearest may be what was meant: the best of each, rather than all of one.
            others = self._related(first, search.hits, fits, slack=math.inf)
            shown, rest = arranged(_best(own, UNSURE_SENTENCES), others)
        else:
            shown, rest = arranged(own, self._others(search, fits))
        language = search.question.language
        before = [notice(language, "unsure")] if unsure else []
        if asks_for_present(search.question.searched):
            newest = max(span.passage.as_of for span in shown)
            before.append(notice(language, "present", date=readable_date(newest, language)))
        return self._answer(
            search.question, "partial" if unsure else "answered", shown, rest, before, today
        )

    def _answer(
        self,
        question: Question,
        status: Status,
        shown: list[Span],
        rest: list[Span],
        before: list[str],
        today: dt.date,
    ) -> Answer:
        citations = Citations()
        statements = tuple(citations.statement(span) for span in shown)
        further = tuple(citations.statement(span) for span in rest)
        used = [span.passage for span in shown]
        return Answer(
            question=question.text,
            language=question.language,
            status=status,
            statements=statements,
            further=further,
            citations=citations.all(),
            notices=(*before, *about(shown, question.language, today)),
            suggestions=self.suggestions(used, question.language),
        )

    def _beside(self, passage: Passage) -> list[Passage]:
        """Return the steps and warnings that stand in the same document as ``passage``."""
        own = self._documents[passage.document, passage.language]
        return [other for other in own if other.role != "fact" and other.id != passage.id]

    def _others(self, search: Search, fits: Mapping[str, float]) -> list[Span]:
        first = search.hits[0]
        beside = [span for p in self._beside(first.passage) for span in spans_of(p, fits)]
        steps = _best((s for s in beside if s.passage.role == "do"), STEPS)
        warnings = _best((s for s in beside if s.passage.role == "avoid"), WARNINGS)
        related = self._related(first, search.hits, fits, HIT_SLACK)
        told = [
            span
            for hit, sure in zip(search.hits[1:], search.read[1:], strict=False)
            if sure > 0 and hit.passage.language == first.passage.language
            for span in _best(spans_of(hit.passage, fits), TOLD_SENTENCES)
            if span.fit >= _least(first, fits)
        ]
        known = {*related, *steps, *warnings}
        return [*related, *steps, *warnings, *(span for span in told if span not in known)]

    def _related(
        self, first: Hit, hits: tuple[Hit, ...], fits: Mapping[str, float], slack: float
    ) -> list[Span]:
        """Return the best sentences of the hits that follow ``first`` within ``slack``, as far as
        they fit the question about as well as those of ``first``."""
        near = [
            hit.passage
            for hit in hits[1 : MORE_HITS + 1]
            if hit.score >= first.score - slack
            and hit.passage.language == first.passage.language
            and (hit.passage.role == "fact" or hit.passage.document != first.passage.document)
        ]
        best = (span for p in near for span in _best(spans_of(p, fits), RELATED_SENTENCES))
        return [span for span in best if span.fit >= _least(first, fits)]

    def _urgent_answer(self, kind: str, question: Question, today: dt.date) -> Answer | None:
        """Return the first steps and the helplines, or None where the folder holds no such text."""
        language = question.language
        steps = self._urgent[kind, language]
        if not steps:
            return None
        first_steps = spans_of(steps[0])
        helplines = [span for p in self._urgent["help", language][:1] for span in spans_of(p)]
        rest = [span for passage in steps[1:] for span in spans_of(passage)]
        return self._answer(question, "urgent", [*first_steps, *helplines], rest, [], today)

    def _without_answer(self, verdict: Verdict, search: Search) -> Answer:
        question = search.question
        language = question.language
        near = [hit.passage for hit in search.hits[:5]]
        notices = [notice(language, verdict)]
        if verdict == "abstained":
            labels = [
                getattr(self._labels[topic], language)
                for topic in dict.fromkeys(topic for p in near for topic in p.topics)
                if topic in self._labels
            ]
            if labels:
                joined = ("، " if language == "fa" else ", ").join(labels[:4])
                notices.append(notice(language, "nearest", topics=joined))
            helplines = [p.text for p in self._urgent["help", language][:1]]
            if helplines:
                notices.append(notice(language, "help", help=" ".join(helplines[0].split("\n"))))
        return Answer(
            question=question.text,
            language=language,
            status=_STATUS[verdict],
            notices=tuple(notices),
            suggestions=self._without_answer_suggestions(verdict, near, language),
            gap=self._gap(near) if verdict == "abstained" else None,
        )

    def _gap(self, near: list[Passage]) -> str | None:
        """Return the first topic of the nearest document, if it is one of the fixed list."""
        topic = near[0].topics[0] if near else None
        return topic if topic in self._labels else None

    def _without_answer_suggestions(
        self, verdict: Verdict, near: Iterable[Passage], language: Language
    ) -> tuple[str, ...]:
        if verdict == "declined":
            return ()
        return (
            self.suggestions(near, language) if verdict == "abstained" else self._starters(language)
        )

    def _starters(self, language: Language) -> tuple[str, ...]:
        """Return questions to begin with: one for each of the first topics that has guidance."""
        found: dict[str, None] = {}
        for topic in self._labels:
            for passage in self._contents.passages:
                if (passage.kind, passage.language, passage.topics[0]) == (
                    "guidance",
                    language,
                    topic,
                ) and passage.section.endswith(("?", "؟")):
                    found[passage.section] = None
                    break
            if len(found) == SUGGESTIONS:
                break
        return tuple(found)

    def suggestions(self, near: Iterable[Passage], language: Language) -> tuple[str, ...]:
        """Return questions the folder answers, near to the passages ``near``: for each of their
        documents two that lead to other passages of it. A heading that is a question reads better
        than what people typed."""
        used = list(near)
        known = {passage.id for passage in used}
        found: dict[str, None] = {}
        for passage in {p.document: p for p in used}.values():
            own = self._documents[passage.document, language]
            others = [p for p in own if p.id not in known]
            asked = [p.section for p in others if p.section.endswith(("?", "؟"))]
            asked += [text for p in others for text in self._questions[p.id][:1]]
            found.update(dict.fromkeys(asked[:2]))
        return tuple(found)[:SUGGESTIONS]


_STATUS: dict[Verdict, Status] = {
    "abstained": "abstained",
    "underspecified": "abstained",
    "greeting": "outside",
    "unreadable": "outside",
    "outside": "outside",
    "declined": "declined",
}


def _least(first: Hit, fits: Mapping[str, float]) -> float:
    """Return how well a sentence of another hit must fit to join those of the first one."""
    return max((s.fit for s in spans_of(first.passage, fits)), default=0.0) - RELATED_MARGIN


def _best(spans: Iterable[Span], most: int) -> list[Span]:
    """Return the ``most`` best-fitting of ``spans``, in reading order."""
    ordered = list(spans)
    chosen = sorted(ordered, key=lambda span: -span.fit)[:most]
    return [span for span in ordered if span in chosen]
