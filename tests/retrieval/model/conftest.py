"""A scripted model over HTTP, and an extractive answer from the small folder to compose from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from retrieval.answering.answer import Answer
from retrieval.checking import Checker
from retrieval.encoder import Encoder
from retrieval.model.breaker import Breaker
from retrieval.model.line import Line
from retrieval.model.opening import open_chat
from retrieval.model.settings import ModelSettings
from retrieval.model.spending import Limits, Spending
from retrieval.model.teller import Asked, Teller, Told
from retrieval.passages import Passage
from retrieval.search.context import NOTHING, Context
from tests.model_server.answers import extractive, small_passages
from tests.model_server.server import ModelServer

QUESTION = "Somebody called and told me to come. What should I do?"


@dataclass
class Scene:
    """A question with its extractive answer, and a model that can be told what to do."""

    model: ModelServer
    passages: dict[str, Passage]
    plain: Answer
    teller: Teller
    again: Answer | None = None
    asked_again: list[Context] | None = None
    shown: list[Answer] | None = None

    async def tell(
        self, question: str = QUESTION, before: Context = NOTHING, plain: Answer | None = None
    ) -> Told:
        """Put the question; ``again`` is the answer on any other context."""
        self.asked_again, self.shown = [], []

        async def ask(context: Context) -> Answer:
            assert self.asked_again is not None
            self.asked_again.append(context)
            return self.again or self.plain

        asked = Asked(question, ask, self.passages.get, before, 7, self.shown.append)
        return await self.teller.tell(asked, plain or self.plain)


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture(scope="session")
def checker(encoder: Encoder) -> Checker:
    return Checker(encoder)


async def _at_once(_: float) -> None:
    """Try again without a pause."""


OpenScene = Callable[..., Scene]


@pytest.fixture
def open_scene(model: ModelServer, checker: Checker) -> OpenScene:
    """Open a scene with other settings of the model."""
    passages = small_passages()

    def opened(language: str = "en", **settings: Any) -> Scene:
        given = {"model": "scripted", "model_url": model.url, "model_seconds": 120.0, **settings}
        read = ModelSettings(_env_file=None, **given)
        spending = Spending(Limits(read.model_chat_tokens, read.model_day_tokens), time.time)
        line = Line(open_chat(read), spending, Breaker(time.monotonic), _at_once)
        teller = Teller(
            line,
            checker,
            read.model_seconds,
            rewrites=read.model_rewrite,
            composes=read.model_compose,
        )
        sections = ("law", "first", "avoid")
        shown = [passages[f"phone-summons#{name}.1@{language}"] for name in sections]
        return Scene(model, passages, extractive(QUESTION, *shown), teller)

    return opened


@pytest.fixture
def scene(open_scene: OpenScene) -> Scene:
    return open_scene()
