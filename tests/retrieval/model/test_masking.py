"""What a person tells of themselves does not reach the model."""

from __future__ import annotations

import pytest

from retrieval.model.masking import masked
from tests.model_server.acts import says
from tests.retrieval.model.conftest import Scene
from tests.retrieval.model.test_teller import GOOD

TELLING = [
    ("en", "I am Nasrin and they took my phone", "I am [name] and they took my phone"),
    ("en", "i'm nasrin, can they take my phone?", "i'm [name], can they take my phone?"),
    ("en", "my name is Nasrin Sotoudeh and I live here", "my name is [name] and I live here"),
    ("en", "they call from +98 21 1234 5678", "they call from [number]"),
    ("en", "my card 6037-9911-2233-4455", "my card [number]"),
    ("en", "write to a.b+c@example.org", "write to [e-mail]"),
    ("en", "they know @my_channel and t.me/my_channel", "they know [account] and [account]"),
    ("fa", "من نسرین ستوده هستم و احضار شدم", "من [نام] هستم و احضار شدم"),
    ("fa", "اسمم نسرین است، احضار شدم", "اسمم [نام] است، احضار شدم"),
    ("fa", "اسم من نسرین ستوده است", "اسم من [نام] است"),
    ("fa", "شماره‌ام ۰۹۱۲ ۳۴۵ ۶۷۸۹ است", "شماره‌ام [شماره] است"),
    ("fa", "کد ملی ۰۰۱۲۳۴۵۶۷۸ را خواستند", "کد ملی [شماره] را خواستند"),
    ("fa", "esmam Nasrin ast", "esmam [نام] ast"),
]
HARMLESS = [
    ("en", "I am afraid, what was blocked on 2021-09-23?"),
    ("en", "I'm being summoned on 12 May 2026 at 10:30"),
    ("en", "I am a journalist in Tehran. Is Signal safe?"),
    ("en", "this is urgent"),
    ("fa", "من در خانه هستم و می‌ترسم"),
    ("fa", "من خبرنگار هستم"),
    ("fa", "ماده ۱۶۹ قانون سال ۱۳۹۴ چه می‌گوید؟"),
]


@pytest.mark.parametrize(("language", "told", "left"), TELLING)
def test_what_is_personal_is_taken_out(language: str, told: str, left: str) -> None:
    assert masked(told, "fa" if language == "fa" else "en") == left


@pytest.mark.parametrize(("language", "told"), HARMLESS)
def test_the_question_itself_stays(language: str, told: str) -> None:
    assert masked(told, "fa" if language == "fa" else "en") == told


async def test_no_prompt_holds_it(scene: Scene) -> None:
    scene.model.will(says(GOOD + " This is wrong. [1]"), says("Wrong again. [1]"))
    await scene.tell("I am Nasrin, call +98 912 345 6789. Is a call a summons?")
    assert len(scene.model.asked) == 2
    assert all("Nasrin" not in asked and "345" not in asked for asked in scene.model.asked)
