"""Who was told something that was corrected since hears of it, once."""

from __future__ import annotations

import dataclasses

import pytest

from bot.telegram.answerer import Answerer
from bot.telegram.corrections import corrected
from retrieval.answering.answer import Answer, Language, Statement
from retrieval.passages import Passage
from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ALL, ANSWERED_FA, ASKED_EN, ASKED_FA, Scripted, citation
from tests.telegram.people import until
from tests.telegram.server import StandIn

TEXT = "تماس تلفنی احضار رسمی نیست."
FRESH = "پاسخ تازه دربارهٔ احضار تلفنی."


def passage(n: int, text: str, language: Language = "fa") -> Passage:
    of = citation(n, language=language)
    return Passage(
        id=of.passage, document=of.document, language=language, kind="guidance", title=of.title,
        section=of.section, path=(), role="fact", position=n, text=text, sentences=(), topics=(),
        urgent=None, as_of="2021-09-23", review_by="2027-01-01",
    )  # fmt: skip


def stocked(*passages: Passage, answers: tuple[Answer, ...] = ALL) -> Scripted:
    library = Scripted(*answers)
    library.passages = {each.id: each for each in passages}
    return library


class Renewing:
    """Hands out a newer library when a test puts one in."""

    def __init__(self) -> None:
        self.next: Answerer | None = None

    def __call__(self, asked: bool) -> Answerer | None:
        newer, self.next = self.next, None
        return newer


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.shelf.EVERY", 0.02)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ((passage(1, TEXT), passage(2, "دو")), []),
        ((passage(1, "تماس تلفنی، احضارِ رسمی نیست!"), passage(2, "دو")), []),  # typography
        ((passage(1, "مقدمه‌ای تازه"), passage(2, TEXT), passage(3, "دو")), []),  # moved down
        ((passage(1, "تماس تلفنی احضار رسمی است."), passage(2, "دو")), [1]),
        ((passage(1, TEXT),), [2]),  # withdrawn
    ],
)
def test_a_correction_is_told_from_typography_and_from_moving(
    now: tuple[Passage, ...], found: list[int]
) -> None:
    old = stocked(passage(1, TEXT), passage(2, "دو"))
    assert [c.n for c in corrected(ANSWERED_FA, old, stocked(*now))] == found


async def test_a_live_conversation_hears_once_without_a_sound_and_can_look_again(
    telegram: StandIn,
) -> None:
    of = citation(1)
    fresh = Answer(
        f"{of.title}: {of.section}", "fa", "answered",
        statements=(Statement(FRESH, (1,)),), citations=(of,),
    )  # fmt: skip
    old = stocked(passage(1, TEXT), passage(2, "دو"))
    new = stocked(passage(1, "تماس تلفنی هم احضار است."), passage(2, "دو"), answers=(fresh,))
    newest = stocked(passage(1, "تماس تلفنی هم احضار است."), passage(2, "دو"), answers=(fresh,))
    renewing = Renewing()
    async with running(telegram, old, reopen=renewing) as bot:
        sara, omid, late = (telegram.person(7001 + n) for n in range(3))
        late.says(ASKED_FA)
        await late.hears()
        telegram.advance(6.1)
        for person, question in ((sara, ASKED_FA), (sara, ASKED_FA), (omid, ASKED_EN)):
            person.says(question)
            await person.hears()
        renewing.next = new
        [told] = await sara.hears()
        first, second = told["text"].split("\n\n")
        assert of.title not in first  # a locked phone shows no subject
        assert f"«{of.title}»" in second
        sent = [given for name, given in telegram.methods.log if name == "sendMessage"][-1]
        assert str(sent["disable_notification"]).lower() == "true"
        assert bot.shelf.library is new
        renewing.next = newest
        await until(lambda: bot.shelf.library is newest, lambda: "the newest library")
        sara.presses(told, of.title)
        [again] = await sara.hears()
        assert FRESH in again["text"]
        await sara.hears_nothing()
        await omid.hears_nothing(0.01)
        await late.hears_nothing(0.01)


async def test_what_is_no_longer_in_the_chat_is_not_spoken_of(telegram: StandIn) -> None:
    old = stocked(passage(1, TEXT), passage(2, "دو"))
    new = stocked(passage(1, "چیزی دیگر"))
    renewing = Renewing()
    async with running(telegram, old, reopen=renewing) as bot:
        sara = telegram.person(7101)
        sara.says(ASKED_FA)
        await sara.hears()
        sara.says("/forget")
        await sara.hears()
        renewing.next = new
        await until(lambda: bot.shelf.library is new, lambda: "the new library")
        await sara.hears_nothing()


async def test_a_person_who_cannot_be_told_keeps_nobody_else_from_hearing(
    telegram: StandIn,
) -> None:
    renewing = Renewing()
    async with running(telegram, stocked(passage(1, TEXT)), reopen=renewing) as bot:
        gone, sara = telegram.person(7201), telegram.person(7202)
        for person in (gone, sara):
            person.says(ASKED_FA)
            await person.hears()
        gone.chat.blocked = True
        renewing.next = stocked()
        [told] = await sara.hears()
        assert "اصلاح شده" in told["text"]
        assert bot.sessions.held(gone.chat.id) is None


async def test_questions_go_to_the_newer_library_at_once(telegram: StandIn) -> None:
    renewing = Renewing()
    other = dataclasses.replace(ANSWERED_FA, statements=(Statement(FRESH, (1,)),))
    async with running(telegram, stocked(), reopen=renewing) as bot:
        new = stocked(answers=(other,))
        renewing.next = new
        await until(lambda: bot.shelf.library is new, lambda: "the new library")
        sara = telegram.person(7301)
        sara.says(ASKED_FA)
        [answer] = await sara.hears()
        assert FRESH in answer["text"]
