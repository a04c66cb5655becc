"""Ways through the bot's settings that several tests take."""

from __future__ import annotations

from tests.telegram.chats import Json
from tests.telegram.people import Person

WORD = "باران تابستانی"


async def opened(person: Person) -> Json:
    """Open the settings and return their message."""
    person.says("/settings")
    [menu] = await person.hears()
    return menu


async def leads(person: Person, menu: Json, *labels: str) -> Json:
    """Press a way through the settings and return their message as it is then."""
    for label in labels:
        person.presses(person.chat.messages[menu["message_id"]], label)
        await person.hears(kind="edited")
    return person.chat.messages[menu["message_id"]]


async def sets_word(person: Person) -> None:
    menu = await opened(person)
    await leads(person, menu, "کلمه‌ی اضطراری", "تعیین کلمه")
    said = person.says(WORD)
    await person.hears()
    assert said["message_id"] not in person.chat.messages


def gone(person: Person, *messages: Json) -> bool:
    return all(each["message_id"] not in person.chat.messages for each in messages)
