"""Statements as a list, each with the numbers of its sources, and the pages that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.telegram.message import Button, Message, Press
from bot.telegram.paragraphs import BULLET, Shape, paragraphs
from bot.telegram.render import Rows, number
from bot.telegram.richtext import Block, pack
from bot.telegram.texts import Texts
from retrieval.answering.answer import Citation, Language, Statement

HEADING = Shape(tag="b")
ITEM = Shape(lead=BULLET, gap=1)
_TO = "\u2011"  # a hyphen that does not let a line break after it


def marks(numbers: Sequence[int], language: Language) -> str:
    """Return the numbers of citations as they stand behind a statement, nothing where none do;
    three or more in a row as a span."""
    shown = ""
    for first, last in _spans(dict.fromkeys(numbers)):
        if last - first < 2:
            shown += "".join(f"[{number(n, language)}]" for n in range(first, last + 1))
        else:
            shown += f"[{number(first, language)}{_TO}{number(last, language)}]"
    return f" {shown}" if shown else ""


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of numbers that follow one another."""
    spans: list[tuple[int, int]] = []
    for n in numbers:
        if spans and n == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], n)
        else:
            spans.append((n, n))
    return spans


def listed(
    statements: Sequence[Statement], language: Language, lead: str = BULLET
) -> Iterator[Block]:
    """Yield statements one under the other, as items of a list."""
    for statement in statements:
        shape = Shape(lead=lead, tail=marks(statement.citations, language), gap=1)
        yield from paragraphs(statement.text, language, shape)


def pages(blocks: Sequence[Block], rows: Rows = (), *, protect: bool = False) -> list[Message]:
    """Return the messages that hold ``blocks``, the buttons under the last one."""
    packed = pack(blocks)
    return [
        Message(html, tuple(rows) if at == len(packed) else (), protect)
        for at, html in enumerate(packed, start=1)
    ]


def sources_button(
    citations: Sequence[Citation], texts: Texts, key: str, language: Language
) -> Button:
    """Return the button that shows the sources of what is held under ``key``."""
    named = texts.answer.button_sources.format(count=number(len(citations), language))
    return Button(named, Press("sources", key))
