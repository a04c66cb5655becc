"""Telegram HTML, parsed as strictly as Telegram parses it, with its error texts.

Follows the rules of the Bot API's "HTML style" and the messages of TDLib's parser. Stricter in one
thing: where TDLib lets a stray "&" or an unknown character entity stand as text, this refuses it,
because a bot that escapes properly never sends one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

TAGS = {
    "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji",
    "span", "pre", "code", "blockquote",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]+));")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+))?")


class CannotParse(Exception):  # noqa: N818  the words Telegram itself uses
    """The text is not Telegram HTML; the message is what follows "can't parse entities: "."""


@dataclass
class Entity:
    """A formatted stretch; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int


@dataclass
class _State:
    text: list[str] = field(default_factory=list)
    units: int = 0
    open: list[tuple[str, int, str]] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.units += utf16(text)


def utf16(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities; raise ``CannotParse`` as Telegram would."""
    state = _State()
    position = 0
    while position < len(source):
        character = source[position]
        if character == "&":
            position = _character_entity(source, position, state)
        elif character != "<":
            state.add(character)
            position += 1
        elif source[position + 1 : position + 2] == "/":
            position = _end_tag(source, position, state)
        else:
            position = _start_tag(source, position, state)
    if state.open:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{state.open[-1][0]}"')
    return "".join(state.text), state.entities


def _offset(source: str, position: int) -> int:
    return len(source[:position].encode("utf-8", "surrogatepass"))


def _character_entity(source: str, position: int, state: _State) -> int:
    found = _ENTITY.match(source, position)
    if found is None or (found[3] and found[3] not in NAMED):
        raise CannotParse(f"Unescaped & at byte offset {_offset(source, position)}")
    if found[3]:
        state.add(NAMED[found[3]])
    else:
        state.add(chr(int(found[1]) if found[1] else int(found[2], 16)))
    return found.end()


def _start_tag(source: str, position: int, state: _State) -> int:
    at = f"at byte offset {_offset(source, position)}"
    end = source.find(">", position)
    if end < 0:
        raise CannotParse(f"Unclosed start tag {at}")
    inside = source[position + 1 : end]
    name = re.split(r"\s", inside, maxsplit=1)[0].lower()
    if name not in TAGS:
        raise CannotParse(f'Unsupported start tag "{name}" {at}')
    attributes = _attributes(inside[len(name) :], name, at)
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise CannotParse(f'Tag "span" must have class "tg-spoiler" {at}')
    kind = "expandable_blockquote" if "expandable" in attributes else name
    state.open.append((name, state.units, kind))
    return end + 1


def _attributes(text: str, name: str, at: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    position = 0
    while text[position:].strip():
        found = _ATTRIBUTE.match(text, position)
        if found is None:
            raise CannotParse(f'Empty attribute name in the tag "{name}" {at}')
        attributes[found[1].lower()] = (found[2] or "").strip("\"'")
        position = found.end()
    return attributes


def _end_tag(source: str, position: int, state: _State) -> int:
    at = f"at byte offset {_offset(source, position)}"
    if not state.open:
        raise CannotParse(f"Unexpected end tag {at}")
    end = source.find(">", position)
    if end < 0:
        raise CannotParse(f"Unclosed end tag {at}")
    found = source[position + 2 : end].strip().lower()
    expected, offset, kind = state.open.pop()
    if found and found != expected:
        raise CannotParse(f'Unmatched end tag {at}, expected "</{expected}>", found "</{found}>"')
    if state.units > offset:
        state.entities.append(Entity(kind, offset, state.units - offset))
    return end + 1
