"""Paragraphs of a message: how they are set, and in pieces where they would not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.telegram.direction import clean, visible
from bot.telegram.richtext import Block, Tag, fitting, line
from retrieval.answering.answer import Language

BULLET = "• "


class Shape(NamedTuple):
    """How a paragraph is set: its tag, what stands before and after it, how far from the last."""

    tag: Tag | None = None
    lead: str = ""
    tail: str = ""
    quote: bool = False
    gap: int = 2


PLAIN = Shape()
CLOSE = Shape(gap=1)


def paragraphs(text: str, language: Language, shape: Shape = PLAIN) -> Iterator[Block]:
    """Yield ``text`` as one block, or as several where one would not fit a message."""

    def make(part: str) -> Block:
        pieces = [piece for piece in part.split("\n") if visible(piece)]
        last = len(pieces) - 1
        lines = (
            line(
                piece,
                language,
                tag=shape.tag,
                lead=shape.lead if index == 0 else "",
                tail=shape.tail if index == last else "",
            )
            for index, piece in enumerate(pieces)
        )
        return Block(tuple(lines), quote=shape.quote, gap=shape.gap)

    text = clean(text)
    if visible(text):
        yield from fitting(text, make)
