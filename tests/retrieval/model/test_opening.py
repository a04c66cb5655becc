"""Which model the settings mean, and which are not used without a decision."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from retrieval.checking import Checker
from retrieval.errors import ModelError
from retrieval.model.opened import open_teller
from retrieval.model.opening import open_chat
from retrieval.model.settings import ModelSettings
from retrieval.model.whereabouts import is_inside


def settings(**given: Any) -> ModelSettings:
    return ModelSettings(_env_file=None, **given)


def test_it_is_off_by_default(checker: Checker) -> None:
    assert open_teller(settings(), checker) is None


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "::1", "localhost", "10.1.2.3", "192.168.1.5", "fd00::1", "ollama", "gpu.local",
     "model.internal", "llm.apps.svc"],
)  # fmt: skip
def test_hosts_of_ones_own(host: str) -> None:
    assert is_inside(host)


@pytest.mark.parametrize(
    "host",
    ["8.8.8.8", "api.openai.com", "localhost.example.org", "10.1.2.3.example.org", "2001:4860::1",
     "100.64.0.1", ""],
)  # fmt: skip
def test_hosts_of_others(host: str) -> None:
    assert not is_inside(host)


OUTSIDE = [
    {"model": "gpt", "model_url": "https://api.example.org/v1"},
    {"model": "openai:gpt", "model_key": "k"},
    {"model": "claude", "model_provider": "anthropic"},
]


@pytest.mark.parametrize("given", OUTSIDE)
def test_a_host_outside_takes_a_decision(given: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="DARICHEH_MODEL_OUTSIDE=yes"):
        open_chat(settings(**given))


def test_with_that_decision_the_host_is_known() -> None:
    given = {"model": "gpt", "model_url": "https://api.example.org/v1", "model_key": "k"}
    chat = open_chat(settings(**given, model_outside="yes"))
    assert (chat.host, chat.outside) == ("api.example.org", True)


def test_other_variables_do_not_send_questions_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST"):
        monkeypatch.setenv(name, "http://198.51.100.7:9/v1")
    chat = open_chat(settings(model="openai:gpt", model_key="k", model_outside=True))
    assert chat.host == "api.openai.com"
    assert "198.51.100.7" not in str(vars(chat)["_model"].root_async_client.base_url)
    own = open_chat(settings(model="ollama:llama3.2:3b"))
    assert (own.host, own.outside) == ("127.0.0.1", False)
    assert vars(own)["_model"].base_url == "http://127.0.0.1:11434"
    assert vars(own)["_model"].model == "llama3.2:3b"


def test_a_key_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(" secret\n", "utf-8")
    assert settings(model_key_file=tmp_path / "key").model_secret() == "secret"
    assert "secret" not in repr(settings(model_key="secret"))
    with pytest.raises(ModelError, match="cannot be read"):
        open_chat(settings(model="m", model_url="http://localhost/v1", model_key_file="/nowhere"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model_key": "a", "model_key_file": "b"}, "keep one"),
        ({"model_url": "localhost:8080"}, "begins with http://"),
        ({"model_day_cost": 1}, "DARICHEH_MODEL_PRICE_READ"),
    ],
)
def test_settings_that_do_not_go_together_are_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        settings(**given)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with pytest.raises(ModelError, match=r"daricheh\[model\]"):
        open_chat(settings(model="m", model_url="http://localhost/v1"))


def test_a_name_that_leads_to_no_provider_is_named() -> None:
    with pytest.raises(ModelError, match="DARICHEH_MODEL_PROVIDER"):
        open_chat(settings(model="nobody-knows-this", model_outside=True))
