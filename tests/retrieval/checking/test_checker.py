"""What a passage does not say does not pass; what it says passes, in either language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.checking import Checker, Written
from retrieval.knowledge.documents import Language
from retrieval.language.detect import is_persian_script
from retrieval.passages import Passage
from tests.retrieval.checking.conftest import passage_of

HONEST = [
    "Signal needs a phone number to register.",
    "To register, Signal needs a phone number.",
    "Signal needs a phone number, and Briar works without a phone number.",
    "About 40 million people in Iran used Telegram in April 2018.",
    "Some users may lose chats when they change the phone.",
    "Do not send anybody the login code.",
    "Don't send the login code to anybody.",
]
WRONG = [
    ("number", "About 60 million people in Iran used Telegram in April 2018."),
    ("date", "About 40 million people in Iran used Telegram in April 2019."),
    ("date", "In May 2018 about 40 million people in Iran used Telegram."),
    ("tool", "Telegram works without a phone number."),
    ("name", "In April 2018 about 40 million people in Iraq used Telegram."),
    ("negation", "Signal does not need a phone number to register."),
    ("negation", "Briar works with a phone number."),
    ("negation", "Send the login code to anybody."),
    ("quantifier", "All users may lose their chats when they change the phone."),
    ("quantifier", "Only Signal needs a phone number to register."),
    ("modality", "Some users will certainly lose their chats when they change the phone."),
    ("modality", "Briar works without a phone number, and that is perfectly safe."),
    ("meaning", "Wrap the phone in two layers of kitchen foil."),
    ("meaning", "The court sentenced two lawyers to prison for their work."),
]
HONEST_FA = [
    "سیگنال برای ثبت‌نام شماره‌ی تلفن می‌خواهد.",
    "برای ثبت‌نام، سیگنال شماره‌ی تلفن می‌خواهد.",
    "برایار بدون شماره تلفن هم کار می‌کنه.",
    "فروردین ۱۳۹۷ حدود ۴۰ میلیون نفر در ایران تلگرام داشتند.",
    "در آوریل ۲۰۱۸ حدود ۴۰ میلیون نفر در ایران تلگرام داشتند.",
    "کد ورود را برای کسی نفرستید.",
]
WRONG_FA = [
    ("number", "در فروردین ۱۳۹۷ حدود ۶۰ میلیون نفر در ایران تلگرام داشتند."),
    ("date", "در فروردین ۱۳۹۹ حدود ۴۰ میلیون نفر در ایران تلگرام داشتند."),
    ("tool", "تلگرام بدون شماره‌ی تلفن کار می‌کند."),
    ("negation", "سیگنال برای ثبت‌نام شماره‌ی تلفن نمی‌خواهد."),
    ("negation", "کد ورود را برای همه بفرستید."),
    ("quantifier", "ممکن است همه‌ی کاربران با عوض کردن گوشی گفت‌وگوهایشان را از دست بدهند."),
    ("modality", "حتماً بعضی کاربران با عوض کردن گوشی گفت‌وگوهایشان را از دست می‌دهند."),
    ("meaning", "گوشی را در دو لایه فویل آشپزخانه بپیچید."),
]


@pytest.mark.parametrize("text", HONEST)
def test_what_an_english_passage_says_passes(checker: Checker, passage: Passage, text: str) -> None:
    verdict = checker.check(Written(text, (1,)), {1: passage})
    assert verdict.supported, verdict.faults


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_what_an_english_passage_does_not_say_is_refused_and_named(
    checker: Checker, passage: Passage, kind: str, text: str
) -> None:
    verdict = checker.check(Written(text, (1,)), {1: passage})
    assert not verdict.supported
    assert kind in {fault.kind for fault in verdict.faults}


@pytest.mark.parametrize("text", HONEST_FA)
def test_what_a_persian_passage_says_passes(checker: Checker, persian: Passage, text: str) -> None:
    verdict = checker.check(Written(text, (1,)), {1: persian})
    assert verdict.supported, verdict.faults


@pytest.mark.parametrize(("kind", "text"), WRONG_FA)
def test_what_a_persian_passage_does_not_say_is_refused_and_named(
    checker: Checker, persian: Passage, kind: str, text: str
) -> None:
    verdict = checker.check(Written(text, (1,)), {1: persian})
    assert not verdict.supported
    assert kind in {fault.kind for fault in verdict.faults}


def test_a_persian_statement_may_stand_on_an_english_passage(
    checker: Checker, passage: Passage
) -> None:
    said = "سیگنال برای ثبت‌نام شماره‌ی تلفن می‌خواهد."
    assert checker.check(Written(said, (1,)), {1: passage}).supported
    for kind, text in (
        ("tool", "تلگرام برای ثبت‌نام شماره‌ی تلفن می‌خواهد."),
        ("number", "در آوریل ۲۰۱۸ حدود ۵۰ میلیون نفر در ایران تلگرام داشتند."),
        ("negation", "سیگنال برای ثبت‌نام شماره‌ی تلفن نمی‌خواهد."),
    ):
        verdict = checker.check(Written(text, (1,)), {1: passage})
        assert kind in {fault.kind for fault in verdict.faults}, text


def test_a_statement_without_a_citation_is_refused(checker: Checker, passage: Passage) -> None:
    verdict = checker.check(Written(HONEST[0], ()), {1: passage})
    assert [fault.kind for fault in verdict.faults] == ["no citation"]


def test_a_statement_that_cites_what_is_not_there_is_refused(
    checker: Checker, passage: Passage
) -> None:
    verdict = checker.check(Written(HONEST[0], (1, 7)), {1: passage})
    assert [(fault.kind, fault.detail) for fault in verdict.faults] == [("unknown citation", "[7]")]


def test_a_citation_moved_to_another_passage_is_refused(
    checker: Checker, passage: Passage, persian: Passage
) -> None:
    other = passage_of(
        "Choose a long code for the phone. Hide message text on the lock screen.",
        title="Locking your phone",
    )
    assert not checker.check(Written(HONEST[0], (2,)), {1: passage, 2: other}).supported
    assert checker.check(Written(HONEST[0], (1, 2)), {1: passage, 2: other}).supported


def test_halves_of_two_claims_do_not_make_a_third(checker: Checker, passage: Passage) -> None:
    merged = "Briar needs a phone number to register."
    assert not checker.check(Written(merged, (1,)), {1: passage}).supported


WRITTEN = "A summons has to be in writing; a call is not one. Going all the same is dangerous."
WRITTEN_FA = "احضار باید کتبی باشد؛ تماس تلفنی احضار نیست. رفتن خطر دارد."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A summons has to be in writing, so you must never go.", WRITTEN),
        ("A summons has to be in writing; a call is not one, so going is dangerous.", WRITTEN),
        ("تماس تلفنی احضار نیست، پس رفتن خطر دارد.", WRITTEN_FA),
        ("تماس تلفنی احضار نیست؛ بنابراین رفتن خطر دارد.", WRITTEN_FA),
    ],
)
def test_nothing_is_concluded_that_the_source_does_not_conclude(
    checker: Checker, text: str, source: str
) -> None:
    language: Language = "fa" if is_persian_script(source) else "en"
    verdict = checker.check(Written(text, (1,)), {1: passage_of(source, language=language)})
    assert "conclusion" in {fault.kind for fault in verdict.faults}


def test_a_reason_may_be_turned_round(checker: Checker) -> None:
    source = passage_of("A call is not a summons, because a summons has to be in writing.")
    said = "A summons has to be in writing, so a call is not a summons."
    assert checker.check(Written(said, (1,)), {1: source}).supported


@pytest.mark.parametrize("text", ["!!", "…", "a [", "[1]", "؟", "x" * 5000, "\u200c\u200f", "۱۲"])
def test_whatever_a_model_writes_gets_a_verdict(
    checker: Checker, passage: Passage, text: str
) -> None:
    assert not checker.check(Written(text, (1,)), {1: passage}).supported


def test_a_name_of_the_source_may_be_told(checker: Checker, passage: Passage) -> None:
    said = "IranWire: Signal needs a phone number to register."
    assert checker.check(Written(said, (1,)), {1: passage}).supported
    other = "Reuters: Signal needs a phone number to register."
    verdict = checker.check(Written(other, (1,)), {1: passage})
    assert "name" in {fault.kind for fault in verdict.faults}


_PIECES = st.sampled_from(
    ["No.", "Yes", "not", "never", "without", "1", "۲", "2018", "May", "Signal", "سیگنال", "نیست",
     "«", "؛", ",", "\n", "در", "all", "phone", "گوشی", "بی‌خطر", "a.b", "[", "…", "مهر", "هیچ"]
)  # fmt: skip
# Clauses that consist of little but the words that rule over them.
_SMALL = st.sampled_from(
    "never no must only may always and but or if unless nobody cannot so it is you number send "
    "code , . ; نه نباید هرگز فقط شاید و ولی اگر مگر نفرستید ندارد باید بدون که شماره کد ،".split()
)
_TEXTS = st.lists(_PIECES | _SMALL, min_size=1, max_size=14).map(" ".join)


@given(_TEXTS, _TEXTS)
@settings(max_examples=250)
def test_any_statement_gets_a_verdict_from_any_passage(
    checker: Checker, statement: str, text: str
) -> None:
    language: Language = "fa" if is_persian_script(text) else "en"
    passage = passage_of(text, language=language, title="", section="")
    verdict = checker.check(Written(statement, (1,)), {1: passage})
    assert verdict.supported == (not verdict.faults)
    assert 0 <= verdict.score <= 1
