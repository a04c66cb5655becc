"""What is held, for how long, and that it goes."""

from __future__ import annotations

from bot.telegram.session import MOST_MESSAGES, MOST_TURNS, Sessions
from retrieval.answering.answer import Answer

HOUR = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def sessions(most: int = 10) -> tuple[Sessions, Clock]:
    clock = Clock()
    return Sessions(clock, most), clock


def test_what_was_said_goes_after_six_hours_of_silence() -> None:
    held, clock = sessions()
    held.touch(1).keep(5, Answer("q", "en", "answered"))
    clock.now += 5.9 * HOUR
    assert held.held(1) is not None
    clock.now += 0.2 * HOUR
    assert held.held(1) is None
    assert held.touch(1).turns == {}


def test_a_sweep_forgets_in_silence_and_message_numbers_after_48_hours() -> None:
    held, clock = sessions()
    held.touch(1)
    held.note(1, 7, clock.now)
    clock.now += 7 * HOUR
    held.sweep()
    assert held.held(1) is None
    assert len(held) == 1
    clock.now += 41.1 * HOUR
    held.sweep()
    assert len(held) == 0


def test_forgetting_returns_only_what_telegram_still_deletes() -> None:
    held, clock = sessions()
    held.note(1, 1, clock.now)
    held.note(1, 2, clock.now + HOUR)
    clock.now += 47.99 * HOUR
    assert held.forget(1) == [2]
    assert len(held) == 0
    assert held.forget(1) == []


def test_everything_is_bounded() -> None:
    held, clock = sessions(most=10)
    for chat in range(100):
        session = held.touch(chat)
        for number in range(500):
            held.note(chat, number, clock.now)
        for number in range(20):
            session.keep(number, Answer("q", "en", "answered"))
        assert len(session.turns) == MOST_TURNS
    assert len(held) == 10
    assert len(held.forget(99)) == MOST_MESSAGES


def test_a_held_answer_has_no_question_and_a_key_of_its_own() -> None:
    held, _ = sessions()
    first = held.touch(1).keep(5, Answer("secret words", "en", "answered"))
    second = held.touch(1).keep(6, Answer("secret words", "en", "answered"))
    assert first.answer.question == ""
    assert first.key != second.key
    assert held.touch(1).turn_of(6) is second
    assert held.touch(1).turn_of(7) is None
