"""A comparison: which tools meet most of what somebody wants, held side by side line by line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.answering.answer import Statement
from retrieval.flows.quoting import Quoting
from retrieval.flows.screens import Cell, ShownTool
from retrieval.knowledge.conditions import Answers
from retrieval.knowledge.documents import CitedField, Language
from retrieval.knowledge.flows import ComparisonResult, Flow, Option, Quote, Want
from retrieval.knowledge.tool_facts import Fact, ToolFacts

# Fewer than two are no comparison.
_FEWEST = 2
# The section that the typed fields of a card become.
_FIELDS_SECTION = "at-a-glance"
# The sentences of the section on what a tool does not protect that go beside the others.
_LIMITS = (1, 2)
_THOUSANDS = {"en": ",", "fa": "٬"}
_DIGITS_FA = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

Tools = dict[tuple[str, Language], ToolFacts]


@lru_cache(maxsize=4)
def field_labels(language: Language) -> dict[str, Any]:
    """Return the labels of tool fields and of their values, by field."""
    file = resources.files("retrieval.flows").joinpath(f"texts/{language}.yaml")
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def chosen_options(flow: Flow, answers: Answers) -> list[Option]:
    """Return the options that were chosen, in the order of the flow."""
    return [o for step in flow.steps for o in step.options if o.id in answers.get(step.id, ())]


def wants_of(options: Iterable[Option]) -> tuple[Want, ...]:
    """Return what is wanted, each want once."""
    return tuple(dict.fromkeys(want for option in options for want in option.wants))


def meets(facts: ToolFacts, want: Want) -> bool | None:
    """Return whether a tool with ``facts`` is what is wanted; None where nobody knows."""
    own = _passes(facts.facts.get(want.field), want)
    return own or any(meets(facts, other) for other in want.instead) or own


def _passes(fact: Fact | None, want: Want) -> bool | None:
    if fact is None:
        return None
    if want.least is not None:
        return isinstance(fact.value, int) and fact.value >= want.least
    return fact.value in want.among


def best_options(
    result: ComparisonResult, tools: Tools, used: set[str], wants: tuple[Want, ...]
) -> list[str]:
    """Return the ids of the candidates not ``used`` that meet most ``wants`` and fail fewest. One
    that meets none of them comes in only to make up a second."""

    def rank(candidate: str) -> tuple[int, int]:
        found = [meets(tools[candidate, "en"], want) for want in wants]
        return -found.count(True), found.count(False)

    there = [c for c in result.candidates if (c, "en") in tools and c not in used]
    best = sorted(there, key=rank)[: result.most]
    return [c for place, c in enumerate(best) if place < _FEWEST or not wants or rank(c)[0]]


def shown_tool(
    document: str,
    result: ComparisonResult,
    tools: Tools,
    wants: tuple[Want, ...],
    quoting: Quoting,
    language: Language,
) -> ShownTool:
    """Return the lines of the tool ``document``, with the statements they stand on."""
    facts = tools.get((document, language)) or tools[document, "en"]
    cells = tuple(_cell(field, facts, wants, quoting, language) for field in result.fields)
    met = sum(meets(facts, want) is True for want in wants)
    return ShownTool(document, facts.name, cells, met, _limits(facts, result, quoting))


def _cell(
    field: CitedField,
    facts: ToolFacts,
    wants: tuple[Want, ...],
    quoting: Quoting,
    language: Language,
) -> Cell:
    label = str(field_labels(language)["fields"][field])
    fact = facts.facts.get(field)
    section = f"{facts.document}#{_FIELDS_SECTION}"
    statement = quoting.sentence(section, fact.sentence) if fact else None
    if fact is None or statement is None:
        return Cell(field, label, None, None, None)
    found = [_passes(fact, want) for want in wants if want.field == field]
    stand_ins = [other for want in wants for other in want.instead if other.field == field]
    found += [True for other in stand_ins if _passes(fact, other)]
    fits = all(found) if found else None
    return Cell(field, label, _value(field, fact, language), statement, fits)


def _value(field: CitedField, fact: Fact, language: Language) -> str:
    labels = field_labels(language)["values"][field]
    if isinstance(fact.value, int):
        number = f"{fact.value:,}".replace(",", _THOUSANDS[language])
        label = str(labels[fact.gaps.get("limit", "fixed")])
        return label.format(number=_digits(number, language))
    gaps = {**fact.gaps, "year": _digits(fact.gaps.get("year", ""), language)}
    return str(labels[fact.value]).format(**gaps)


def _digits(number: str, language: Language) -> str:
    return number.translate(_DIGITS_FA) if language == "fa" else number


def _limits(facts: ToolFacts, result: ComparisonResult, quoting: Quoting) -> tuple[Statement, ...]:
    said = quoting.sentence(f"{facts.document}#{_FIELDS_SECTION}", facts.limits)
    if said is not None:
        return (said,)
    section = f"{facts.document}#{result.limits}"
    return quoting.statements([Quote(passage=section, sentences=_LIMITS)], {}, again=True)
