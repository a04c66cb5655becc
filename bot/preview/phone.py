"""An answer as the bot would send it, with what its buttons lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.telegram import render
from bot.telegram.message import Button, Message
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer

_KEY = "preview"


def screens(answer: Answer, texts: Texts) -> dict[str, Any]:
    """Return the messages of ``answer``: those sent first, and those that each button brings.

    A message's ``html`` is Telegram's: escaped text with b, code and blockquote. A button names
    the screen it opens (``more``, ``sources-0``, ``sources-1``) or the question it asks.
    """
    return {
        "language": answer.language,
        "status": answer.status,
        "question": answer.question,
        "first": _messages(render.answer(answer, texts, _KEY), answer),
        "more": _messages(render.further(answer, texts, _KEY), answer),
        "sources-0": _messages(render.sources(answer, texts, 0), answer),
        "sources-1": _messages(render.sources(answer, texts, 1), answer),
    }


def _messages(messages: Sequence[Message], answer: Answer) -> list[dict[str, Any]]:
    return [
        {
            "html": message.html,
            "rows": [[_button(button, answer) for button in row] for row in message.rows],
        }
        for message in messages
    ]


def _button(button: Button, answer: Answer) -> dict[str, str]:
    press = button.press
    if press.action == "ask":
        return {"label": button.label, "ask": answer.suggestions[press.part]}
    opens = f"sources-{press.part}" if press.action == "sources" else press.action
    return {"label": button.label, "opens": opens}
