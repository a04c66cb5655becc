"""Whether a statement that can age shows its date.

A statement can age if it stands in a passage about how things are (not in steps to take) and
holds a figure or one of ``STATUS``, words that say how something stands. It shows its date if the
statement holds a year or a day, or if the answer shows one with it: its citation's publication
date, or a notice with the day its passage's facts held, or with the first and the last such day of
all passages shown.
"""

from __future__ import annotations

import re

from retrieval.answering.answer import Answer, Statement
from retrieval.language.dates import readable_date
from retrieval.language.normalise import search_form
from retrieval.passages import Passage

STATUS = re.compile(
    r"\b(?:un)?(?:blocked|filtered|banned|shut|closed|open|available|down|throttled)\b"
    r"|\b(?:works?|working|now|still|today|currently|latest|newest|legal|illegal|costs?)\b"
    r"|(?:فیلتر|مسدود|بسته|قطع|وصل|در دسترس|باز (?:است|شد)|کار (?:می.?کند|نمی.?کند)|ممنوع"
    r"|اکنون|هنوز|امروز|فعلا|قانونی|غیرقانونی|تازه.?ترین|آخرین)"
)
FIGURE = re.compile(r"\d")
_MONTHS = (
    "January February March April May June July August September October November December "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند "
    "ژانویه فوریه مارس آوریل ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"
)
DATE = re.compile(
    r"\b(?:1[34]\d\d|19\d\d|20\d\d)\b"
    r"|\b\d{1,2} (?:" + "|".join(search_form(_MONTHS).split()) + r")\b"
)


def can_age(statement: Statement, passage: Passage) -> bool:
    """Return whether ``statement`` of ``passage`` says something that time may make untrue."""
    said = search_form(statement.text)
    return passage.role == "fact" and bool(FIGURE.search(said) or STATUS.search(said))


def holds_date(text: str) -> bool:
    """Return whether ``text`` itself holds a year, or a day and month."""
    return bool(DATE.search(search_form(text)))


def shows_date(answer: Answer, statement: Statement) -> bool:
    """Return whether a reader of ``answer`` sees when ``statement`` was so."""
    if holds_date(statement.text) or any(answer.citation(n).date for n in statement.citations):
        return True
    held = {answer.citation(n).as_of for shown in answer.statements for n in shown.citations}
    ends = [readable_date(day, answer.language) for day in (min(held), max(held))] if held else []
    return bool(ends) and any(all(day in notice for day in ends) for notice in answer.notices)
