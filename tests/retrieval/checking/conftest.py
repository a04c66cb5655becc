"""Passages to hold statements against."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval.checking import Checker
from retrieval.encoder import Encoder
from retrieval.knowledge.documents import Language
from retrieval.knowledge.shared_files import Term
from retrieval.language.sentences import sentence_spans
from retrieval.passages import Passage, Reference, Sentence

SOURCE = Reference("IranWire", "T", None, "2021-09-23", "reporting")
TERMS = tuple(
    Term(id=id, en=(en,), fa=(fa,), definition={"en": "A messenger."})
    for id, en, fa in (
        ("signal", "Signal", "سیگنال"),
        ("briar", "Briar", "برایار"),
        ("telegram", "Telegram", "تلگرام"),
    )
)


def passage_of(
    text: str,
    *,
    language: Language = "en",
    title: str = "Messengers",
    section: str = "What to know",
    references: Sequence[Reference] = (SOURCE,),
) -> Passage:
    """Return a passage that says ``text``."""
    return Passage(
        id=f"messengers#know.1@{language}",
        document="messengers",
        language=language,
        kind="guidance",
        title=title,
        section=section,
        path=(),
        role="fact",
        position=0,
        text=text,
        sentences=tuple(Sentence(a, b, tuple(references)) for a, b in sentence_spans(text)),
        topics=("messengers",),
        urgent=None,
        as_of="2026-04-27",
        review_by="2027-04-27",
    )


@pytest.fixture
def passage() -> Passage:
    return passage_of(
        "Signal needs a phone number to register. Briar works without a phone number. "
        "In April 2018 about 40 million people in Iran used Telegram, the Middle East Institute "
        "wrote. Some users may lose their chats when they change the phone. "
        "Do not send the login code to anybody."
    )


@pytest.fixture
def persian() -> Passage:
    return passage_of(
        "سیگنال برای ثبت‌نام شماره‌ی تلفن می‌خواهد. برایار بدون شماره‌ی تلفن کار می‌کند. "
        "در فروردین ۱۳۹۷ حدود ۴۰ میلیون نفر در ایران تلگرام داشتند. "
        "ممکن است بعضی کاربران با عوض کردن گوشی گفت‌وگوهایشان را از دست بدهند. "
        "کد ورود را برای هیچ‌کس نفرستید.",
        language="fa",
        title="پیام‌رسان‌ها",
        section="چه باید دانست",
    )


@pytest.fixture(scope="session")
def checker(encoder: Encoder) -> Checker:
    return Checker(encoder, terms=TERMS)
