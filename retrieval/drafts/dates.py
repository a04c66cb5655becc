"""Dates as articles print them."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        1,
    )
    for name in names
}
_IRANIAN = {
    name: number
    for number, name in enumerate(
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(), 1
    )
}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? ((?:19|20)\d\d)\b")
_SHAMSI = re.compile(r"(?<!\d)(\d{1,2}) (\S+?)(?: ماه)? (1[34]\d\d)(?!\d)")


def date_in(text: str) -> str | None:
    """Return the first date of ``text`` as YYYY-MM-DD; Iranian dates become Gregorian ones."""
    text = text.translate(_DIGITS)
    if match := _ISO.search(text):
        return _iso(match.group(1), match.group(2), match.group(3))
    for match in _MONTH_FIRST.finditer(text):
        if month := _MONTHS.get(match.group(1).lower()):
            return _iso(match.group(3), month, match.group(2))
    for match in _DAY_FIRST.finditer(text):
        if month := _MONTHS.get(match.group(2).lower()):
            return _iso(match.group(3), month, match.group(1))
    for match in _SHAMSI.finditer(text):
        if month := _IRANIAN.get(match.group(2)):
            return _gregorian(int(match.group(3)), month, int(match.group(1)))
    return None


def _iso(year: str, month: str | int, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _gregorian(year: int, month: int, day: int) -> str | None:
    import jdatetime

    try:
        found: dt.date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return found.isoformat()
