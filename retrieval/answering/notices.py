"""What is said about an answer, in the answer's language. The texts are in ``texts/``."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib import resources

import jdatetime
import yaml

from retrieval.knowledge.documents import Language

_MONTHS_FA = (
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split(),
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(),
)
_DIGITS_FA = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@lru_cache(maxsize=4)
def notice_texts(language: Language) -> dict[str, str]:
    """Return the notice texts of ``language`` by name."""
    file = resources.files("retrieval.answering").joinpath(f"texts/{language}.yaml")
    loaded: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def notice(language: Language, name: str, **values: str) -> str:
    """Return the notice ``name`` in ``language`` with its gaps filled; ``KeyError`` if unknown."""
    return notice_texts(language)[name].format(**values)


def readable_date(iso: str, language: Language) -> str:
    """Return the day ``iso`` (YYYY-MM-DD) as people of ``language`` write it.

    In Persian the Iranian date comes first and the Gregorian one in brackets.
    """
    day = dt.date.fromisoformat(iso)
    if language == "en":
        return f"{day.day} {day:%B} {day.year}"
    iranian = jdatetime.date.fromgregorian(date=day)
    western, eastern = _MONTHS_FA
    text = (
        f"{iranian.day} {eastern[iranian.month - 1]} {iranian.year} "
        f"({day.day} {western[day.month - 1]} {day.year})"
    )
    return text.translate(_DIGITS_FA)
