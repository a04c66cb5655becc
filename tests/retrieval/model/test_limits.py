"""What the model may cost, and when it is left alone."""

from __future__ import annotations

from retrieval.model.breaker import FAILURES, REST, Breaker
from retrieval.model.spending import Limits, Spending

DAY = 86_400.0


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_has_its_own_share_until_the_next_day() -> None:
    clock = Clock()
    spending = Spending(Limits(chat_tokens=100, day_tokens=1000), clock)
    spending.spend(1, 60, 30)
    assert not spending.allows(1, 20)
    assert spending.allows(2, 20)
    clock.now += DAY
    assert spending.allows(1, 20)


def test_all_chats_share_the_day() -> None:
    spending = Spending(Limits(chat_tokens=100, day_tokens=150), Clock())
    spending.spend(1, 80, 0)
    spending.spend(2, 0, 60)
    assert not spending.allows(3, 20)


def test_the_day_may_not_cost_more_than_it_may() -> None:
    limits = Limits(10**9, 10**9, day_cost=1.0, price_read=0.5, price_written=2.0)
    spending = Spending(limits, Clock())
    spending.spend(1, 1_000_000, 0)
    assert spending.allows(1, 1)
    spending.spend(2, 0, 250_000)
    assert not spending.allows(1, 1)


def test_what_is_held_does_not_name_the_chat() -> None:
    spending = Spending(Limits(100, 100), Clock())
    spending.spend(7_340_912_655, 1, 1)
    assert "7340912655" not in repr(vars(spending))


def test_after_some_failures_in_a_row_nothing_is_let_through_for_a_while() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.lets_through()
        breaker.failed()
    assert not breaker.lets_through()
    clock.now += REST
    assert breaker.lets_through()
    assert not breaker.lets_through(), "one attempt only"
    breaker.worked()
    assert breaker.lets_through()


def test_a_success_between_failures_counts() -> None:
    breaker = Breaker(Clock())
    for _ in range(FAILURES * 2):
        breaker.failed()
        breaker.worked()
    assert breaker.lets_through()


def test_an_attempt_that_fails_after_the_rest_begins_another() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        breaker.failed()
    clock.now += REST
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
