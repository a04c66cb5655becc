"""Dates in both calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.telegram import texts
from bot.telegram.dates import jalali
from bot.telegram.render import day

TEXTS = texts.load()


@pytest.mark.parametrize(
    ("gregorian", "iranian"),
    [
        (date(1979, 2, 11), (1357, 11, 22)),
        (date(2009, 6, 12), (1388, 3, 22)),
        (date(2016, 3, 20), (1395, 1, 1)),
        (date(2017, 3, 20), (1395, 12, 30)),
        (date(2018, 4, 30), (1397, 2, 10)),
        (date(2019, 11, 15), (1398, 8, 24)),
        (date(2021, 3, 20), (1399, 12, 30)),
        (date(2021, 9, 23), (1400, 7, 1)),
        (date(2022, 9, 16), (1401, 6, 25)),
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(2026, 11, 22), (1405, 9, 1)),
    ],
)
def test_days_that_are_known(gregorian: date, iranian: tuple[int, int, int]) -> None:
    assert jalali(gregorian) == iranian


def test_days_follow_each_other_without_gap() -> None:
    today, (year, month, of_month) = date(1950, 1, 1), jalali(date(1950, 1, 1))
    for _ in range(40_000):
        today += timedelta(days=1)
        following = jalali(today)
        assert following in {
            (year, month, of_month + 1),
            (year, month + 1, 1),
            (year + 1, 1, 1),
        }
        year, month, of_month = following


@pytest.mark.parametrize(
    ("written", "english", "persian"),
    [
        ("2021-09-23", "23 September 2021", "۱ مهر ۱۴۰۰ (۲۳ سپتامبر ۲۰۲۱)"),
        ("2018-05", "May 2018", "مه ۲۰۱۸"),
        ("2018", "2018", "۲۰۱۸"),
        ("2021-13-01", "2021-13-01", "2021-13-01"),
        ("spring", "spring", "spring"),
    ],
)
def test_dates_as_people_read_them(written: str, english: str, persian: str) -> None:
    assert day(written, TEXTS["en"], "en") == english
    assert day(written, TEXTS["fa"], "fa") == persian
