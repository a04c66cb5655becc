"""What deploy/ sets, the bot knows; and no secret stands in it."""

from __future__ import annotations

import os
import re
import traceback

import pytest
from pydantic import SecretStr

from bot.commands.options import settings_of
from bot.settings import BotSettings
from retrieval.errors import DarichehError
from tests.deploy.files import DEPLOY, environments

NAME = re.compile(r"\bDARICHEH_([A-Z][A-Z0-9_]*[A-Z0-9])\b")
WORD = "sandalwood-orchard"
ENVIRONMENTS = dict(environments())


def secret_settings() -> set[str]:
    """Return the names of the settings that are secrets themselves, not files that hold one."""
    return {
        name
        for name, field in BotSettings.model_fields.items()
        if field.annotation == SecretStr | None
    }


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("DARICHEH_"):
            monkeypatch.delenv(name)


def test_every_setting_that_deploy_names_is_one_of_the_bot() -> None:
    wrong = [
        f"{path.relative_to(DEPLOY)}: DARICHEH_{name}"
        for path in DEPLOY.rglob("*")
        if path.is_file() and path.suffix not in (".lock", ".json") and "secrets" not in path.parts
        for name in NAME.findall(path.read_text("utf-8"))
        if name.lower() not in BotSettings.model_fields
    ]
    assert wrong == []


@pytest.mark.parametrize("place", ENVIRONMENTS)
def test_the_bot_takes_what_is_set(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ENVIRONMENTS[place]
    for name, value in ENVIRONMENTS[place].items():
        monkeypatch.setenv(name, value)
    settings = settings_of(BotSettings)
    assert settings.telegram_token_file is not None


@pytest.mark.parametrize("place", ENVIRONMENTS)
def test_secrets_are_given_as_files(place: str) -> None:
    given = {name.removeprefix("DARICHEH_").lower(): v for name, v in ENVIRONMENTS[place].items()}
    assert secret_settings() >= {"telegram_token", "redis_url", "state_key"}
    # An address is a secret setting because it may hold a password; these hold none.
    plain = {name for name in given if name.endswith("_url") and "@" not in given[name]}
    assert (secret_settings() & given.keys()) - plain == set()


@pytest.mark.parametrize("name", sorted(secret_settings() | {"chroma_url", "feedback_chat"}))
def test_a_setting_that_cannot_be_used_is_not_repeated(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Secrets end up in the wrong setting, too: no fault shows what was given."""
    monkeypatch.setenv(f"DARICHEH_{name.upper()}", f"ftp://someone:{WORD}\n@host")
    try:
        shown = repr(settings_of(BotSettings))
    except DarichehError as error:
        shown = "".join(traceback.format_exception(error))
    assert WORD not in shown
