"""Numbers and dates are read as people write them, and compared by what they mean."""

from __future__ import annotations

import pytest

from retrieval.checking.calendar import Date, dates_of, is_borne
from retrieval.checking.clauses import clauses_of, read_clause
from retrieval.checking.cues import is_negated_verb
from retrieval.checking.numbers import numbers_of
from retrieval.checking.spelling import sounds_like


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("40 million of 1,200 and 80.5", (40_000_000, 1200, 80.5)),
        ("۸۰ میلیونی، ۱٬۲۰۰ و ۳٫۵", (80_000_000, 1200, 3.5)),
        ("twenty thousand people, both free", (20_000, 2)),
        ("سه نفر از ده نفر", (3, 10)),
        ("v2ray, version 3.5.1, IPv6", ()),
        ("نه، این درست نیست", ()),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, numbers: tuple[float, ...]) -> None:
    assert numbers_of(text) == numbers


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 20 April 2018 and 2021-09-23",
         [Date("gregorian", 2018, 4, 20), Date("gregorian", 2021, 9, 23)]),
        ("در ۲۰ آوریل ۲۰۱۸ (۳۱ فروردین ۱۳۹۷)",
         [Date("gregorian", 2018, 4, 20), Date("iranian", 1397, 1, 31)]),
        ("It may take 3 days in May 2018", [Date("gregorian", 2018, 5)]),
        ("در دی ۱۳۹۶", [Date("iranian", 1396, 10)]),
        ("It may be so; they march on", []),
        ("این دی را می‌گوید", []),
    ],
)  # fmt: skip
def test_dates_are_read_in_both_calendars(text: str, dates: list[Date]) -> None:
    assert list(dates_of(text)[0]) == dates


@pytest.mark.parametrize(
    ("said", "source", "borne"),
    [
        (Date("gregorian", 2018, 4), Date("gregorian", 2018, 4, 20), True),
        (Date("gregorian", 2018, 4, 20), Date("gregorian", 2018, 4), False),
        (Date("iranian", 1397, 1, 31), Date("gregorian", 2018, 4, 20), True),
        (Date("iranian", 1397, 1), Date("gregorian", 2018, 4), True),
        (Date("iranian", 1397, 3), Date("gregorian", 2018, 4), False),
        (Date("gregorian", 2019), Date("iranian", 1397, 1), False),
        (Date("gregorian", None, 4), Date("gregorian", 2018, 4, 20), True),
    ],
)
def test_a_date_is_borne_by_one_that_says_it_at_least_as_exactly(
    said: Date, source: Date, borne: bool
) -> None:
    assert is_borne(said, [source]) is borne


@pytest.mark.parametrize(
    "word", ["نمی‌شود", "نکنید", "ندارد", "نیست", "نباید", "نفرستید", "نبرید", "نپردازید"]
)
def test_a_negated_verb_is_known_by_its_form(word: str) -> None:
    assert is_negated_verb(word)


@pytest.mark.parametrize(
    "word", ["نام", "نشان", "نوشته", "نصب", "نفر", "نظر", "نزد", "نیاز", "نه", "نشست"]
)
def test_other_words_with_that_letter_are_no_negated_verbs(word: str) -> None:
    assert not is_negated_verb(word)


def test_a_clause_ends_where_the_next_says_something_of_its_own() -> None:
    text = "Signal needs a phone number, but Briar works without any number at all."
    assert len(clauses_of(text)) == 2
    assert len(clauses_of("Use letters and digits.")) == 1


def test_small_words_are_no_content() -> None:
    clause = read_clause("They may never delete all messages.")
    assert [word.surface for word in clause.content] == ["delete", "messages"]
    assert {kind for cue in clause.cues for kind in cue.kinds} >= {"may", "never", "universal"}


@pytest.mark.parametrize(
    ("persian", "latin"),
    [("فیس‌بوک", "Facebook"), ("روحانی", "Rouhani"), ("سایفون", "Psiphon"), ("تور", "Tor")],
)
def test_a_name_is_known_by_its_sound_in_the_other_script(persian: str, latin: str) -> None:
    assert sounds_like(persian, latin)
    assert not sounds_like("خامنه‌ای", latin)
