"""What a model may do to those who ask it."""

from __future__ import annotations

import json
import threading

from tests.model_server.server import Act, Reply


def says(text: str, size: int = 7) -> Act:
    """Say ``text``, a few letters at a time."""

    def act(reply: Reply) -> None:
        reply.opens()
        for start in range(0, len(text), size):
            reply.says(text[start : start + size])
        reply.ends()

    return act


def says_then_waits(text: str, go_on: threading.Event, rest: str = "") -> Act:
    """Say ``text``, and ``rest`` only when told to."""

    def act(reply: Reply) -> None:
        reply.opens()
        reply.says(text)
        while not go_on.wait(0.02):
            if reply.over.is_set():
                return
        reply.says(rest)
        reply.ends()

    return act


def hangs(reply: Reply) -> None:
    """Never answer."""
    reply.over.wait(60)


def hangs_midway(text: str) -> Act:
    """Say ``text`` and then no more."""

    def act(reply: Reply) -> None:
        reply.opens()
        reply.says(text)
        reply.over.wait(60)

    return act


def is_killed(reply: Reply) -> None:
    """Break off before the first word."""


def is_killed_midway(text: str) -> Act:
    """Say ``text`` and break off without an end, in the middle of a line."""

    def act(reply: Reply) -> None:
        reply.opens()
        reply.says(text)
        reply.sends('data: {"id": "c", "choi')

    return act


def refuses(status: int) -> Act:
    """Answer with an error that quotes what was asked, as providers do."""

    def act(reply: Reply) -> None:
        reply.opens(status, "application/json")
        reply.sends(json.dumps({"error": {"message": f"cannot answer: {reply.asked}"}}))

    return act


def sends(raw: str, kind: str = "text/event-stream") -> Act:
    """Send something that is no answer, with status 200."""

    def act(reply: Reply) -> None:
        reply.opens(200, kind)
        reply.sends(raw)

    return act


def never_ends(text: str) -> Act:
    """Say ``text`` again and again until nobody listens."""

    def act(reply: Reply) -> None:
        reply.opens()
        while not reply.over.is_set():
            reply.says(text)

    return act
