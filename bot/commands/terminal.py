"""An answer as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.answering.answer import Answer, Citation, Statement

# First-strong isolates keep Latin names and numbers in place inside Persian lines.
_ISOLATE, _POP = "\u2068", "\u2069"


@lru_cache(maxsize=4)
def texts(language: str) -> dict[str, str]:
    """Return the terminal's own texts in ``language`` by name."""
    file = resources.files("bot.commands").joinpath(f"texts/{language}.yaml")
    loaded: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield the lines of ``answer``: statements, notices, sources and suggestions."""
    labels = texts(answer.language)
    cited = {n for statement in answer.statements for n in statement.citations}
    sources = [source_line(c, labels) for c in answer.citations if c.n in cited]
    parts = (
        list(statement_lines(answer.statements)),
        list(answer.notices),
        [labels["sources"], *sources] if sources else [],
        [labels["ask"], *(f"  - {s}" for s in answer.suggestions)] if answer.suggestions else [],
        [labels["more"]] if answer.further else [],
    )
    for number, part in enumerate(filter(None, parts)):
        if number:
            yield ""
        yield from part


def statement_lines(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield one line a statement, with the numbers of its citations."""
    marks = {"do": "+ ", "avoid": "- ", "fact": ""}
    for statement in statements:
        numbers = "".join(f"[{n}]" for n in statement.citations)
        yield f"{marks[statement.role]}{statement.text} {_ISOLATE}{numbers}{_POP}"


def source_line(citation: Citation, labels: dict[str, str]) -> str:
    """Return the line of a source: who published what, when, where, and of which kind it is."""
    date = f", {citation.date}" if citation.date else ""
    url = f"\n      {citation.url}" if citation.url else ""
    tier = labels[citation.tier]
    return (
        f"  [{citation.n}] {_ISOLATE}{citation.publisher}{date} ({tier}){_POP} — "
        f"{citation.title} › {citation.section}{url}"
    )
