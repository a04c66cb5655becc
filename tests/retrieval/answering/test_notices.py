"""What is said about an answer: in both languages, with every gap filled and days as people say."""

from __future__ import annotations

from string import Formatter

import pytest

from retrieval.answering.notices import notice, notice_texts, readable_date


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same_things() -> None:
    english, persian = notice_texts("en"), notice_texts("fa")
    assert english.keys() == persian.keys()
    for name, text in english.items():
        assert gaps(text) == gaps(persian[name]), name
        assert text.strip()
        assert persian[name].strip()


def test_persian_is_set_in_persian_letters() -> None:
    for name, text in notice_texts("fa").items():
        without_gaps = Formatter().vformat(text, (), dict.fromkeys(gaps(text), ""))
        assert not set("يكىة") & set(text), name
        assert not any("a" <= letter.lower() <= "z" for letter in without_gaps), name
        assert "؟" in text or "?" not in text, name


@pytest.mark.parametrize(
    ("day", "persian", "english"),
    [
        ("2021-09-23", "۱ مهر ۱۴۰۰ (۲۳ سپتامبر ۲۰۲۱)", "23 September 2021"),
        ("2018-04-30", "۱۰ اردیبهشت ۱۳۹۷ (۳۰ آوریل ۲۰۱۸)", "30 April 2018"),
        ("2021-03-20", "۳۰ اسفند ۱۳۹۹ (۲۰ مارس ۲۰۲۱)", "20 March 2021"),  # a leap year's last day
        ("2021-03-21", "۱ فروردین ۱۴۰۰ (۲۱ مارس ۲۰۲۱)", "21 March 2021"),
        ("2026-01-01", "۱۱ دی ۱۴۰۴ (۱ ژانویه ۲۰۲۶)", "1 January 2026"),
    ],
)
def test_days_are_written_as_people_write_them(day: str, persian: str, english: str) -> None:
    assert readable_date(day, "fa") == persian
    assert readable_date(day, "en") == english


def test_gaps_are_filled() -> None:
    assert "5 May" in notice("en", "as_of", date="5 May")
    with pytest.raises(KeyError):
        notice("en", "as_of")
    with pytest.raises(KeyError):
        notice("en", "no such notice")
