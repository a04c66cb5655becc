"""What a provider says, which may quote the question, goes no further."""

from __future__ import annotations

import logging

import pytest

from retrieval.model.chat import Prompt, UnansweredError
from retrieval.model.opening import open_chat
from retrieval.model.settings import ModelSettings
from tests.model_server.acts import refuses
from tests.model_server.server import ModelServer
from tests.retrieval.model.conftest import Scene


async def test_what_a_provider_quotes_is_in_no_error_and_no_line_of_ours(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    scene.model.will(refuses(400))
    told = await scene.tell("Is a call about the walnut harbour a summons?")
    assert told.reason == "no answer"
    own = [r for r in caplog.records if r.name.startswith(("bot", "retrieval"))]
    assert own
    assert all("walnut" not in record.getMessage() and not record.exc_info for record in own)


async def test_an_error_does_not_lead_to_what_the_provider_said(
    model: ModelServer,
) -> None:
    model.will(refuses(400))
    chat = open_chat(ModelSettings(_env_file=None, model="scripted", model_url=model.url))
    with pytest.raises(UnansweredError) as caught:
        async for _ in chat.stream(Prompt("rules", "walnut harbour")):
            pass
    error = caught.value
    assert (error.__cause__, error.__context__) == (None, None)
    assert "walnut" not in str(error)
