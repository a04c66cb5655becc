"""What people see of whole conversations, kept as files; see ``test_golden``."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from retrieval.answering.answer import Statement
from tests.bot.telegram.conftest import CALM, running
from tests.bot.telegram.scripted import (
    ANSWERED_EN,
    ANSWERED_FA,
    ASKED_EN,
    ASKED_FA,
    Scripted,
    citation,
)
from tests.bot.telegram.test_golden import GOLDEN, picture
from tests.telegram.chats import Json
from tests.telegram.people import Talk, until
from tests.telegram.server import StandIn

FIRST = ANSWERED_FA.statements[0].text
STEPS = dataclasses.replace(
    ANSWERED_FA,
    statements=(
        Statement("شمارهٔ تماس‌گیرنده و ساعت تماس را یادداشت کنید.", (1,), "do"),
        Statement("بپرسید از کدام شعبه است و برگهٔ کتبی بخواهید.", (1,), "do"),
        Statement("با Signal یا حضوری به یک آدم مطمئن خبر بدهید.", (2,), "do"),
    ),
    further=(),
    suggestions=(),
)
IN_ENGLISH = dataclasses.replace(
    ANSWERED_EN,
    question=ASKED_FA,
    statements=(
        Statement("A phone call is no lawful summons; you may ask for one in writing.", (1,)),
        Statement("Tell a person you trust, by Signal or face to face.", (1,), "do"),
    ),
)
FOLLOWED = dataclasses.replace(
    ANSWERED_FA,
    question="اگر نروم چی؟",
    statements=(
        Statement("نرفتن پس از یک تماس تلفنی به خودی خود حکم جلب نمی‌آورد.", (1,)),
        Statement("پیش از تصمیم با یک وکیل حرف بزنید.", (1,), "do"),
    ),
    further=(),
    citations=(citation(1),),
    suggestions=(),
)
NAME = "@DarichehTestBot"


class Scene:
    """A conversation being written down."""

    def __init__(self, telegram: StandIn, talk: Talk) -> None:
        self.telegram = telegram
        self.talk = talk
        self.parts: list[str] = []

    def says(self, *texts: str) -> Json:
        self.parts += [f"--- says {text!r}" for text in texts]
        return [self.talk.says(text) for text in texts][-1]

    async def hears(self, count: int = 1, kind: str = "sent") -> Json:
        heard = await self.talk.hears(count, kind)
        self.parts += [picture(each) for each in heard]
        return heard[-1]

    async def presses(self, message: Json, label: str, kind: str = "edited") -> Json:
        self.parts.append(f"--- presses {label!r}")
        self.talk.presses(message, label)
        return await self.hears(kind=kind)


async def edited_question(scene: Scene) -> None:
    question = scene.says(ASKED_FA)
    await scene.hears()
    scene.parts.append(f"--- edits it to {ASKED_EN!r}")
    scene.talk.edits(question, ASKED_EN)
    await scene.hears(kind="edited")


async def burst(scene: Scene) -> None:
    scene.says("سلام", "ببخشید یه سوال", "تلفنی احضارم کرده‌اند،", "چه کار کنم؟")
    await scene.hears()
    scene.says(*(f"آیا مأموران پیام‌رسان شمارهٔ {n} را می‌خوانند؟" for n in "یک دو سه چهار".split()))
    await scene.hears(4)


async def follow_up(scene: Scene) -> None:
    scene.says(ASKED_FA)
    await scene.hears()
    scene.says(FOLLOWED.question)
    await scene.hears()


async def turned(scene: Scene) -> None:
    scene.says(ASKED_FA)
    answer = await scene.hears()
    for label in ("کوتاه‌تر", "گام به گام", "پاسخ کامل", "English", "فارسی"):
        answer = await scene.presses(answer, label)


async def other_language(scene: Scene) -> None:
    for text in ("چۆن دەتوانم مۆبایلەکەم بپارێزم؟", "Как мне защитить телефон?"):
        scene.says(text)
        await scene.hears()


async def group(scene: Scene) -> None:
    scene.says(f"{NAME} {ASKED_FA}")
    answer = await scene.hears()
    await scene.presses(answer, "منابع", kind="sent")
    scene.says(NAME)
    await scene.hears()


async def inline(scene: Scene) -> None:
    scene.parts.append(f"--- types {ASKED_FA!r} in another chat")
    scene.talk.types(ASKED_FA)
    answered = scene.telegram.methods.answered
    await until(lambda: bool(answered), lambda: "the result")
    [result] = answered[0]["results"]
    scene.parts.append(f"{result['title']}\n{result['description']}")
    scene.parts.append(picture({"html": result["input_message_content"]["message_text"]}))
    scene.parts.append(f"[ {answered[0]['button']['text']} ]")


SCENES: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "edited": edited_question,
    "burst": burst,
    "follow-up": follow_up,
    "views": turned,
    "other-language": other_language,
    "group": group,
    "inline": inline,
}


@pytest.mark.parametrize("name", SCENES)
async def test_what_people_see_of_a_conversation(
    telegram: StandIn, library: Scripted, name: str
) -> None:
    views: dict[Any, Any] = {
        (FIRST, "steps"): STEPS,
        (FIRST, "en"): IN_ENGLISH,
        (IN_ENGLISH.statements[0].text, "fa"): ANSWERED_FA,
    }
    library.views = views
    library._answers[FOLLOWED.question] = FOLLOWED
    joined = "ببخشید یه سوال\nتلفنی احضارم کرده‌اند،\nچه کار کنم؟"
    library._answers[joined] = dataclasses.replace(ANSWERED_FA, question=joined)
    async with running(telegram, library, pace=CALM):
        talk = telegram.group(-100_8001) if name == "group" else telegram.person(8001)
        scene = Scene(telegram, talk)
        await SCENES[name](scene)
    seen = "\n\n".join(scene.parts) + "\n"
    path = GOLDEN / f"talk-{name}.txt"
    if os.environ.get("DARICHEH_REWRITE_GOLDEN"):
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")
