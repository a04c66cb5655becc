"""Whatever people send and whatever the folder says, the bot answers, and validly."""

from __future__ import annotations

import datetime as dtm
import unicodedata

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.telegram import render, texts
from bot.telegram.direction import clean, directed
from bot.telegram.message import Message, Press, read_press
from bot.telegram.questions import _has_words, language_hint
from bot.telegram.richtext import LIMIT
from bot.telegram.session import Session
from retrieval.answering.answer import Answer, Citation, Language, Statement
from tests.bot.telegram.judge import judge, judge_line, language_of
from tests.telegram.markup import utf16

TEXTS = texts.load()
MANY = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = [
    "سیگنال", "می‌شود", "تلگرام", "Telegram", "VPN", "https://a.b/c_d?x=1&y=2", "+98-21-555",
    "۱۴۰۰/۰۷/۰۱", "۰۲۱-۵۵۵", "2021-09-23", "(", ")", "«", "»", "<b>", "&amp;", "&", "\n", " ",
    "، ", ". ", "🙏", "👩\u200d👧", "\u200e", "\u202e", "\u2066", "\u2069", "\ud800", "\udfff",
    "\x00", "\x07", "\u2028", "e\u0364", "한", "אב", "٣", "*", "_", "[1]",
]  # fmt: skip
anything = st.text(st.characters(), max_size=60)
mixture = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
long = st.builds(lambda piece, n: piece * n, st.sampled_from(PIECES), st.integers(1, 6000))
words = st.one_of(anything, mixture)
languages: st.SearchStrategy[Language] = st.sampled_from(["fa", "en"])
dates = st.one_of(
    st.dates().map(dtm.date.isoformat), st.sampled_from(["2021", "2021-09", "2021-02-31", "x"])
)
statements = st.builds(
    Statement,
    st.one_of(words, words, words, long),
    st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(["fact", "do", "avoid"]),
)


def citations(n: int) -> st.SearchStrategy[Citation]:
    return st.builds(
        Citation,
        st.just(n), words, words, words, words, words, st.none() | dates, dates,
        st.none() | words, st.sampled_from(["reporting", "partisan", "else"]),
        st.one_of(words, long),
    )  # fmt: skip


answers = st.builds(
    Answer,
    words,
    languages,
    st.sampled_from(["answered", "partial", "abstained", "outside", "declined", "urgent"]),
    st.lists(statements, max_size=4).map(tuple),
    st.lists(statements, max_size=2).map(tuple),
    st.tuples(*(citations(n) for n in range(1, 5))),
    st.lists(words, max_size=2).map(tuple),
    st.lists(words, max_size=3).map(tuple),
)


def judge_messages(messages: list[Message]) -> None:
    for message in messages:
        markup = {
            "inline_keyboard": [
                [{"text": b.label, "callback_data": b.press.data()} for b in row]
                for row in message.rows
            ]
        }
        assert utf16(judge(message.html, markup)) <= LIMIT


def answered(question: str) -> Answer:
    """Answer as a library would that quotes everything back, in every field it can."""
    language: Language = "en" if question.isascii() else "fa"
    cited = Citation(1, "d#s.1", "d", question, "s", "p", None, "2021", None, "research", question)
    return Answer(
        question, language, "answered", (Statement(question, (1,)),), (), (cited,), (question,),
        (question[:200],),
    )  # fmt: skip


def answer_messages(given: Answer) -> list[Message]:
    turn = Session(0.0).keep(1, given)
    own = TEXTS[given.language]
    return [
        *render.answer(given, own, turn.key, asked=given.question[:300] or None),
        *render.further(given, own, turn.key),
        *render.sources(given, own, 0),
        *render.sources(given, own, 1),
    ]


@MANY
@given(st.one_of(anything, mixture))
@example("🙏" * 50_000)
@example("\ud800" * 100_000)
@example("ا a)" * 25_000)
@example("سلام a(" * 14_000)
@example("\x00\x01\x02")
@example("۱۲-" * 30_000)
def test_any_message_gets_an_answer_or_a_kind_word_and_never_an_exception(text: str) -> None:
    question = clean(text)[:4096]
    question.encode()
    language_hint(text, "fa")
    if not _has_words(text):
        messages = render.chrome(TEXTS["fa"].messages.empty_question, "fa")
    else:
        messages = answer_messages(answered(question))
    assert messages
    judge_messages(messages)


@SOME
@given(answers)
def test_any_answer_becomes_valid_messages_within_the_limits(given: Answer) -> None:
    messages = answer_messages(given)
    assert render.answer(given, TEXTS[given.language], "k")
    judge_messages(messages)


@SOME
@given(answers)
def test_every_visible_statement_is_shown_with_its_numbers(given: Answer) -> None:
    html = "\n".join(m.html for m in render.answer(given, TEXTS[given.language], "k"))
    for statement in given.statements:
        if any(unicodedata.category(c)[0] in "LN" for c in clean(statement.text)):
            for n in statement.citations:
                assert f"[{render.number(n, given.language)}]" in html


@SOME
@given(st.one_of(words, long), languages)
def test_any_line_is_directed_and_keeps_its_words(text: str, language: Language) -> None:
    line = clean(text).replace("\n", " ")
    shown = directed(line, language)
    marks = dict.fromkeys(map(ord, "\u2068\u2069\u200e\u200f"))
    assert shown.translate(marks) == line.translate(marks)
    if language_of(shown) == language:
        judge_line(shown, language, 1)


@SOME
@given(st.text(max_size=80))
def test_any_button_data_is_read_or_refused(data: str) -> None:
    press = read_press(data)
    assert press is None or isinstance(press, Press)
