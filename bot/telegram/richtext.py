"""Text with a little form: what a message is made of before it becomes Telegram HTML.

Blocks stay whole when messages are split, so a message never ends inside a statement or an HTML
entity. Lengths are UTF-16 units after parsing, which is what Telegram counts.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.telegram.direction import FSI, PDI, clean, isolated, with_start
from retrieval.answering.answer import Language

LIMIT = 4096 - 64  # Telegram's, less what a neutral first line takes
Tag = Literal["b", "code"]


class Span(NamedTuple):
    """A piece of a line, with at most one tag. The text is ready: cleaned and isolated."""

    text: str
    tag: Tag | None = None


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay together; ``gap`` newlines part it from what stands above."""

    lines: tuple[Line, ...]
    quote: bool = False
    gap: int = 2


def units(text: str) -> int:
    """Return the length of ``text`` as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def line(
    text: str, language: Language, tag: Tag | None = None, lead: str = "", tail: str = ""
) -> Line:
    """Return one line of foreign or own ``text`` between ``lead`` and ``tail`` of the chrome."""
    body = isolated(clean(text).replace("\n", " ").strip(), language)
    whole = with_start(lead + body + tail, language)
    return (Span(whole, tag),) if whole else ()


def code_line(text: str, language: Language) -> Line:
    """Return a line of text to copy (an address): a tap copies it, without direction marks."""
    start = with_start(FSI, language)
    return (Span(start), Span(clean(text).replace("\n", " ").strip(), "code"), Span(PDI))


def block_units(block: Block) -> int:
    """Return the block's length in UTF-16 units, without its gap."""
    return sum(units(span.text) for each in block.lines for span in each) + len(block.lines) - 1


def block_html(block: Block) -> str:
    """Return the block as Telegram HTML."""
    inner = "\n".join("".join(_span_html(span) for span in each) for each in block.lines)
    return f"<blockquote expandable>{inner}</blockquote>" if block.quote else inner


def _span_html(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    return f"<{span.tag}>{text}</{span.tag}>" if span.tag and text else text


def pack(blocks: Iterable[Block], limit: int = LIMIT) -> tuple[str, ...]:
    """Return the HTML of as few messages as hold the blocks in order, each within ``limit``."""
    messages: list[str] = []
    current, used = "", 0
    for block in blocks:
        size = block_units(block)
        if size <= 0:
            continue
        if current and used + block.gap + size <= limit:
            current += "\n" * block.gap + block_html(block)
            used += block.gap + size
            continue
        if current:
            messages.append(current)
        current, used = block_html(block), size
    if current:
        messages.append(current)
    return tuple(messages)


def halves(text: str) -> tuple[str, str]:
    """Return ``text`` in two parts, cut near the middle: at a line, a sentence or a word."""
    middle = len(text) // 2
    for separator in ("\n", ". ", "؟ ", "; ", " "):
        before = text.rfind(separator, len(text) // 4, middle + 1)
        if before > 0:
            cut = before + len(separator)
            return text[:cut], text[cut:]
    return text[:middle], text[middle:]


def fitting(text: str, make: Callable[[str], Block], limit: int = LIMIT) -> Iterator[Block]:
    """Yield ``make(text)``, or where that is over ``limit`` its parts, each within it."""
    block = make(text)
    if block_units(block) <= limit or len(text) < 2:
        yield block
        return
    for part in halves(text):
        if part.strip():
            yield from fitting(part, make, limit)
