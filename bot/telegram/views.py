"""The shape in which an answer stands in the chat, and the buttons that turn it into another."""

from __future__ import annotations

import dataclasses

from bot.telegram import render
from bot.telegram.desk import Desk
from bot.telegram.direction import directed
from bot.telegram.message import Action, Button, Message, Press
from bot.telegram.session import Turn
from bot.telegram.texts import LANGUAGES
from bot.telegram.underneath import completed
from retrieval.answering.answer import Answer
from retrieval.answering.views import OTHER, View

# In the order that a button's data counts them.
VIEWS: tuple[View | None, ...] = (None, "short", "steps", *LANGUAGES)
# What these buttons show goes when the answer is turned, and can be asked for again.
_BELOW: tuple[Action, ...] = ("sources", "more")


def shown(desk: Desk, turn: Turn) -> Answer:
    """Return the turn's answer as it stands in the chat."""
    if turn.view is None:
        return turn.answer
    return desk.answerer.view(turn.answer, turn.view) or turn.answer


def turned(desk: Desk, turn: Turn, part: int) -> bool:
    """Turn the answer into the shape number ``part``; return whether there is such a shape."""
    view = VIEWS[part] if part < len(VIEWS) else None
    if view is None or view in ("short", "steps"):
        turn.view = view
    else:
        other = desk.answerer.view(turn.answer, view)
        if other is None:
            return False
        turn.answer = other
    turn.used -= {Press(action, turn.key, n).data() for action in _BELOW for n in (0, 1)}
    return True


def pages(desk: Desk, chat: int, turn: Turn, asked: str | None = None) -> list[Message]:
    """Return the messages of a turn in a private chat, with all their buttons; ``asked`` is the
    question that was pressed rather than written."""
    given = shown(desk, turn)
    made = render.answer(
        given,
        desk.texts[given.language],
        turn.key,
        asked,
        numbered=turn.view == "steps",
        turns=_turns(desk, turn),
    )
    return [_unused(page, turn) for page in completed(desk, chat, turn, made)]


def _unused(page: Message, turn: Turn) -> Message:
    """Return a message without the buttons that have done their work."""
    rows = (tuple(b for b in row if b.press.data() not in turn.used) for row in page.rows)
    return dataclasses.replace(page, rows=tuple(row for row in rows if row))


def _turns(desk: Desk, turn: Turn) -> tuple[Button, ...]:
    """Return the buttons to the shapes that the answer has and does not stand in."""
    answer = turn.answer
    if not answer.statements:
        return ()
    own = desk.texts[answer.language].answer
    labels: dict[View | None, str] = {
        None: own.button_full,
        "short": own.button_short,
        "steps": own.button_steps,
    }
    buttons = [
        Button(directed(label, answer.language), Press("view", turn.key, VIEWS.index(view)))
        for view, label in labels.items()
        if view != turn.view and (view is None or desk.answerer.view(answer, view) is not None)
    ]
    other = OTHER[answer.language]
    if desk.answerer.view(answer, other) is not None:
        name = desk.texts[other].name
        buttons.append(Button(directed(name, other), Press("view", turn.key, VIEWS.index(other))))
    return tuple(buttons)
