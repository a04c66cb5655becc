"""From the references of a flow to sentences of passages, numbered and cited as in answers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from retrieval.answering.about import about
from retrieval.answering.answer import Citation, Statement
from retrieval.answering.compose import Citations, Span, spans_of
from retrieval.index.version import Contents
from retrieval.knowledge.conditions import Answers, verdict
from retrieval.knowledge.documents import Language
from retrieval.knowledge.flows import Quote
from retrieval.passages import Passage

_LANGUAGES: tuple[Language, ...] = ("en", "fa")


class Sections:
    """The sections of an index's passages by ``document#section`` and language."""

    def __init__(self, contents: Contents) -> None:
        self._passages: dict[tuple[str, Language], list[Passage]] = defaultdict(list)
        for passage in contents.passages:
            section = passage.key.rpartition(".")[0]
            self._passages[section, passage.language].append(passage)

    def spans(self, section: str, language: Language) -> list[Span]:
        """Return the sentences of ``section`` in reading order, in the other language where there
        is none in ``language``; none where the section is gone."""
        for each in (language, *(other for other in _LANGUAGES if other != language)):
            if passages := self._passages.get((section, each)):
                return [span for passage in passages for span in spans_of(passage)]
        return []


class Quoting:
    """The statements of one screen: shown once each, their citations numbered in order."""

    def __init__(self, sections: Sections, language: Language) -> None:
        self._sections = sections
        self._language = language
        self._citations = Citations()
        self._shown: dict[tuple[str, int], Span] = {}

    def statements(
        self, quotes: Iterable[Quote], answers: Answers, again: bool = False
    ) -> tuple[Statement, ...]:
        """Return what ``quotes`` show to somebody who gave ``answers``. A sentence that the screen
        already holds is left out unless it may come ``again``."""
        spans = [
            span
            for quote in quotes
            if verdict(quote.when, answers)
            for span in _chosen(self._sections.spans(quote.passage, self._language), quote)
        ]
        return tuple(self._stated(span) for span in spans if again or not self._is_shown(span))

    def sentence(self, section: str, text: str) -> Statement | None:
        """Return the sentence of ``section`` that reads ``text``, if there is one."""
        for span in self._sections.spans(section, self._language):
            if span.text == text:
                return self._stated(span)
        return None

    def citations(self) -> tuple[Citation, ...]:
        """Return what the statements made so far cite."""
        return self._citations.all()

    def notices(self, today: dt.date) -> tuple[str, ...]:
        """Return what must be said about the passages quoted so far."""
        if not self._shown:
            return ()
        return tuple(about([*self._shown.values()], self._language, today))

    def _is_shown(self, span: Span) -> bool:
        return (span.passage.id, span.number) in self._shown

    def _stated(self, span: Span) -> Statement:
        self._shown[span.passage.id, span.number] = span
        return self._citations.statement(span)


def _chosen(spans: list[Span], quote: Quote) -> list[Span]:
    """Return the sentences that ``quote`` names, in its order; numbers beyond the end name none."""
    if not quote.sentences:
        return spans
    return [spans[number - 1] for number in quote.sentences if number <= len(spans)]
