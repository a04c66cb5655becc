"""Every clause stands on its own: its "not", its "must" and its "if" are not another's."""

from __future__ import annotations

import pytest

from retrieval.checking import Checker, Verdict, Written
from retrieval.checking.scopes import scopes_of
from retrieval.knowledge.documents import Language
from retrieval.language.detect import is_persian_script
from tests.retrieval.checking.conftest import passage_of

SUMMONS = (
    "A summons has to be in writing; a call is not one. Whether to go all the same is a decision "
    "of your own: going without a lawyer is dangerous."
)
MESSAGES = (
    "Signal does not store your messages. You may be asked for the code at the border. "
    "Delete old chats before you travel, unless a case is open."
)
SUMMONS_FA = (
    "احضار باید کتبی باشد؛ تماس تلفنی احضار نیست. رفتن بدون وکیل خطر دارد و تصمیم با خود شماست."
)
MESSAGES_FA = (
    "سیگنال پیام‌ها را نگه نمی‌دارد. ممکن است در مرز کد را از شما بخواهند. "
    "پیش از سفر گفت‌وگوهای قدیمی را پاک کنید، مگر پرونده‌ای باز باشد."
)
LIST_FA = "کد را به کسی ندهید، نه به دوست، نه به ربات و نه به پشتیبانی."
PAID = "Threema is paid. Its code is open to everybody."


def judged(checker: Checker, text: str, source: str) -> Verdict:
    language: Language = "fa" if is_persian_script(source) else "en"
    passage = passage_of(source, language=language, title="", section="")
    return checker.check(Written(text, (1,)), {1: passage})


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("A summons has to be in writing, and you must never go.", SUMMONS, "negation"),
        ("A summons has to be in writing; you never have to go.", SUMMONS, "negation"),
        ("A call is not a summons, but you must always go.", SUMMONS, "modality"),
        ("A call is not a summons and you should go.", SUMMONS, "modality"),
        ("A summons does not have to be in writing.", SUMMONS, "negation"),
        ("Going without a lawyer is not dangerous.", SUMMONS, "negation"),
        ("Signal does not store your messages, and you must never delete old chats.", MESSAGES,
         "negation"),
        ("Delete old chats before you travel, and never give the code at the border.", MESSAGES,
         "negation"),
        ("Signal does not store your messages, but at the border you will be asked for the code.",
         MESSAGES, "modality"),
        ("احضار باید کتبی باشد و هرگز نباید بروید.", SUMMONS_FA, "negation"),
        ("تماس تلفنی احضار نیست، ولی باید بروید.", SUMMONS_FA, "modality"),
        ("تماس تلفنی احضار نیست و رفتن هیچ خطری ندارد.", SUMMONS_FA, "negation"),
        ("احضار لازم نیست کتبی باشد.", SUMMONS_FA, "negation"),
        ("سیگنال پیام‌ها را نگه نمی‌دارد و هرگز نباید گفت‌وگوها را پاک کنید.", MESSAGES_FA,
         "negation"),
        ("سیگنال پیام‌ها را نگه نمی‌دارد و در مرز کد را از شما نمی‌خواهند.", MESSAGES_FA,
         "negation"),
    ],
)  # fmt: skip
def test_a_clause_tied_on_needs_its_own_not_and_must(
    checker: Checker, text: str, source: str, kind: str
) -> None:
    assert kind in {fault.kind for fault in judged(checker, text, source).faults}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("A summons has to be in writing.", SUMMONS),
        ("A summons must be in writing.", SUMMONS),
        ("A call is not a summons; a summons must be written.", SUMMONS),
        ("احضار باید کتبی باشد.", SUMMONS_FA),
        ("احضار باید کتبی باشد؛", SUMMONS_FA),
        ("لازم است احضار کتبی باشد.", SUMMONS_FA),
    ],
)
def test_half_a_sentence_that_says_something_whole_passes(
    checker: Checker, text: str, source: str
) -> None:
    verdict = judged(checker, text, source)
    assert verdict.supported, verdict.faults


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Delete old chats before you travel.", MESSAGES),
        ("پیش از سفر گفت‌وگوهای قدیمی را پاک کنید.", MESSAGES_FA),
    ],
)
def test_what_hangs_on_a_condition_is_not_told_without_it(
    checker: Checker, text: str, source: str
) -> None:
    assert "condition" in {fault.kind for fault in judged(checker, text, source).faults}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Delete old chats before travelling, unless a case is open.", MESSAGES),
        ("Unless a case is open, erase old chats before a trip.", MESSAGES),
        ("اگر پرونده‌ای باز نیست، پیش از سفر گفت‌وگوهای قدیمی را پاک کنید.", MESSAGES_FA),
        ("Keep the code secret.", "Keep the code secret, even if the police ask."),
        ("Ask the lawyer.", "Ask the lawyer, and if nobody answers, call again."),
    ],
)
def test_a_condition_may_be_put_otherwise_and_even_if_is_none(
    checker: Checker, text: str, source: str
) -> None:
    verdict = judged(checker, text, source)
    assert "condition" not in {fault.kind for fault in verdict.faults}
    assert "negation" not in {fault.kind for fault in verdict.faults}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("کد را به کسی ندهید، حتی به پشتیبانی.", LIST_FA),
        ("Threema is not free.", PAID),
        ("Threema's code is not closed.", PAID),
        ("Do not pay or install anything.", "پول ندهید و چیزی نصب نکنید."),
    ],
)
def test_a_not_may_be_said_in_other_words(checker: Checker, text: str, source: str) -> None:
    verdict = judged(checker, text, source)
    assert "negation" not in {fault.kind for fault in verdict.faults}


@pytest.mark.parametrize("text", ["Threema is free.", "Threema's code is closed to everybody."])
def test_the_contrary_of_a_word_is_a_turned_one(checker: Checker, text: str) -> None:
    assert "negation" in {fault.kind for fault in judged(checker, text, PAID).faults}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("We do not know whether it connects.", "It is not known whether it connects or not."),
        ("Signal does not need an e-mail address.", "Signal works without an e-mail address."),
        ("He said no ministry had asked for the filtering of Clubhouse.",
         "He denied that a ministry had asked for the filtering of Clubhouse."),
        ("برای ثبت‌نام شماره لازم نیست.", "ثبت‌نام شماره نمی‌خواهد."),
        ("The room is open to members.", "The room is open to members, closed to guests."),
    ],
)  # fmt: skip
def test_what_binds_or_turns_nothing_is_no_fault(checker: Checker, text: str, source: str) -> None:
    verdict = judged(checker, text, source)
    assert not {"negation", "modality"} & {fault.kind for fault in verdict.faults}


def test_a_word_is_not_the_contrary_of_one_that_the_source_says_itself(checker: Checker) -> None:
    source = "Instagram was blocked in May and opened in June."
    for text in ("Instagram was not blocked in May.", "Instagram was not opened in June."):
        assert "negation" in {fault.kind for fault in judged(checker, text, source).faults}


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("چقدر وقت دارم و چه عذری پذیرفته است؟", "وقت دارم، و عذری پذیرفته است."),
        ("Which excuse is accepted?", "The excuse is accepted."),
    ],
)
def test_a_heading_that_asks_states_nothing(checker: Checker, section: str, text: str) -> None:
    persian = is_persian_script(text)
    own = "پاسخ را در پنج روز بدهید." if persian else "Answer within five days."
    language: Language = "fa" if persian else "en"
    passage = passage_of(own, language=language, title="", section=section)
    assert not checker.check(Written(text, (1,)), {1: passage}).supported
    stated = passage_of(own, language=language, title="", section=section.rstrip("?؟"))
    before, after = (checker.check(Written(text, (1,)), {1: p}).score for p in (passage, stated))
    assert before < after


def test_a_heading_that_asks_still_tells_whom_it_is_about(checker: Checker) -> None:
    said = Written("Signal needs a number.", (1,))
    asked, bare = (
        passage_of("A number is needed.", title="", section=section)
        for section in ("Does Signal need one?", "")
    )
    assert checker.check(said, {1: asked}).supported
    assert checker.check(said, {1: asked}).score > checker.check(said, {1: bare}).score


def test_a_sentence_that_asks_bears_nothing(checker: Checker) -> None:
    source = passage_of("Is the phone searched? A judge decides about the search.")
    assert not checker.check(Written("The phone is searched.", (1,)), {1: source}).supported
    assert checker.check(Written("A judge decides about the search.", (1,)), {1: source}).supported


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("A summons has to be in writing, and you must never go.", [7, 5]),
        ("It does not keep names, places and messages.", [8]),
        ("Delete it, unless a case is open.", [2, 5]),
        ("تماس تلفنی احضار نیست، ولی باید بروید.", [4, 3]),
        ("نام، جا و پیام را نگه نمی‌دارد.", [7]),
    ],
)
def test_a_clause_ends_where_another_verb_begins(text: str, clauses: list[int]) -> None:
    numbers = scopes_of(text)
    assert [numbers.count(one) for one in dict.fromkeys(numbers)] == clauses


def test_halves_of_a_sentence_are_numbered_apart() -> None:
    numbers = set(scopes_of("He said so and it is true; she did not."))
    assert max(numbers) - min(numbers) >= len(numbers)
