"""An answer in another shape: shorter, as steps one after the other, in the other language.

Every statement of a view is a span of a passage, letter for letter, as in the answer itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from retrieval.answering.about import about
from retrieval.answering.answer import Answer, Statement
from retrieval.answering.compose import Citations, Span
from retrieval.answering.located import located
from retrieval.answering.notices import notice, readable_date
from retrieval.knowledge.documents import Language
from retrieval.passages import Passage

View = Literal["short", "steps", "fa", "en"]
# An answer of fewer statements is short already; from so many steps on numbers help.
LEAST_TO_SHORTEN, LEAST_STEPS = 4, 2
MOST_STEPS = 10
OTHER: dict[Language, Language] = {"fa": "en", "en": "fa"}

Suggest = Callable[[Iterable[Passage], Language], tuple[str, ...]]


def shorter(answer: Answer) -> Answer | None:
    """Return the answer's first statement with the first thing to do and the first to avoid, its
    numbers and notices as they were; None where that would leave out little, or of an urgent one.
    """
    if answer.status == "urgent" or len(answer.statements) < LEAST_TO_SHORTEN:
        return None
    first = answer.statements[0]
    kept = [first]
    for role in ("do", "avoid"):
        if all(statement.role != role for statement in kept):
            kept += [s for s in answer.statements if s.role == role][:1]
    return replace(answer, statements=tuple(kept), further=(), suggestions=())


class Views:
    """Makes views of answers from the passages of one index.

    ``suggest`` returns questions near to passages, ``today`` tells what is stale.
    """

    def __init__(
        self, passages: Iterable[Passage], suggest: Suggest, today: Callable[[], dt.date]
    ) -> None:
        self._suggest = suggest
        self._today = today
        self._by_id: dict[str, Passage] = {}
        self._documents: dict[tuple[str, Language], list[Passage]] = defaultdict(list)
        for passage in passages:
            self._by_id[passage.id] = passage
            self._documents[passage.document, passage.language].append(passage)

    def view(self, answer: Answer, view: View) -> Answer | None:
        """Return ``answer`` in that shape, or None where it has none that differs."""
        if view == "short":
            return shorter(answer)
        answer = answer.verbatim or answer  # steps and translations are of what stands in passages
        if view == "steps":
            return self._steps(answer)
        return self._translated(answer, view) if view != answer.language else None

    def _steps(self, answer: Answer) -> Answer | None:
        """Return the steps of the document that opens the answer, one statement a step."""
        shown = located(answer, answer.statements[:1], self._by_id.get)
        if answer.status == "urgent" or not shown:
            return None
        first = shown[0].passage
        own = [p for p in self._documents[first.document, first.language] if p.role == "do"]
        items = [item for passage in own for item in _lines(passage)][:MOST_STEPS]
        if len(items) < LEAST_STEPS:
            return None
        citations = Citations()
        statements = tuple(_joined(item, citations) for item in items)
        spans = [span for item in items for span in item]
        return replace(
            answer,
            statements=statements,
            further=(),
            citations=citations.all(),
            notices=tuple(about(spans, answer.language, self._today())),
            suggestions=(),
        )

    def _translated(self, answer: Answer, language: Language) -> Answer | None:
        """Return what the same passages say in ``language``."""
        shown = self._counterparts(located(answer, answer.statements, self._by_id.get), language)
        if not shown:
            return None
        rest = self._counterparts(located(answer, answer.further, self._by_id.get), language)
        rest = [span for span in rest if span not in shown]
        citations = Citations()
        return replace(
            answer,
            language=language,
            statements=tuple(citations.statement(span) for span in shown),
            further=tuple(citations.statement(span) for span in rest),
            citations=citations.all(),
            notices=(*_said_before(answer, language), *about(shown, language, self._today())),
            suggestions=self._suggest([span.passage for span in shown], language),
        )

    def _counterparts(self, spans: Sequence[Span], language: Language) -> list[Span]:
        """Return the spans that say the same in ``language``, each once."""
        found = [other for span in spans for other in self._counterpart(span, language)]
        return [span for at, span in enumerate(found) if span not in found[:at]]

    def _counterpart(self, span: Span, language: Language) -> list[Span]:
        """Return what says in ``language`` what ``span`` says: the sentence of the same number in
        its section; where the translation has other sentences, the item or paragraph of the same
        number; and where it has others of these too, the section's first."""
        own = self._section(span.passage, span.passage.language)
        others = self._section(span.passage, language)
        at = own.index(replace(span, fit=0.0))
        if len(own) == len(others):
            return others[at : at + 1]
        own_lines, lines = _by_line(own), _by_line(others)
        line = next(n for n, spans in enumerate(own_lines) if own[at] in spans)
        if len(own_lines) == len(lines):
            return lines[line]
        return lines[0] if lines else []

    def _section(self, passage: Passage, language: Language) -> list[Span]:
        """Return all sentences of the passage's section, in ``language``."""
        section = passage.key.rpartition(".")[0]
        return [
            Span(other, number, 0.0)
            for other in self._documents[passage.document, language]
            if other.key.rpartition(".")[0] == section
            for number in range(len(other.sentences))
        ]


def _said_before(answer: Answer, language: Language) -> Iterator[str]:
    """Yield in ``language`` what was said of the answer as a whole, above what is said of its
    passages."""
    if answer.status == "partial":
        yield notice(language, "unsure")
    for date in {citation.as_of for citation in answer.citations}:
        said = notice(answer.language, "present", date=readable_date(date, answer.language))
        if said in answer.notices:
            yield notice(language, "present", date=readable_date(date, language))


def _lines(passage: Passage) -> list[list[Span]]:
    """Return the sentences of ``passage`` by the list item or paragraph they stand in."""
    return _by_line([Span(passage, number, 0.0) for number in range(len(passage.sentences))])


def _by_line(spans: Sequence[Span]) -> list[list[Span]]:
    lines: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for span in spans:
        before = span.passage.text.count("\n", 0, span.sentence.start)
        lines[span.passage.id, before].append(span)
    return list(lines.values())


def _joined(item: Sequence[Span], citations: Citations) -> Statement:
    """Return the sentences of one item as one statement."""
    parts = [citations.statement(span) for span in item]
    first, last = item[0], item[-1]
    text = first.passage.text[first.sentence.start : last.sentence.end]
    return Statement(text, tuple(dict.fromkeys(n for p in parts for n in p.citations)), "do")
