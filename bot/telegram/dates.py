"""Dates as people read them: Gregorian in English, Iranian and Gregorian in Persian."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(value: str | int) -> str:
    """Return ``value`` with its digits written in Persian."""
    return str(value).translate(_PERSIAN)


def jalali(day: date) -> tuple[int, int, int]:
    """Return year, month and day of ``day`` in the Iranian (Solar Hijri) calendar.

    Counted from 21 March 622 in the calendar's 33-year cycle of eight leap years, which agrees
    with the official calendar from 1206 to 1498 (1827 to 2119).
    """
    days = day.toordinal() - date(2021, 3, 21).toordinal()  # days since 1 Farvardin 1400
    year = 1400
    while days >= (length := 366 if _leap(year) else 365):
        days -= length
        year += 1
    while days < 0:
        year -= 1
        days += 366 if _leap(year) else 365
    if days < 186:
        return year, days // 31 + 1, days % 31 + 1
    return year, (days - 186) // 30 + 7, (days - 186) % 30 + 1


def _leap(year: int) -> bool:
    return year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}


def parts(written: str) -> tuple[int, int | None, int | None] | None:
    """Return year, month and day of ``2021``, ``2021-09`` or ``2021-09-23``; None for others."""
    found = _ISO.fullmatch(written.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    return year, month, day
