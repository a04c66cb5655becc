"""Dates as people write them: Gregorian in English; in Persian Iranian, then Gregorian."""

from __future__ import annotations

import calendar
import datetime as dt

import jdatetime

_MONTHS_FA = (
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
)
_DIGITS_FA = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def readable_date(iso: str, language: str) -> str:
    """Return the date ``iso`` (YYYY, YYYY-MM or YYYY-MM-DD) as people of ``language`` write it.

    A Gregorian month lies in two Iranian ones, and both are named; a year stays Gregorian.
    """
    forms = date_forms(iso, language)
    return f"{forms[0]} ({forms[1]})" if len(forms) == 2 else forms[0]


def date_forms(iso: str, language: str) -> tuple[str, ...]:
    """Return the forms in which a text may write the date ``iso``: in Persian the Iranian one,
    then the Gregorian one."""
    if language != "fa":
        return (_english(iso),)
    forms = (_gregorian(iso),) if len(iso) == 4 else (_iranian(iso), _gregorian(iso))
    return tuple(form.translate(_DIGITS_FA) for form in forms)


def _english(iso: str) -> str:
    first, _ = _days(iso)
    return {4: f"{first.year}", 7: f"{first:%B} {first.year}"}.get(
        len(iso), f"{first.day} {first:%B} {first.year}"
    )


def _gregorian(iso: str) -> str:
    first, _ = _days(iso)
    month = _MONTHS_FA[0][first.month - 1]
    return {4: f"سال {first.year} میلادی", 7: f"{month} {first.year}"}.get(
        len(iso), f"{first.day} {month} {first.year}"
    )


def _iranian(iso: str) -> str:
    first, last = (jdatetime.date.fromgregorian(date=day) for day in _days(iso))
    months = [_MONTHS_FA[1][day.month - 1] for day in (first, last)]
    if len(iso) == 7:
        year = "" if first.year == last.year else f" {first.year}"
        return f"{months[0]}{year} یا {months[1]} {last.year}"
    return f"{first.day} {months[0]} {first.year}"


def _days(iso: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that ``iso`` means."""
    parts = [int(part) for part in iso.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if len(parts) == 3:
        return (day := dt.date(*parts)), day
    first, last = month or 1, month or 12
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
