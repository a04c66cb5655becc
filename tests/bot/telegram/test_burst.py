"""What is said in pieces is one question; what is said twenty times is answered once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.app import TelegramBot
from bot.telegram.burst import (
    LOOKED_AT,
    MOST_PARTS,
    MOST_QUESTIONS,
    Pace,
    joined,
    questions_in,
)
from retrieval.language.words import tokens
from tests.bot.telegram.conftest import CALM, running
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted
from tests.telegram.people import until
from tests.telegram.server import StandIn

OTHER = "فیلترشکن را از کجا باید امن دانلود کنم؟"


def grouped(*words: str) -> list[str]:
    return [joined([words[at] for at in group]) for group in questions_in(words)]


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        ((ASKED_FA,), [ASKED_FA]),
        (("سلام", ASKED_FA), [ASKED_FA]),
        (("سلام", "وقت بخیر"), ["سلام\nوقت بخیر"]),
        (("سلام", "تلگرامم هک شده", "چیکار کنم"), ["تلگرامم هک شده\nچیکار کنم"]),
        ((ASKED_FA, "لطفا", "??"), [f"{ASKED_FA}\nلطفا\n??"]),
        ((ASKED_FA, ASKED_FA, ASKED_FA), [ASKED_FA]),
        ((ASKED_FA, OTHER), [ASKED_FA, OTHER]),
        (("اول", ASKED_FA, "زود", OTHER), [f"اول\n{ASKED_FA}\nزود", OTHER]),
        (("VPN?", "Tor?"), ["VPN?\nTor?"]),
    ],
)
def test_pieces_belong_to_their_question(words: tuple[str, ...], questions: list[str]) -> None:
    assert grouped(*words) == questions


def test_of_a_flood_of_the_longest_messages_little_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One who forwards a hundred of them must not hold up everybody else."""
    looked_at: list[int] = []

    def counted(words: str) -> list[str]:
        looked_at.append(len(words))
        return tokens(words)

    monkeypatch.setattr("bot.telegram.burst.tokens", counted)
    words = [f"{number} {ASKED_FA * 100}"[:4096] for number in range(MOST_PARTS)]
    assert len(questions_in(words)) == MOST_PARTS
    assert sum(looked_at) <= 2 * MOST_PARTS * LOOKED_AT


@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_every_message_belongs_to_exactly_one_question_in_order(words: list[str]) -> None:
    groups = questions_in(words)
    assert [at for group in groups for at in group] == list(range(len(words)))
    for group in groups:
        assert joined([words[at] for at in group]) in "\n".join(words[at] for at in group) or (
            len(group) > 1
        )


async def test_a_question_in_pieces_is_answered_once(telegram: StandIn, library: Scripted) -> None:
    async with running(telegram, library, pace=CALM):
        sara = telegram.person(5001)
        for piece in ("سلام", "ببخشید", "تلفنی احضارم کرده‌اند،", "چه کار کنم؟"):
            sara.says(piece)
        await sara.hears()
        await sara.hears_nothing()
        [(asked, _)] = library.asked
        assert asked == "ببخشید\nتلفنی احضارم کرده‌اند،\nچه کار کنم؟"


async def test_twenty_times_the_same_is_answered_once(telegram: StandIn, library: Scripted) -> None:
    async with running(telegram, library, pace=CALM):
        sara = telegram.person(5002)
        for _ in range(20):
            sara.says(ASKED_FA)
        await sara.hears()
        await sara.hears_nothing()
        assert [question for question, _ in library.asked] == [ASKED_FA]


async def test_of_many_questions_the_last_are_answered_and_that_is_said(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library, pace=CALM):
        sara = telegram.person(5003)
        asked = [f"can the agents read my messenger number {n}?" for n in range(8)]
        for question in asked:
            sara.says(question)
        heard = await sara.hears(MOST_QUESTIONS + 1)
        assert [question for question, _ in library.asked] == asked[-MOST_QUESTIONS:]
        assert "یکی‌یکی" in heard[-1]["text"]


async def test_a_command_does_not_wait_for_more_and_comes_after_the_answer(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library, pace=Pace(settle=600, pieces=600, longest=600)):
        sara = telegram.person(5004)
        sara.says(ASKED_FA)
        sara.says("/help")
        answer, help_text = await sara.hears(2)
        assert "[۱]" in answer["text"]
        assert help_text["text"].startswith("چطور بپرسید")


async def test_what_was_forgotten_meanwhile_is_not_answered(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library) as bot:
        sara = telegram.person(5005)
        library.hold.clear()
        sara.says(ASKED_FA)
        await until(lambda: bool(library.asked), lambda: "the question")
        bot.sessions.forget(sara.chat.id)
        library.hold.set()
        sara.says("/language")
        [choice] = await sara.hears()
        assert "زبان" in choice["text"]


@pytest.mark.usefixtures("bot")
async def test_editing_any_piece_changes_the_one_answer(telegram: StandIn) -> None:
    sara = telegram.person(5006)
    first = sara.says("تلفنی احضارم کرده‌اند،")
    sara.says("چه کار کنم؟")
    [answer] = await sara.hears()
    sara.edits(first, ASKED_EN)
    [edited] = await sara.hears(kind="edited")
    assert edited["message_id"] == answer["message_id"]
    assert edited["text"].startswith("Telegram has been blocked")


@pytest.mark.usefixtures("bot")
async def test_a_flood_holds_a_bounded_number_of_messages(
    telegram: StandIn, bot: TelegramBot
) -> None:
    sara = telegram.person(5007)
    for n in range(300):
        sara.says(f"question number {n} about messengers?")
    await sara.hears(MOST_QUESTIONS)
    held = [len(burst.parts) for burst in bot._bursts._open.values()]
    assert all(number <= 50 for number in held)


async def test_a_whole_question_waits_less_for_more_than_pieces_do(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library, pace=Pace(settle=0.03, pieces=600, longest=600)):
        sara = telegram.person(5008)
        sara.says("سلام")
        sara.says("تلفنی احضارم کرده‌اند")
        sara.says("چه کار کنم، وکیل بگیرم؟")
        await sara.hears()
        assert len(library.asked) == 1
