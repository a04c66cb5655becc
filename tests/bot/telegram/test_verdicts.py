"""Did this answer your question? Counted by passage, of nobody, in steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.feedback import STEP, STEP_WRONG, feedback_file, read_feedback
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, URGENT_FA, Scripted
from tests.bot.telegram.settings_menu import leads, opened
from tests.telegram.chats import Json
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

FIRST, SECOND = "phone-summons#first.1@fa", "phone-summons#first.2@fa"


def labels(person: Person, message: Json) -> list[str]:
    markup = person.chat.messages[message["message_id"]].get("reply_markup", {})
    return [b["text"] for row in markup.get("inline_keyboard", []) for b in row]


async def answered(person: Person, question: str = ASKED_FA) -> Json:
    person.says(question)
    [answer] = await person.hears()
    return answer


async def calls_wrong(person: Person, answer: Json, number: str, reason: str) -> Json:
    person.presses(answer, "اشتباه")
    [asked] = await person.hears()
    person.presses(asked, number)
    [asked] = await person.hears(kind="edited")
    person.presses(asked, reason)
    [noted] = await person.hears(kind="edited")
    return noted


async def test_an_answer_that_helped_counts_for_the_passages_of_its_first_screen(
    telegram: StandIn, library: Scripted, tmp_path: Path
) -> None:
    async with running(telegram, library, state=tmp_path / "s"):
        for number in range(STEP):
            assert not feedback_file(tmp_path / "s").exists()
            person = telegram.person(6000 + number)
            answer = await answered(person)
            person.presses(answer, "به کارم آمد", deliveries=2)
            person.presses(answer, "به کارم آمد")
            await until(lambda p=person, a=answer: "نیامد" not in labels(p, a), lambda: "the row")  # type: ignore[misc]
    assert read_feedback(tmp_path / "s") == {FIRST: {"yes": STEP}, SECOND: {"yes": STEP}}
    assert b"600" not in feedback_file(tmp_path / "s").read_bytes()


async def test_what_is_wrong_is_asked_by_number_and_reason_and_counted_once_each(
    telegram: StandIn, library: Scripted, tmp_path: Path
) -> None:
    async with running(telegram, library, state=tmp_path / "s"):
        for number in range(STEP_WRONG):
            person = telegram.person(6100 + number)
            answer = await answered(person)
            noted = await calls_wrong(person, answer, "۲", "خطرناک")
            assert "۳ نفر" in noted["text"]
            key = answer["reply_markup"]["inline_keyboard"][0][0]["callback_data"].split(":")[1]
            person.presses_data(noted, f"r:{key}:20")
            person.presses_data(answer, f"h:{key}:1")
        await until(telegram.updates.empty, lambda: "the last presses to be taken")
    assert read_feedback(tmp_path / "s") == {SECOND: {"dangerous": STEP_WRONG}}


async def test_where_one_passage_is_cited_no_number_is_asked_and_one_may_leave_it(
    telegram: StandIn, library: Scripted, tmp_path: Path
) -> None:
    async with running(telegram, library, state=tmp_path / "s"):
        sara = telegram.person(6201)
        answer = await answered(sara, ASKED_EN)
        sara.presses(answer, "Wrong")
        [asked] = await sara.hears()
        assert asked["text"].startswith("What is wrong with [1]?")
        sara.presses(asked, "Leave it")
        gone = asked["message_id"]
        await until(lambda: gone not in sara.chat.messages, lambda: "the question to go")
    assert not feedback_file(tmp_path / "s").exists()


async def test_the_maintainers_chat_hears_of_a_passage_and_a_reason_once_a_day(
    telegram: StandIn, library: Scripted
) -> None:
    maintainers = telegram.group(-100_6300)
    async with running(telegram, library, feedback_chat=-100_6300):
        for number in range(3):
            person = telegram.person(6310 + number)
            await calls_wrong(person, await answered(person), "۱", "قدیمی")
        [told] = await maintainers.hears()
        assert told["text"] == f"{FIRST}\nIt is out of date"
        await maintainers.hears_nothing()
        assert len(maintainers.chat.from_bot()) == 1


async def test_a_maintainers_chat_that_cannot_be_written_to_is_logged_and_holds_up_nobody(
    telegram: StandIn, library: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(telegram, library, feedback_chat=-100_6400):
        sara = telegram.person(6401)
        await calls_wrong(sara, await answered(sara), "۱", "قدیمی")
        await answered(sara)
    assert "feedback chat cannot be written to" in caplog.text
    assert FIRST not in caplog.text


async def test_the_row_stands_only_where_it_fits_and_is_wanted(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library):
        sara = telegram.person(6501)
        assert "نیامد" in labels(sara, await answered(sara))
        assert "نیامد" not in labels(sara, await answered(sara, URGENT_FA.question))
        assert labels(sara, await answered(sara, "چیزی ناشناخته؟")) == []
        await leads(sara, await opened(sara), "نظرخواهی")
        assert "نیامد" not in labels(sara, await answered(sara))
    async with running(telegram, library, feedback=False):
        omid = telegram.person(6502)
        assert "نیامد" not in labels(omid, await answered(omid))


async def test_after_the_conversation_ended_nothing_is_counted(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library):
        sara = telegram.person(6601)
        answer = await answered(sara)
        telegram.advance(6.1)
        sara.presses(answer, "به کارم آمد")
        await until(lambda: bool(telegram.methods.answered), lambda: "a word on the old button")
        assert "دیگر در حافظه‌ام نیست" in telegram.methods.answered[0]["text"]
