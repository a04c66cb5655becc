"""What is left of an update that waits in Redis."""

from __future__ import annotations

import json
from typing import Any

from telegram import Bot, Update

from bot.telegram.bare import bare

PERSON = {
    "id": 5, "is_bot": False, "first_name": "Malala", "last_name": "Yousafzai", "username": "m_y",
    "language_code": "fa",
}  # fmt: skip
CHAT = {"id": 5, "type": "private", "first_name": "Malala", "username": "m_y"}
FILE = {"file_id": "secret-file", "file_unique_id": "secret-unique"}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1, "chat": CHAT, "from": PERSON, **content}


def test_the_question_stays_and_names_go() -> None:
    replied = message(text="an older message")
    update = {"update_id": 3, "message": message(text="چه کار کنم؟", reply_to_message=replied)}
    kept = json.dumps(bare(update), ensure_ascii=False)
    assert "چه کار کنم؟" in kept
    for gone in ("Malala", "Yousafzai", "m_y", "an older message"):
        assert gone not in kept
    read = Update.de_json(bare(update), Bot("1:a"))
    assert read.message is not None
    assert read.message.reply_to_message is not None
    assert read.message.reply_to_message.message_id == 7
    assert read.effective_user is not None
    assert read.effective_user.language_code == "fa"


def test_of_what_is_not_text_only_its_kind_stays() -> None:
    kinds: dict[str, Any] = {
        "photo": [{**FILE, "width": 9, "height": 9}],
        "voice": {**FILE, "duration": 9},
        "audio": {**FILE, "duration": 9, "title": "secret-title"},
        "video": {**FILE, "width": 9, "height": 9, "duration": 9},
        "video_note": {**FILE, "length": 9, "duration": 9},
        "animation": {**FILE, "width": 9, "height": 9, "duration": 9},
        "document": {**FILE, "file_name": "secret-name"},
        "sticker": {
            **FILE, "width": 9, "height": 9, "is_animated": False, "is_video": False,
            "type": "regular",
        },
        "contact": {"phone_number": "secret-98912", "first_name": "secret"},
        "location": {"latitude": 35.7, "longitude": 51.4},
        "venue": {"location": {"latitude": 35.7, "longitude": 51.4}, "title": "secret",
                  "address": "secret"},
    }  # fmt: skip
    for kind, content in kinds.items():
        kept = bare({"update_id": 3, "message": message(**{kind: content})})
        assert "secret" not in json.dumps(kept), kind
        assert "35.7" not in json.dumps(kept), kind
        read = Update.de_json(kept, Bot("1:a"))
        assert read.message is not None
        assert getattr(read.message, kind), kind
