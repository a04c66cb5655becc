"""Where Redis is and what seals it: settings that cannot be meant are named, with the mend."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.settings import BotSettings
from bot.shared.connection import connect
from bot.shared.settings import SharedSettings
from bot.telegram.starting import CannotRunError, secret_of
from retrieval.errors import DarichehError

TOKEN = "123456:abcdef"  # noqa: S105


def shared(**given: Any) -> SharedSettings:
    return SharedSettings(_env_file=None, **given)


def bot(**given: Any) -> BotSettings:
    return BotSettings(_env_file=None, telegram_token=TOKEN, **given)


def test_without_a_key_of_its_own_the_token_serves(tmp_path: Path) -> None:
    assert secret_of(bot(), TOKEN) == TOKEN
    assert secret_of(bot(state_key=" long and random "), TOKEN) == "long and random"
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    assert secret_of(bot(state_key_file=tmp_path / "key"), TOKEN) == "from a file"
    assert "long and random" not in repr(bot(state_key="long and random"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"state_key": "x", "state_key_file": "/nowhere"}, "keep one"),
        ({"redis_url": "localhost:6379"}, "begins with one of redis://"),
    ],
)
def test_what_contradicts_itself_is_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        shared(**given)


def test_a_key_that_is_not_there_ends_the_start_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="cannot be read"):
        secret_of(bot(state_key_file=tmp_path / "missing"), TOKEN)
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    with pytest.raises(CannotRunError, match="long random word"):
        secret_of(bot(state_key_file=tmp_path / "empty"), TOKEN)


def test_an_address_or_password_file_that_is_unusable_is_named_without_a_secret(
    tmp_path: Path,
) -> None:
    with pytest.raises(DarichehError, match="redis://host:6379/0") as raised:
        connect(shared(redis_url="redis://:secret@host:port/0"))
    assert "secret" not in str(raised.value)
    missing = tmp_path / "missing"
    with pytest.raises(DarichehError, match="cannot be read"):
        connect(shared(redis_url="redis://host", redis_password_file=missing))


def test_without_the_client_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)
    monkeypatch.delitem(sys.modules, "bot.shared.connection")
    with pytest.raises(DarichehError, match="extra `cluster`"):
        import bot.shared.connection  # noqa: F401
