"""Guides over a knowledge folder without an index, which they do not need, and what they show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from retrieval.answering.answer import Statement
from retrieval.flows import Case, Comparison, Guide, Plan, guides_of
from retrieval.flows.quoting import Sections
from retrieval.index.version import Contents
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.tool_facts import tool_facts
from retrieval.passages import Passage, passages_of


def guides(folder: Path) -> dict[str, Guide]:
    """Return the guides of ``folder``, by id."""
    return opened(folder)[0]


def passages(folder: Path) -> dict[str, Passage]:
    """Return the passages of ``folder``, by id."""
    return opened(folder)[1]


def opened(folder: Path) -> tuple[dict[str, Guide], dict[str, Passage]]:
    """Return the guides and the passages of ``folder``, read once."""
    knowledge = read_knowledge(folder)
    made = [p for document in knowledge.documents for p in passages_of(document)]
    facts = [tool_facts(document) for document in knowledge.documents]
    found = guides_of(
        tuple(file.flow for file in knowledge.flows),
        Sections(Contents(tuple(made), (), (), ())),
        {(fact.document, fact.language): fact for fact in facts if fact},
        lambda: dt.date(2026, 11, 22),
    )
    return found, {passage.id: passage for passage in made}


def statements(screen: Case | Plan | Comparison) -> Iterator[Statement]:
    if isinstance(screen, Plan):
        groups = [advice.statements for advice in (*screen.top, *screen.rest)]
    else:
        groups = [block.statements for block in screen.blocks]
    if isinstance(screen, Comparison):
        for tool in (*screen.uses, *screen.options):
            groups.append(tool.limits)
            groups.append(tuple(c.statement for c in tool.cells if c.statement))
    for group in groups:
        yield from group
