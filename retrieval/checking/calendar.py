"""The dates of a text, Gregorian and Iranian, as spans of days that can be compared."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import jdatetime

from retrieval.language.normalise import search_form

_ENGLISH = (
    "january february march april may june july august september october november december".split()
)
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_GREGORIAN = "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split()
_IRANIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_LATIN_IRANIAN = (
    "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand".split()
)
# Spoken and older spellings.
_OTHERS = {"جولای": 7, "می": 5, "آگوست": 8, "جون": 6, "ژوییه": 7, "ژوین": 6, "sept": 9}
Calendar = Literal["gregorian", "iranian"]

_LISTS: tuple[tuple[Calendar, list[str]], ...] = (
    ("gregorian", _ENGLISH),
    ("gregorian", _SHORT),
    ("gregorian", _GREGORIAN),
    ("iranian", _IRANIAN),
    ("iranian", _LATIN_IRANIAN),
)
_MONTHS: dict[str, tuple[Calendar, int]] = {
    search_form(name): (which, number)
    for which, names in _LISTS
    for number, name in enumerate(names, 1)
}
_MONTHS |= {search_form(name): ("gregorian", number) for name, number in _OTHERS.items()}
# These are also other words: they are months only beside a number, or after "in" or «ماه».
_DOUBTFUL = frozenset(map(search_form, "may march mar مه می تیر مهر دی آذر جون".split()))

_NAMES = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_YEAR = r"(?:1[34]\d\d|19\d\d|20\d\d)"
_AFTER_MONTH = r"(?:\u200c?ماه)?"
_DATE = re.compile(
    rf"(?<!\d)(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)(?!\d)"
    rf"|(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th|م|\u200c?ام)?(?: of)? ?(?P<month>{_NAMES})"
    rf"{_AFTER_MONTH}(?:[ ,]+(?:سال )?(?P<year>{_YEAR}))?(?!\w)"
    rf"|(?<!\w)(?P<month2>{_NAMES}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:,? (?P<year2>{_YEAR}))?(?!\w)"
    rf"|(?<!\w)(?P<month3>{_NAMES}){_AFTER_MONTH}[ ,]+(?:of |سال )?(?P<year3>{_YEAR})(?!\w)"
    rf"|(?<![\w\u200c])(?P<sure>in |since |until |during |ماه )?(?P<month4>{_NAMES})"
    rf"{_AFTER_MONTH}(?![\w\u200c])(?!,? ?\d)"
    rf"|(?<![\w.,٬/])(?P<year5>{_YEAR})(?![\w٬/]|[,.]\d)"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A year, month or day. A month without a year is ``year`` None."""

    calendar: Calendar
    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that it means; None where it has no year or is none."""
        if self.year is None:
            return None
        first, last = self.month or 1, self.month or 12
        try:
            if self.calendar == "gregorian":
                end = self.day or calendar.monthrange(self.year, last)[1]
                return dt.date(self.year, first, self.day or 1), dt.date(self.year, last, end)
            start = jdatetime.date(self.year, first, self.day or 1).togregorian()
            if self.day:
                return start, start
            after = jdatetime.date(self.year + (last == 12), last % 12 + 1, 1).togregorian()
            return start, after - dt.timedelta(days=1)
        except ValueError:
            return None


def dates_of(text: str) -> tuple[tuple[Date, ...], str]:
    """Return the dates that ``text`` names, repeats kept, and the rest of it in search form."""
    form = search_form(text)
    found: list[Date] = []

    def taken(match: re.Match[str]) -> str:
        date = _date(match)
        if date is None:
            return match.group()
        found.append(date)
        return " "

    rest = _DATE.sub(taken, form)
    return tuple(found), rest


def _date(match: re.Match[str]) -> Date | None:
    if match["iso"]:
        parts = [int(part) for part in match["iso"].split("-")]
        return Date(_calendar_of(parts[0]), *parts)
    name = match["month"] or match["month2"] or match["month3"] or match["month4"]
    year = match["year"] or match["year2"] or match["year3"] or match["year5"]
    day = match["day"] or match["day2"]
    if name is None:
        return Date(_calendar_of(int(year)), int(year))
    if match["month4"] and name in _DOUBTFUL and not match["sure"]:
        return None
    calendar_name, month = _MONTHS[name]
    return Date(calendar_name, int(year) if year else None, month, int(day) if day else None)


def _calendar_of(year: int) -> Calendar:
    return "iranian" if year < 1500 else "gregorian"


def is_month(word: str) -> bool:
    """Return whether ``word``, in search form, is the name of a month."""
    return word in _MONTHS


def is_borne(date: Date, sources: Collection[Date]) -> bool:
    """Return whether one of ``sources`` says ``date``, as exactly or more so.

    Across calendars a month or year counts as the same where most of its days are.
    """
    return any(_bears(source, date) for source in sources)


def _bears(source: Date, date: Date) -> bool:
    if source.calendar == date.calendar:
        pairs = zip(
            (source.year, source.month, source.day), (date.year, date.month, date.day), strict=True
        )
        return all(wanted is None or wanted == given for given, wanted in pairs)
    own, other = source.days, date.days
    if own is None or other is None:
        return False
    common = (min(own[1], other[1]) - max(own[0], other[0])).days + 1
    # A month of one calendar lies in two of the other: either may be named.
    shorter = min((own[1] - own[0]).days, (other[1] - other[0]).days) + 1
    exact_enough = (own[1] - own[0]).days <= (other[1] - other[0]).days * 1.2 + 1
    return exact_enough and common >= shorter * 0.3
