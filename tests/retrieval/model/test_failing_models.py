"""Whatever the model does, the extractive answer is what the person gets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.model_server import acts
from tests.model_server.server import Act
from tests.retrieval.model.conftest import OpenScene, Scene
from tests.retrieval.model.test_teller import GOOD

HTML = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
FAILING: dict[str, Act] = {
    "killed": acts.is_killed,
    "killed midway": acts.is_killed_midway(GOOD[:60]),
    "too many requests": acts.refuses(429),
    "server error": acts.refuses(500),
    "unknown model": acts.refuses(404),
    "HTML": acts.sends(HTML, "text/html"),
    "HTML as a stream": acts.sends(HTML),
    "nothing": acts.sends(""),
    "no text": acts.says(""),
    "garbage": acts.sends("data: {\x00\x01 rubbish\n\ndata: [1, 2]\n\n"),
    "JSON of another kind": acts.sends('{"answer": "yes"}', "application/json"),
    "citations that do not exist": acts.says("A summons must never be answered. [9]"),
    "no citations": acts.says("A summons is a letter that nobody has to read."),
    "citations of other passages": acts.says("Never tell anybody where you are going. [3]"),
    "another language": acts.says("احضار باید کتبی باشد. [1]"),
    "endless text": acts.never_ends("you should go "),
    "endless statements": acts.never_ends("Pay 500 million to a guard. [1] "),
}


@pytest.mark.parametrize("kind", FAILING)
async def test_the_extractive_answer_goes_out(scene: Scene, kind: str) -> None:
    scene.model.will(FAILING[kind])
    told = await scene.tell()
    assert told.answer.statements == scene.plain.statements
    assert told.answer.citations == scene.plain.citations
    assert told.reason in ("no answer", "does not answer")


SLOW: dict[str, Act] = {
    "hung": acts.hangs,
    "hung midway": acts.hangs_midway(GOOD[:60]),
}


@pytest.mark.parametrize("kind", SLOW)
async def test_the_extractive_answer_goes_out_when_time_is_up(
    open_scene: OpenScene, kind: str
) -> None:
    scene = open_scene(model_seconds=0.3)
    scene.model.will(SLOW[kind])
    told = await scene.tell()
    assert (told.answer, told.reason) == (scene.plain, "too slow")


async def test_a_refusal_that_passes_is_tried_again(scene: Scene) -> None:
    scene.model.will(acts.refuses(429), acts.is_killed, acts.says(GOOD))
    told = await scene.tell()
    assert told.reason == ""
    assert len(scene.model.asked) == 3


async def test_a_request_that_is_wrong_is_not(scene: Scene) -> None:
    scene.model.will(acts.refuses(401))
    await scene.tell()
    assert len(scene.model.asked) == 1


async def test_a_model_that_keeps_failing_is_left_alone(scene: Scene) -> None:
    scene.model.will(acts.refuses(404))
    reasons = [(await scene.tell()).reason for _ in range(5)]
    assert reasons == ["no answer"] * 3 + ["resting"] * 2
    assert len(scene.model.asked) == 3


async def test_a_chat_that_has_used_up_its_tokens_gets_extractive_answers(
    open_scene: OpenScene,
) -> None:
    scene = open_scene(model_chat_tokens=500)
    told = await scene.tell()
    assert (told.answer, told.reason) == (replace(scene.plain), "over limit")
    assert scene.model.asked == []
