"""Dates as people of each language write them, also where only a month or a year is known."""

from __future__ import annotations

import pytest

from retrieval.language.dates import date_forms, readable_date


@pytest.mark.parametrize(
    ("iso", "english", "persian"),
    [
        ("2018-04-30", "30 April 2018", "۱۰ اردیبهشت ۱۳۹۷ (۳۰ آوریل ۲۰۱۸)"),
        ("2021-03", "March 2021", "اسفند ۱۳۹۹ یا فروردین ۱۴۰۰ (مارس ۲۰۲۱)"),
        ("2020-12", "December 2020", "آذر یا دی ۱۳۹۹ (دسامبر ۲۰۲۰)"),
        ("2009", "2009", "سال ۲۰۰۹ میلادی"),
        ("2024-02", "February 2024", "بهمن یا اسفند ۱۴۰۲ (فوریه ۲۰۲۴)"),
    ],
)
def test_a_date_reads_as_people_write_it(iso: str, english: str, persian: str) -> None:
    assert readable_date(iso, "en") == english
    assert readable_date(iso, "fa") == persian


def test_a_persian_day_may_be_written_in_either_calendar() -> None:
    assert date_forms("2021-04-08", "fa") == ("۱۹ فروردین ۱۴۰۰", "۸ آوریل ۲۰۲۱")
