"""The rows under an answer that have nothing to do with what it says: read it, and did it help."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from bot.telegram.desk import Desk
from bot.telegram.direction import directed
from bot.telegram.message import Button, Message, Press
from bot.telegram.render import Rows
from bot.telegram.session import Turn


def completed(desk: Desk, chat: int, turn: Turn, pages: Sequence[Message]) -> list[Message]:
    """Return the messages of an answer with these rows under the last one."""
    rows = [*_read(desk, chat, turn), *_judge(desk, chat, turn)]
    if not pages or not rows:
        return list(pages)
    last = dataclasses.replace(pages[-1], rows=(*pages[-1].rows, *rows))
    return [*pages[:-1], last]


def verdicts(key: str) -> tuple[Press, ...]:
    """Return the presses of the row that asks whether an answer helped."""
    return Press("helped", key, 1), Press("helped", key, 0), Press("wrong", key, 0)


def _read(desk: Desk, chat: int, turn: Turn) -> Rows:
    if desk.sessions.vanish(chat) != "read":
        return ()
    language = turn.answer.language
    label = directed(desk.texts[language].choices.read, language)
    return ((Button(label, Press("read", turn.key)),),)


def _judge(desk: Desk, chat: int, turn: Turn) -> Rows:
    """An urgent answer is not the moment to ask, and without passages there is nothing to judge."""
    answer = turn.answer
    asks = desk.feedback is not None and desk.sessions.choices.of(chat).feedback
    if not asks or answer.status not in {"answered", "partial"} or not answer.citations:
        return ()
    own = desk.texts[answer.language].feedback
    labels = (own.helped, own.missed, own.wrong)
    return (
        tuple(
            Button(directed(label, answer.language), press)
            for label, press in zip(labels, verdicts(turn.key), strict=True)
        ),
    )
