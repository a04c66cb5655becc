"""What people see, kept as files and read by people.

``DARICHEH_REWRITE_GOLDEN=1`` writes them anew; read the difference before you keep it. Direction
marks are shown: ‹ and › for an isolate, » at a line's start for a right-to-left mark and « for a
left-to-right one.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.telegram.scripted import (
    ABSTAINED_FA,
    ANSWERED_EN,
    ANSWERED_FA,
    DECLINED_EN,
    OUTSIDE_EN,
    URGENT_EN,
    URGENT_FA,
)
from tests.telegram.chats import Json
from tests.telegram.people import Person
from tests.telegram.server import StandIn

GOLDEN = Path(__file__).parent / "golden"
STICKER = {
    "file_id": "a", "file_unique_id": "a", "type": "regular", "width": 1, "height": 1,
    "is_animated": False, "is_video": False,
}  # fmt: skip
MARKS = str.maketrans({"\u2068": "‹", "\u2069": "›", "\u200f": "»", "\u200e": "«"})


def picture(message: Json) -> str:
    """Return a message as text: bold and code as in Markdown, buttons in brackets."""
    text = message["html"].translate(MARKS)
    text = re.sub(r"</?b>", "**", text)
    text = re.sub(r"</?code>", "`", text)
    text = re.sub(r"<blockquote expandable>(.*?)</blockquote>", _quoted, text, flags=re.S)
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [" ".join(f"[ {b['text'].translate(MARKS)} ]" for b in row) for row in rows]
    return "\n".join([html.unescape(text), *([""] if buttons else []), *buttons])


def _quoted(match: re.Match[str]) -> str:
    return "\n".join(f"> {line}" for line in match[1].split("\n"))


def says(text: str) -> Callable[[Person], Any]:
    return lambda person: person.says(text)


CONVERSATIONS: dict[str, tuple[str, list[Any]]] = {
    "start.fa": ("fa", [says("/start")]),
    "start.en": ("en", [says("/start")]),
    "help.fa": ("fa", [says("/help")]),
    "help.en": ("en", [says("/help")]),
    "language.fa": ("fa", [says("/language")]),
    "privacy.fa": ("fa", [says("/privacy")]),
    "privacy.en": ("en", [says("/privacy")]),
    "answer.fa": ("fa", [says(ANSWERED_FA.question), "منابع", "بیشتر", "VPN"]),
    "answer.en": ("en", [says(ANSWERED_EN.question), "Sources"]),
    "urgent.fa": ("fa", [says(URGENT_FA.question)]),
    "urgent.en": ("en", [says(URGENT_EN.question)]),
    "abstained.fa": ("fa", [says(ABSTAINED_FA.question)]),
    "abstained.en": ("en", [says("something quite unknown")]),
    "outside.en": ("en", [says(OUTSIDE_EN.question)]),
    "declined.en": ("en", [says(DECLINED_EN.question)]),
    "sticker.fa": ("fa", [lambda person: person.sends(sticker=STICKER)]),
    "sticker.en": ("en", [lambda person: person.sends(sticker=STICKER)]),
    "unknown-command.fa": ("fa", [says("/abracadabra")]),
    "forget.fa": ("fa", [says(ANSWERED_FA.question), says("/forget")]),
    "forget.en": ("en", [says(ANSWERED_EN.question), says("/forget")]),
}


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_what_people_see(telegram: StandIn, name: str) -> None:
    language, steps = CONVERSATIONS[name]
    person = telegram.person(3001, language_code=language)
    parts: list[str] = []
    first: Json = {}
    for step in steps:
        if isinstance(step, str):
            parts.append(f"--- presses {step!r}")
            person.presses(first, step)
        else:
            asked = step(person)
            parts.append(f"--- says {asked.get('text', 'a sticker')!r}")
        for heard in await person.hears():
            first = first or heard
            parts.append(picture(heard))
        await asyncio.sleep(0.05)
    seen = "\n\n".join(parts) + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("DARICHEH_REWRITE_GOLDEN"):
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")
