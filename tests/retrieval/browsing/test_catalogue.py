"""Lists of what a folder holds, and documents laid out for reading."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from retrieval.browsing import Catalogue
from retrieval.browsing.sheet import TIMELINE
from retrieval.index.headers import read_headers, write_headers
from retrieval.index.version import Contents
from retrieval.knowledge.documents import Language, PlatformHeader
from retrieval.knowledge.reading import read_knowledge
from retrieval.passages import passages_of
from tests.small.shelf import SMALL, shelf


@pytest.fixture
def catalogue() -> Catalogue:
    return shelf().catalogue


@pytest.mark.parametrize(
    "name",
    [
        "telegram",
        "Telegram app",
        "تلگرام",
        "تلگرم",
        "تل گرام",
        "telegeram",
        "TLGRAM",
        "تلگرام چی شد",
    ],
)
def test_a_platform_is_found_by_any_of_its_names(catalogue: Catalogue, name: str) -> None:
    assert catalogue.platform_named(name).exact == ("telegram",)


@pytest.mark.parametrize("name", ["isgnal", "سیگنل"])
def test_a_misspelt_platform_is_proposed_and_not_taken_for_granted(
    catalogue: Catalogue, name: str
) -> None:
    found = catalogue.platform_named(name)
    assert found.exact == ()
    assert found.near == ("signal",)


@pytest.mark.parametrize("name", ["", "؟", "tiktok", "تیک‌تاک", "a", "\u200c", "x" * 5000])
def test_what_is_no_platform_is_none(catalogue: Catalogue, name: str) -> None:
    found = catalogue.platform_named(name)
    assert (found.exact, found.near) == ((), ())


@pytest.mark.parametrize(
    ("word", "term"),
    [("vpn", "vpn"), ("filter shekan", "filtershekan"), ("فیلتر شکن", "filtershekan")],
)
def test_a_term_is_found_by_any_of_its_forms(catalogue: Catalogue, word: str, term: str) -> None:
    assert catalogue.term_named(word).exact == (term,)


def test_a_platform_opens_with_how_it_stands_what_happened_and_what_it_exposed_people_to(
    catalogue: Catalogue,
) -> None:
    sheet = catalogue.sheet("telegram", "en")
    assert sheet is not None
    assert [part.section for part in sheet.parts] == ["blocked-now", TIMELINE, "admins-risk"]
    assert [other.section for other in sheet.others] == ["encryption"]


def test_every_statement_of_a_sheet_is_cited_and_every_excerpt_holds_it(
    catalogue: Catalogue,
) -> None:
    sheet = catalogue.sheet("telegram", "fa")
    assert sheet is not None
    excerpts = {citation.n: citation.excerpt for citation in sheet.citations}
    for part in sheet.parts:
        for statement in part.statements:
            assert statement.citations
            assert all(statement.text in excerpts[n] for n in statement.citations)


def test_a_contact_shows_all_it_has_and_whether_it_was_tried(catalogue: Catalogue) -> None:
    untried, tried = (catalogue.sheet(name, "en") for name in ("access-now", "tor-support"))
    assert untried is not None
    assert tried is not None
    assert untried.others == ()
    assert untried.verified is None
    assert tried.verified == dt.date(2026, 11, 1)


def test_a_document_that_is_gone_is_none_and_one_of_the_other_language_says_so() -> None:
    knowledge = read_knowledge(SMALL)
    english = [document for document in knowledge.documents if document.language == "en"]
    [document] = [document for document in english if document.id == "phone-summons"]
    catalogue = Catalogue(
        Contents(tuple(passages_of(document)), (), (), ()),
        [document.header],
        lambda: dt.date(2026, 11, 23),
    )
    sheet = catalogue.sheet("phone-summons", "fa")
    assert sheet is not None
    assert any("انگلیسی" in notice for notice in sheet.notices)
    assert catalogue.sheet("telegram", "fa") is None


def test_topics_without_documents_are_not_listed_and_the_closest_documents_come_first(
    catalogue: Catalogue,
) -> None:
    assert [topic.id for topic in catalogue.topics("en")][:2] == ["summons", "platform-blocking"]
    filed = catalogue.filed_under("messengers", "en")
    assert [entry.kind for entry in filed[:3]] == ["tool", "tool", "tool"]
    assert {entry.id for entry in filed[3:]} == {"signal", "telegram"}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_source_of_every_document_is_listed_once(
    catalogue: Catalogue, language: Language
) -> None:
    listed = [
        (publisher.name, source.title, source.url)
        for publisher in catalogue.publishers(language)
        for source in publisher.sources
    ]
    written = {
        (source.publisher, source.title, source.url)
        for document in read_knowledge(SMALL).documents
        if document.language == language
        for source in document.header.sources
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == written


def test_names_are_listed_in_the_order_of_the_persian_alphabet(catalogue: Catalogue) -> None:
    names = [entry.name for entry in catalogue.of_kind("contact", "fa")]
    assert names == ["پشتیبانی تور (Tor)", "خط کمک اکسس‌ناو (Access Now)"]


def test_headers_come_back_from_a_version_as_they_went_in_without_their_questions(
    tmp_path: Path,
) -> None:
    documents = read_knowledge(SMALL).documents
    write_headers(tmp_path, documents)
    read = read_headers(tmp_path)
    assert [header.id for header in read] == [document.id for document in documents]
    telegram = next(h for h in read if isinstance(h, PlatformHeader) and h.id == "telegram")
    assert telegram.exposes == ("admins-risk",)
    assert all(header.questions == () for header in read)


def test_what_is_past_its_review_is_counted_from_the_day_after() -> None:
    [document] = [
        each
        for each in read_knowledge(SMALL).documents
        if (each.id, each.language) == ("phone-summons", "en")
    ]
    days = {"today": document.header.review_by}
    catalogue = Catalogue(Contents((), (), (), ()), [document.header], lambda: days["today"])
    assert (len(catalogue), catalogue.stale()) == (1, 0)
    days["today"] += dt.timedelta(days=1)
    assert catalogue.stale() == 1


def test_of_a_name_as_long_as_a_message_the_beginning_is_looked_at(catalogue: Catalogue) -> None:
    """With all its words it would take hours, and the whole bot with it."""
    for word in ("ا ", "a ", "is telegram "):
        catalogue.term_named(word * 2000)
        catalogue.platform_named(word * 2000)
    found = catalogue.platform_named("telegram " + "ا " * 2000)
    assert "telegram" in found.exact
