"""Where the token may come from, and that it does not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import BotSettings
from bot.telegram import CannotRunError, run
from tests.bot.telegram.scripted import Scripted

TOKEN = "123456:abcdef"  # noqa: S105


def settings(**given: object) -> BotSettings:
    return BotSettings.model_validate(given) if given else BotSettings(_env_file=None)


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN", f" {TOKEN}\n")
    assert settings().token() == TOKEN
    assert TOKEN not in repr(settings())


def test_or_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    assert settings().token() == TOKEN


def test_but_not_from_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN_FILE", "/nowhere")
    with pytest.raises(ValidationError, match="keep one"):
        settings()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DARICHEH_LOG_LEVEL", "INFO", "no token: set DARICHEH_TELEGRAM_TOKEN"),
        ("DARICHEH_TELEGRAM_TOKEN_FILE", "/nowhere/token", "the token file cannot be read"),
    ],
)
def test_without_a_token_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setattr("bot.quiet.set_up", lambda *_: None)
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotRunError, match=words):
        run(settings(), Scripted())


@pytest.mark.parametrize("address", ["ftp://user:pass@host", "socks4://host:1", "host:1080"])
def test_a_proxy_of_another_kind_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DARICHEH_TELEGRAM_PROXY", address)
    with pytest.raises(ValidationError, match="begins with one of http://") as caught:
        settings()
    assert "pass" not in str(caught.value.errors(include_input=False, include_context=False))
