"""The strict check: whatever the bot sends is valid, short enough and in the right direction.

Written apart from the bot's own code, after the rules and not after the implementation.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.telegram import checks
from tests.telegram.server import StandIn

FSI, PDI, RLM, LRM = "\u2068", "\u2069", "\u200f", "\u200e"
FOREIGN = {"fa": {"L"}, "en": {"R", "AL"}}
OWN = {"fa": {"R", "AL"}, "en": {"L"}}


def judge_all(telegram: StandIn) -> None:
    """Check every message that the stand-in took from the bot."""
    for name, given in telegram.methods.log:
        if name == "answerInlineQuery":
            for result in given["results"]:
                content = result["input_message_content"]
                judge(content["message_text"])
                assert content["link_preview_options"] == {"is_disabled": True}
                judge_line(result["title"], language_of(result["title"]), 0)
        if name in {"sendMessage", "editMessageText"}:
            judge(given["text"], given.get("reply_markup"))
            assert given["link_preview_options"] == {"is_disabled": True}
        if name == "sendPhoto":
            judge(given["caption"])


def judge(html: str, markup: Any = None) -> str:
    """Check one message and return its plain text."""
    plain, _ = checks.text(html, "HTML")
    checks.keyboard(markup)
    assert plain.count(FSI) == plain.count(PDI)
    language = language_of(plain)
    for number, line in enumerate(plain.split("\n"), start=1):
        judge_line(line, language, number)
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            judge_line(button["text"], language_of(button["text"]), 0)
    return plain


def language_of(plain: str) -> str:
    """Return the language of a message: Persian where any line stands in Persian."""
    outside = "".join(character for character, depth in isolates(plain) if depth == 0)
    persian = RLM in outside or any(unicodedata.bidirectional(c) in OWN["fa"] for c in outside)
    return "fa" if persian else "en"


def isolates(line: str) -> list[tuple[str, int]]:
    """Return the characters of a line, each with the number of isolates it stands in."""
    depth, found = 0, []
    for character in line:
        if character == PDI:
            depth -= 1
        assert depth >= 0, f"an isolate is closed that was not opened: {line!r}"
        if character not in {FSI, PDI}:
            found.append((character, depth))
        if character == FSI:
            depth += 1
    assert depth == 0, f"an isolate stays open at the end of a line: {line!r}"
    return found


def judge_line(line: str, language: str, number: int) -> None:
    """Check that a line starts strong and that nothing of the other direction lies bare."""
    characters = isolates(line)
    if not characters:
        return
    first = line[0]
    mark = RLM if language == "fa" else LRM
    strong = unicodedata.bidirectional(first) in OWN[language] or first == mark
    assert strong, f"line {number} does not start with a strong character: {line!r}"
    bare = [
        character
        for character, depth in characters
        if depth == 0
        and character not in {RLM, LRM}
        and (
            unicodedata.bidirectional(character) in FOREIGN[language]
            or (language == "fa" and character in "0123456789")
        )
    ]
    assert not bare, f"line {number} has {bare!r} outside an isolate: {line!r}"
