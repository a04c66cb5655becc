"""The sources of an answer, one message at a time: fifty of them sent at once are a flood."""

from __future__ import annotations

from dataclasses import replace

from bot.telegram import render
from bot.telegram.message import Button, Message, Press
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer

_PAGES = 1000  # more than any answer has: the part of a press holds both numbers


def first(given: Answer, texts: Texts, key: str, part: int) -> list[Message]:
    """Return the first page of the sources that ``part`` of an answer stands on.

    ``part`` is 0 for its statements and 1 for the rest; ``key`` names the answer.
    """
    return _page(given, texts, key, part, 0)


def turned(given: Answer, texts: Texts, press: Press) -> list[Message]:
    """Return the page that a pressed button leads to; nothing where there is no such page."""
    return _page(given, texts, press.key, *divmod(press.part, _PAGES))


def _page(given: Answer, texts: Texts, key: str, part: int, at: int) -> list[Message]:
    pages = render.sources(given, texts, part)
    turns = [
        Button(
            texts.browsing.page.format(
                number=render.number(to + 1, given.language),
                total=render.number(len(pages), given.language),
            ),
            Press("page", key, part * _PAGES + to),
        )
        for to in (at - 1, at + 1)
        if 0 <= to < len(pages)
    ]
    return [replace(page, rows=(tuple(turns),) if turns else ()) for page in pages[at : at + 1]]
