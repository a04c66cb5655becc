"""An answer in a group: short, and with a way to go on where fewer people read along."""

from __future__ import annotations

import dataclasses

from telegram.helpers import create_deep_linked_url

from bot.telegram import render, views
from bot.telegram.desk import Desk
from bot.telegram.direction import directed
from bot.telegram.message import Link, Message
from bot.telegram.session import Turn

# What the bot is told when somebody comes from a group: that, and nothing of what was asked there.
FROM_GROUP = "group"


def pages(desk: Desk, turn: Turn) -> list[Message]:
    """Return the messages of a turn in a group."""
    turn.view = "short"
    given = views.shown(desk, turn)
    given = dataclasses.replace(given, further=(), suggestions=())
    texts = desk.texts[given.language]
    made = render.answer(given, texts, turn.key)
    label = directed(texts.answer.button_private, given.language)
    link = Link(label, create_deep_linked_url(desk.bot.username, FROM_GROUP))
    return [*made[:-1], dataclasses.replace(made[-1], link=link)]
