"""An update without what the bot never uses: names, files, places, telephone numbers.

What waits in Redis is sealed; what is not there need not be.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_FILE = {"file_id": "", "file_unique_id": ""}
_PLACE = {"latitude": 0.0, "longitude": 0.0}
# Enough to tell that it was sent, and to say kindly that it is not looked at.
_STANDS_FOR: dict[str, Any] = {
    "photo": [{**_FILE, "width": 0, "height": 0}],
    "voice": {**_FILE, "duration": 0},
    "audio": {**_FILE, "duration": 0},
    "video": {**_FILE, "width": 0, "height": 0, "duration": 0},
    "video_note": {**_FILE, "length": 0, "duration": 0},
    "animation": {**_FILE, "width": 0, "height": 0, "duration": 0},
    "document": _FILE,
    "sticker": {
        **_FILE, "width": 0, "height": 0, "is_animated": False, "is_video": False,
        "type": "regular",
    },
    "contact": {"phone_number": "", "first_name": ""},
    "location": _PLACE,
    "venue": {"location": _PLACE, "title": "", "address": ""},
    "first_name": "",
}  # fmt: skip
_LEFT_OUT = frozenset({"last_name", "username", "title", "author_signature", "external_reply"})
_OF_A_REPLY = frozenset({"message_id", "date", "chat", "from", "sender_chat"})


def bare(update: Json) -> Json:
    """Return a copy that still says what was asked, where, and in which language."""
    return {name: _bare(name, value) for name, value in update.items() if name not in _LEFT_OUT}


def _bare(name: str, value: Any) -> Any:
    if name in _STANDS_FOR:
        return _STANDS_FOR[name]
    if isinstance(value, list):
        return [_bare("", each) for each in value]
    if not isinstance(value, dict):
        return value
    if name == "reply_to_message":
        value = {key: each for key, each in value.items() if key in _OF_A_REPLY}
    return bare(value)
