"""What the Bot API checks before it takes a message or a keyboard."""

from __future__ import annotations

import re
import struct
import unicodedata
from typing import Any

from tests.telegram.markup import CannotParse, Entity, parse, utf16
from tests.telegram.refusal import bad_request

LONGEST = 4096
LONGEST_CAPTION = 1024
LARGEST_PICTURE = 10_000_000  # bytes
MOST_PIXELS = 10_000  # width and height together
MOST_ENTITIES = 100
# What TDLib removes from a text: control characters, line separators, embeddings, vertical lines
_REMOVED = re.compile(r"[\x00-\x09\x0b-\x1f\u2028-\u202e\u030a\u0333\u033f]")
_UNSEEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def text(source: str | None, parse_mode: str | None) -> tuple[str, list[Entity]]:
    """Return a message's text as Telegram shows it and its entities; raise ``Refusal``."""
    if not source:
        raise bad_request("message text is empty")
    plain = source
    entities: list[Entity] = []
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        try:
            plain, entities = parse(source)
        except CannotParse as error:
            raise bad_request(f"can't parse entities: {error}") from error
    plain = _REMOVED.sub("", plain).strip(" \n")
    if all(unicodedata.category(character) in _UNSEEN for character in plain):
        raise bad_request("message text is empty")
    if utf16(plain) > LONGEST:
        raise bad_request("message is too long")
    if len(entities) > MOST_ENTITIES:
        raise bad_request("too many entities")
    return plain, entities


def caption(source: str | None, parse_mode: str | None) -> tuple[str, list[Entity]]:
    """Return a caption as Telegram shows it and its entities; raise ``Refusal``."""
    if not source:
        return "", []
    plain, entities = text(source, parse_mode)
    if utf16(plain) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return plain, entities


def picture(png: Any) -> dict[str, Any]:
    """Return a PhotoSize of a PNG that Telegram would take; raise ``Refusal`` for any other."""
    if not isinstance(png, bytes) or not png.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", png[16:24])
    if len(png) > LARGEST_PICTURE or width + height > MOST_PIXELS:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {
        "file_id": "photo",
        "file_unique_id": "photo",
        "width": width,
        "height": height,
        "file_size": len(png),
    }


def keyboard(markup: Any) -> dict[str, Any] | None:
    """Return an inline keyboard that Telegram would take; raise ``Refusal`` for any other."""
    if markup is None:
        return None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list):
        raise bad_request("can't parse reply keyboard markup JSON object")
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" must be an Array of Arrays')
        for button in row:
            _button(button)
    if sum(len(row) for row in rows) > 100:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": [row for row in rows if row]}


def _button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be a String')
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text is empty")
    if "url" in button:
        if not re.match(r"https://|tg://", str(button["url"])):
            raise bad_request("inline keyboard button URL is invalid")
        return
    data = button.get("callback_data")
    if data is None:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def commands(given: Any) -> list[dict[str, str]]:
    """Return commands that Telegram would take; raise ``Refusal`` for any other."""
    if not isinstance(given, list) or len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in given:
        if not _COMMAND.fullmatch(each["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(each["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return given


def short_enough(value: str, most: int, name: str) -> str:
    """Return a profile text of at most ``most`` characters; raise ``Refusal`` for a longer one."""
    if len(value) > most:
        raise bad_request(f"{name} is too long")
    return value


def language_code(value: str) -> str:
    """Return a two-letter language code or nothing; raise ``Refusal`` for anything else."""
    if value and not re.fullmatch(r"[a-z]{2}", value):
        raise bad_request("invalid language code specified")
    return value


def inline_results(given: Any) -> list[dict[str, Any]]:
    """Return inline results that Telegram would take; raise ``Refusal`` for any others."""
    if not isinstance(given, list) or len(given) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    for result in given:
        if result.get("type") != "article" or not 1 <= len(str(result["id"]).encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        if not str(result.get("title") or "").strip():
            raise bad_request("ARTICLE_TITLE_EMPTY")
    return given
