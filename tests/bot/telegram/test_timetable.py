"""What is to be deleted when."""

from __future__ import annotations

from bot.telegram.timetable import MOST_MESSAGES, Timetable


def test_messages_are_due_at_their_time_and_until_they_are_struck() -> None:
    table = Timetable()
    table.add(1, 10, 100.0)
    table.add(1, 11, 200.0)
    table.add(2, 10, 300.0)
    assert table.due(99.0) == {}
    assert table.due(250.0) == {1: [10, 11]}
    table.strike(1, [10, 11])
    assert table.due(250.0) == {}
    assert len(table) == 1


def test_a_message_entered_again_is_due_later() -> None:
    table = Timetable()
    table.add(1, 10, 100.0)
    table.add(1, 10, 500.0)
    assert table.due(400.0) == {}


def test_what_waits_for_the_next_message_is_due_with_it_but_for_that_message() -> None:
    table = Timetable()
    for number in (10, 11):
        table.add(1, number, 1000.0, at_next=True)
    table.add(1, 12, 1000.0)
    table.add(2, 10, 1000.0, at_next=True)
    table.hasten(1, 50.0, but=11)
    assert table.due(50.0) == {1: [10]}


def test_it_survives_as_plain_lists() -> None:
    table = Timetable()
    table.add(1, 10, 100.0, at_next=True)
    table.add(2, 11, 200.0)
    kept = table.surviving()
    assert kept == [[1, 10, 100, True], [2, 11, 200, False]]
    again = Timetable()
    again.restore(kept)
    assert again.surviving() == kept


def test_with_too_many_messages_the_oldest_goes_early_rather_than_never() -> None:
    table = Timetable()
    for number in range(MOST_MESSAGES + 1):
        table.add(1, number, 1000.0)
    assert table.due(1.0) == {1: [0]}


def test_every_change_is_told() -> None:
    told: list[str] = []
    table = Timetable(lambda: told.append("x"))
    table.add(1, 10, 100.0, at_next=True)
    table.hasten(1, 50.0)
    table.strike(1, [10])
    assert len(told) == 3
    table.strike(1, [10])
    table.hasten(1, 50.0)
    table.take(1)
    assert len(told) == 3
