"""What is held of a chat survives being laid down by one process and taken up by another."""

from __future__ import annotations

import pytest

from bot.telegram.choices import KEPT_DAYS
from bot.telegram.flow_run import FlowRun
from bot.telegram.session import DELETE_HOURS, IDLE_HOURS, Sessions
from bot.telegram.snapshot import laid_down, seconds, take_up
from tests.bot.telegram.scripted import ALL, Scripted

CHAT, OTHER = 7001, 7002
NOW = 1_800_000_000.0


def talked() -> Sessions:
    """Return sessions with something in every place."""
    sessions = Sessions(lambda: NOW)
    sessions.choices.change(CHAT, word="salted", vanish="read", language="en", remembered=True)
    session = sessions.touch(CHAT)
    for number, answer in enumerate(ALL):
        turn = session.keep(number, answer)
        turn.also_asked, turn.view = (number + 100,), "short"
        turn.message_ids, turn.shown_ids, turn.used = [number], [number + 50], {"a:b:1", "c:d:2"}
    guide = Scripted().flow("ready")
    assert guide is not None
    session.flows["ready"] = FlowRun(guide.start(), [3], "key", guide.start(), 4)
    session.album, session.delicate, session.told = "album", True, {"a passage"}
    session.word_until = NOW + 1
    sessions.note(CHAT, 9, NOW)
    sessions.timetable.add(CHAT, 10, NOW + 5)
    sessions.touch(OTHER)
    return sessions


def test_all_of_it_is_the_same_afterwards() -> None:
    one, other = talked(), Sessions(lambda: NOW)
    assert take_up(other, laid_down(one, CHAT)) == CHAT
    assert other.held(CHAT) == one.held(CHAT)
    assert other.choices.of(CHAT) == one.choices.of(CHAT)
    assert other.messages(CHAT) == one.messages(CHAT)
    assert other.timetable.of(CHAT) == one.timetable.of(CHAT)
    assert other.held(OTHER) is None


def test_let_go_nothing_is_held_any_more_and_of_others_everything() -> None:
    sessions = talked()
    sessions.let_go(CHAT)
    assert laid_down(sessions, CHAT) == {}
    assert sessions.chats() == {OTHER}


def test_no_question_is_in_it() -> None:
    whole = b"".join(laid_down(talked(), CHAT).values()).decode()
    assert [answer.question for answer in ALL if answer.question in whole] == []


def test_each_part_stays_as_long_as_it_would_in_memory() -> None:
    sessions = talked()
    assert seconds(sessions, CHAT, "talk") == IDLE_HOURS * 3600
    assert seconds(sessions, CHAT, "marks") == DELETE_HOURS * 3600
    assert seconds(sessions, CHAT, "wishes") == KEPT_DAYS * 24 * 3600


def test_a_part_of_another_version_is_left_out_and_the_others_are_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    parts = laid_down(talked(), CHAT) | {"talk": b'{"chat": 7001, "session": {"new": 1}}'}
    later = Sessions(lambda: NOW)
    assert take_up(later, parts) == CHAT
    assert later.held(CHAT) is None
    assert later.choices.of(CHAT).word == "salted"
    assert "another version" in caplog.text
