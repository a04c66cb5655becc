"""Guided conversations and lists as people see them, to their end, kept as files and read.

``DARICHEH_REWRITE_GOLDEN=1`` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
from typing import NamedTuple

import pytest

from tests.bot.telegram.scripted import ANSWERED_EN, ANSWERED_FA
from tests.bot.telegram.test_golden import GOLDEN, picture
from tests.telegram.chats import Json
from tests.telegram.people import Person
from tests.telegram.server import StandIn


class Says(NamedTuple):
    """A message, and how many the bot sends then."""

    text: str
    sent: int = 1


class Presses(NamedTuple):
    """A button of the latest message that has it, and how many messages are edited and sent."""

    label: str
    edited: int = 1
    sent: int = 0


def opens(label: str, sent: int = 1) -> Presses:
    return Presses(label, 0, sent)


READY_FA: list[Says | Presses] = [
    Says("/ready"),
    *map(Presses, ("یکی", "قبلی", "یکی", "نه", "سیگنال", "ادامه", "نه", "رد شدن", "بله")),
    opens("منابع"),
    opens("متن ساده"),
    opens("تصویر"),
    Says("/ready"),
    *map(Presses, ("دو تا یا بیشتر", "بله", "سیگنال", "بی‌اینترنت", "ادامه", "بله", "رمز بلند")),
    Presses("بله"),
    Presses("توقف"),
]
READY_EN: list[Says | Presses] = [
    Says("/ready"),
    *map(Presses, ("One", "Back", "One", "No", "Signal", "Continue", "No", "Skip", "Yes")),
    opens("As plain text"),
    Says("/ready"),
    *map(Presses, ("Two or more", "Yes", "Signal", "offline", "Continue", "Yes", "A long code")),
    Presses("Yes"),
]
CONVERSATIONS: dict[str, tuple[str, list[Says | Presses]]] = {
    "ready.fa": ("fa", READY_FA),
    "ready.en": ("en", READY_EN),
    "summons.fa": (
        "fa",
        [
            Says("/summons", 2),  # the first says that messages delete themselves from here on
            Presses("پشت در"),
            Presses("قبلی"),
            Presses("تلفن"),
            Says(ANSWERED_FA.question, 2),
            opens("ادامه از همان‌جا"),
            Presses("کانال"),
            Presses("ادامه"),
            opens("منابع"),
            Presses("از اول"),
            Presses("توقف"),
        ],
    ),
    "summons.en": (
        "en",
        [
            Says("/summons", 2),  # the first says that messages delete themselves from here on
            Presses("at the door"),
            Presses("Back"),
            Presses("phone call"),
            Says(ANSWERED_EN.question, 2),
            opens("Go on"),
            Presses("A channel"),
            Presses("Continue"),
            Presses("Stop"),
        ],
    ),
    "alternatives.fa": (
        "fa",
        [
            Says("/alternatives"),
            *map(Presses, ("واتس‌اپ", "ادامه", "بدون شماره", "بدون اینترنت", "گروه", "ادامه")),
        ],
    ),
    "alternatives.en": (
        "en",
        [
            Says("/alternatives"),
            *map(Presses, ("WhatsApp", "Continue", "No phone", "offline", "Large", "Continue")),
        ],
    ),
    "platform.fa": (
        "fa",
        [
            Says("/platform"),
            opens("تلگرام"),
            opens("کدام گفت‌وگوهای"),
            opens("منابع"),
            Says("/platform تلگرم"),
            Says("/platform سیگنل"),
            Says("/platform تیک‌تاک"),
        ],
    ),
    "platform.en": ("en", [Says("/platform tlgram"), Says("/platform isgnal")]),
    "contacts.fa": ("fa", [Says("/contacts"), opens("اکسس‌ناو"), opens("تور")]),
    "contacts.en": ("en", [Says("/contacts"), opens("Access Now"), opens("Tor")]),
    "term.fa": (
        "fa",
        [
            Says("/term"),
            opens("وی‌پی‌ان"),
            Says("/term filtershekan"),
            Says("/term فیلترشکم"),
            Says("/term ققنوس"),
        ],
    ),
    "term.en": ("en", [Says("/term vpn"), Says("/term sumons")]),
    "topics.fa": ("fa", [Says("/topics"), Presses("احضار"), opens("تلفنی")]),
    "topics.en": (
        "en",
        [Says("/topics"), Presses("Being summoned"), opens("A call"), Presses("All topics")],
    ),
    "sources.fa": ("fa", [Says("/sources"), Presses("صفحه‌ی بعد")]),
    "sources.en": ("en", [Says("/sources"), Presses("Next"), Presses("Previous")]),
}


def described(message: Json) -> str:
    """Return a message as text; a picture as its size above its caption."""
    if "photo" in message:
        [size] = message["photo"]
        return f"[picture, {size['width']} by {size['height']}]\n{picture(message)}"
    protected = "[protected]\n" if message.get("has_protected_content") else ""
    return protected + picture(message)


async def transcript(person: Person, steps: list[Says | Presses]) -> str:
    """Return all that is said and shown when ``person`` goes through ``steps``."""
    parts: list[str] = []
    for step in steps:
        start = len(person.chat.events)
        if isinstance(step, Says):
            parts.append(f"--- says {step.text!r}")
            person.says(step.text)
            wanted = {"sent": step.sent}
        else:
            parts.append(f"--- presses {step.label!r}")
            person.presses(_with_button(person, step.label), step.label)
            wanted = {"edited": step.edited, "sent": step.sent}
        events = await person.goes_on(start, wanted)
        parts += [f"({kind})\n{described(message)}" for kind, message in events]
    return "\n\n".join(parts) + "\n"


def _with_button(person: Person, label: str) -> Json:
    for message in reversed(person.chat.from_bot()):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if any(label in button["text"] for row in rows for button in row):
            return message
    raise AssertionError(f"no message has a button {label!r}")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_what_people_see(telegram: StandIn, name: str) -> None:
    language, steps = CONVERSATIONS[name]
    seen = await transcript(telegram.person(3001, language_code=language), steps)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("DARICHEH_REWRITE_GOLDEN"):
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")
