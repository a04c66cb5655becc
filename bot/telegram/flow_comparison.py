"""Tools held side by side: a phone is narrow, so line by line, each with one line a tool."""

from __future__ import annotations

from collections.abc import Iterator

from bot.telegram.paragraphs import BULLET, paragraphs
from bot.telegram.render import number
from bot.telegram.richtext import Block
from bot.telegram.statements import HEADING, ITEM, listed, marks
from bot.telegram.texts import Texts
from retrieval.flows import Cell, Comparison, ShownTool

FITS, MISSES = "✓ ", "✗ "


def comparison_blocks(comparison: Comparison, texts: Texts) -> Iterator[Block]:
    """Yield how much of what matters each tool meets, the lines, and what each leaves open."""
    language = comparison.language
    tools = (*comparison.options, *comparison.uses)
    if not tools:
        yield from paragraphs(texts.flows.no_options, language)
        return
    for tool in tools:
        yield from paragraphs(_met(tool, comparison, texts), language, ITEM)
    if comparison.wanted:
        yield from paragraphs(texts.flows.signs, language)
    for at, line in enumerate(tools[0].cells):
        if all(tool.cells[at].statement is None for tool in tools):
            continue
        yield from paragraphs(line.label, language, HEADING)
        for tool in tools:
            cell = tool.cells[at]
            if cell.statement is not None:
                tail = marks(cell.statement.citations, language)
                shape = ITEM._replace(lead=_sign(cell), tail=tail)
                yield from paragraphs(f"{tool.name}: {cell.value}", language, shape)
        if unknown := [tool.name for tool in tools if tool.cells[at].statement is None]:
            names = ("، " if language == "fa" else ", ").join(unknown)
            yield from paragraphs(texts.flows.unknown.format(names=names), language, ITEM)
    for tool in tools:
        if tool.limits:
            heading = texts.flows.limits.format(name=tool.name)
            yield from paragraphs(heading, language, HEADING)
            yield from listed(tool.limits, language)


def _met(tool: ShownTool, comparison: Comparison, texts: Texts) -> str:
    name = tool.name
    if tool in comparison.uses:
        name = texts.flows.used.format(name=name)
    if not comparison.wanted:
        return name
    language = comparison.language
    return texts.flows.met.format(
        name=name,
        met=number(tool.met, language),
        wanted=number(comparison.wanted, language),
    )


def _sign(cell: Cell) -> str:
    if cell.fits is None:
        return BULLET
    return FITS if cell.fits else MISSES
