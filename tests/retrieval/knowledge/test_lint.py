"""Every planted fault is named, with file, line and what to write; good documents are silent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from retrieval.knowledge.documents import Weighed
from retrieval.knowledge.faults import Fault, Lint
from retrieval.knowledge.lint import lint
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import Topic
from retrieval.settings import PROJECT
from tests.conftest import WriteDocument

TODAY = dt.date(2026, 11, 22)
TOPICS = (Topic(id="summons", en="Summons", fa="احضار"),)
PLAIN = "A plain sentence, IranWire wrote."
PLAIN_FA = "به نوشته‌ی ایران‌وایر یک جمله‌ی ساده."
BODY = f"## Section {{#one}}\n{PLAIN}\n"
BODY_FA = f"## بخش {{#one}}\n{PLAIN_FA}\n"
SOURCE = "  - {publisher: IranWire"
MORE = (
    '  - {key: b, publisher: B, title: T, url: "https://b.org/", date: null, tier: research, '
    "licence: CC0}\n"
)


def faults(folder: Path) -> list[Fault]:
    return lint(read_knowledge(folder), TOPICS, TODAY)


def test_a_good_pair_has_no_fault(knowledge_folder: Path, write_document: WriteDocument) -> None:
    write_document("a", BODY)
    write_document("a", BODY_FA, language="fa")
    assert faults(knowledge_folder) == []


# The lint, the version it is planted in, what is replaced by what, the line and words of the fault.
PLANTED: list[tuple[Lint, str, str, str, int, str]] = [
    ("schema", "en", "as_of: 2026-04-27", "as_of: 2026-13-45", 8, "not a date"),
    ("schema", "en", "as_of: 2026-04-27\n", "", 2, "`as_of` is missing"),
    ("schema", "en", "kind: guidance", "kind: sermon", 3, "kind"),
    ("schema", "en", "topics: [summons]", "topics: []", 7, "topics"),
    ("schema", "en", "id: a\n", "id: A B\n", 2, "id"),
    ("schema", "en", "tier: reporting", "tier: gossip", 12, "tier"),
    ("schema", "en", "title: A title", "titel: A title", 5, "titel"),
    ("schema", "en", "https://iranwire.com/en/", "iranwire", 12, "url"),
    ("schema", "en", "publisher: IranWire, ", "", 12, "publisher"),
    ("schema", "en", "date: 2021-09-23, ", "", 12, "date"),
    ("schema", "en", ", licence: all rights reserved", "", 12, "licence"),
    ("schema", "en", "---\n## Section", "## Section", 1, "never closed"),
    ("schema", "en", f"## Section {{#one}}\n{PLAIN}\n", "", 14, "no text"),
    ("unwritten", "en", PLAIN, "TODO: what is so?", 16, "still to be written"),
    ("unwritten", "en", "title: A title", 'title: "TODO: a title"', 5, "still to be written"),
    ("unwritten", "en", "kind: guidance", "kind: guidance\ndraft: true", 4, "nobody has reviewed"),
    ("unwritten", "en", PLAIN, f"{PLAIN}\n\n> It was so, they wrote.", 18, "quotation"),
    ("name", "en", "id: a\n", "id: b\n", 2, "file name"),
    ("date", "en", "as_of: 2026-04-27", "as_of: 2031-01-01", 8, "future"),
    ("date", "en", "reviewed: 2026-11-01", "reviewed: 2026-12-01", 9, "future"),
    ("date", "en", "date: 2021-09-23", "date: 2027-01", 12, "future"),
    ("date", "en", "review_by: 2027-05-01", "review_by: 2020-01-01", 10, "not after"),
    ("stale", "en", "review_by: 2027-05-01", "review_by: 2026-11-10", 10, "Stale"),
    ("topic", "en", "topics: [summons]", "topics: [cooking]", 7, "not in topics.yaml"),
    ("question", "en", "questions: []", 'questions: ["Why? {#two}"]', 13, "which is not there"),
    ("source", "en", PLAIN, "A sentence.[^nobody]", 16, "points to no source"),
    ("source", "en", SOURCE, MORE + SOURCE, 13, "no `key`"),
    ("source", "en", SOURCE, MORE + SOURCE, 12, "Nothing stands on"),
    ("source", "en", SOURCE, MORE + SOURCE, 16, "does not say which source"),
    ("source", "en", SOURCE, MORE + MORE + SOURCE, 13, "used twice"),
    ("link", "en", "https://iranwire.com/en/", "https://iranwire/en/", 12, "names no site"),
    ("link", "en", "https://iranwire.com/en/", "https://bit.ly/x", 12, "shortened"),
    ("link", "en", "https://iranwire.com/en/", "https://a.org/?utm_source=x", 12, "utm_source"),
    ("mark-up", "en", PLAIN, "IranWire wrote \\*\\*so\\*\\*.", 16, "mark-up"),
    ("translation", "fa", "as_of: 2026-04-27", "as_of: 2026-04-01", 8, "`as_of`"),
    ("translation", "fa", "reviewed: 2026-11-01", "reviewed: 2026-10-01", 9, "`reviewed`"),
    ("translation", "fa", "tier: reporting", "tier: research", 11, "sources are not those"),
    ("translation", "fa", "{#one}", "{#two}", 15, "not in the English"),
    ("translation", "en", "{#one}", "{#two}", 15, "not in the Persian"),
    ("translation", "fa", "{#one}", "{#one .do}", 15, "`do` here"),
    ("translation", "fa", PLAIN_FA, f"{PLAIN_FA} " * 3, 15, "3 sentences here"),
    ("translation", "fa", "kind: guidance", "kind: article", 3, "`kind` is article"),
    ("typography", "fa", PLAIN_FA, "اين متن است.", 16, "Arabic letter"),
    ("typography", "fa", PLAIN_FA, "این متـــن است.", 16, "tatweel"),
    ("typography", "fa", PLAIN_FA, "این می شود.", 16, "«می» stands apart"),
    ("typography", "fa", PLAIN_FA, "این گوشی ها است.", 16, "«ها» stands apart"),
    ("typography", "fa", PLAIN_FA, "بزرگ ترین خطر.", 16, "«ترین» stands apart"),
    ("typography", "fa", PLAIN_FA, "آن‌ها رفته اند.", 16, "«رفته اند»"),
    ("typography", "fa", PLAIN_FA, "خانه ی ما.", 16, "«ی» stands apart"),
    ("typography", "fa", PLAIN_FA, "یک پیام رسان.", 16, "«پیام رسان» is one word"),
    ("typography", "fa", PLAIN_FA, "این\u200c متن است.", 16, "joins nothing"),
    ("typography", "fa", PLAIN_FA, "سال 2021 بود.", 16, "digits in Persian text: 2021"),
    ("typography", "fa", PLAIN_FA, "سلام, دنیا.", 16, "Latin punctuation"),
    ("typography", "fa", PLAIN_FA, 'گفت "سلام".', 16, "quotation marks"),
    ("typography", "fa", PLAIN_FA, "سلام ، دنیا.", 16, "space before"),
    ("typography", "fa", PLAIN_FA, "سلام،دنیا.", 16, "No space after"),
    ("typography", "fa", "title: A title", "title: اين عنوان", 5, "Arabic letter"),
    ("typography", "fa", "summary: A title", "summary: این می شود.", 6, "stands apart"),
    ("accepted", "en", "---\n##", "accepted: [{lint: single-source, why: x}]\n---\n##", 14, "no s"),
    ("reading-level", "en", PLAIN, f"IranWire wrote {'a ' * 45}.", 16, "A sentence of 4"),
    ("reading-level", "en", PLAIN, f"IranWire: {'telecommunication ' * 25}.", 15, "LIX"),
    ("reading-level", "fa", PLAIN_FA, f"ایران‌وایر: {'نمایندگان ' * 25}.", 15, "LIX"),
    ("single-source", "en", PLAIN, "It was so.", 16, "Only IranWire says it"),
    ("single-source", "fa", PLAIN_FA, "این طور بود.", 16, "Only IranWire says it"),
    ("undated-number", "en", PLAIN, "IranWire counted 40 million users.", 16, "without a date"),
    ("undated-number", "fa", PLAIN_FA, "ایران‌وایر ۴۰ میلیون نفر را شمرد.", 16, "without a date"),
]


@pytest.mark.parametrize(("kind", "language", "right", "wrong", "line", "said"), PLANTED)
def test_a_planted_fault_is_named(
    knowledge_folder: Path,
    write_document: WriteDocument,
    kind: Lint,
    language: str,
    right: str,
    wrong: str,
    line: int,
    said: str,
) -> None:
    paths = {
        "en": write_document("a", BODY),
        "fa": write_document("a", BODY_FA, language="fa"),
    }
    text = paths[language].read_text("utf-8")
    assert right in text
    paths[language].write_text(text.replace(right, wrong, 1), "utf-8")
    found = [fault for fault in faults(knowledge_folder) if fault.lint == kind]
    assert any(
        (fault.path, fault.line) == (f"guidance/a.{language}.md", line)
        and said in fault.problem
        and len(fault.mend) > 5
        for fault in found
    ), found


def test_every_lint_is_planted() -> None:
    elsewhere = {"flow"}  # in the tests of flows
    assert {row[0] for row in PLANTED} == set(get_args(Lint)) - elsewhere


HARMLESS = [
    ("en", "A sentence with [a link](https://a.org) and **weight**, IranWire wrote."),
    ("en", "Facebook was blocked on 16 September 2013."),
    ("en", "Article 500 people know, IranWire wrote."),
    ("en", "The number 1170, by IranWire."),
    ("fa", "به نوشته‌ی ایران‌وایر، iOS 18 و نشانی a.org/2021 و ۲۴ ساعت."),
    ("fa", "به نوشته‌ی ایران‌وایر در سال ۱۴۰۳ حدود ۴۰ میلیون نفر."),
    ("fa", "ماده‌ی ۵۰۰ را ایران‌وایر نقل کرد؛ تری و تازگی، هایی و هویی."),
]


@pytest.mark.parametrize(("language", "sentence"), HARMLESS)
def test_what_is_right_is_left_alone(
    knowledge_folder: Path, write_document: WriteDocument, language: str, sentence: str
) -> None:
    for each, plain in (("en", PLAIN), ("fa", PLAIN_FA)):
        body = f"## S {{#one}}\n{sentence if each == language else plain}\n"
        write_document("a", body, language=each)
    assert faults(knowledge_folder) == []


def test_a_claim_of_one_paper_is_left_where_it_is_dated_or_told_twice_or_advice(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    body = (
        "## S {#one}\nIt was so.[^a] It was so in 2021.[^a] So it was.[^a][^b]\n"
        "## Do {#two .do}\nDo so.[^a]\n"
    )
    for language in ("en", "fa"):
        path = write_document("a", body, language=language)
        text = path.read_text("utf-8")
        text = text.replace("{publisher", "{key: a, publisher").replace(
            "sources:\n", f"sources:\n{MORE}"
        )
        path.write_text(text, "utf-8")
    found = faults(knowledge_folder)
    assert [fault.problem for fault in found] == [
        "Only IranWire says it, and the sentence does not say so: «It was so.»."
    ] * 2


@pytest.mark.parametrize("section", ["", ", section: one"])
@pytest.mark.parametrize("kind", get_args(Weighed))
def test_what_was_weighed_and_left_is_not_told_again(
    knowledge_folder: Path, write_document: WriteDocument, kind: Lint, section: str
) -> None:
    sentence = {
        "reading-level": f"IranWire wrote {'a ' * 45}.",
        "single-source": "It was so.",
        "undated-number": "IranWire counted 40 million users.",
    }[kind]
    for language in ("en", "fa"):
        path = write_document("a", f"## S {{#one}}\n{sentence}\n", language=language)
    assert {fault.lint for fault in faults(knowledge_folder)} == {kind}
    for language in ("en", "fa"):
        path = path.with_name(f"a.{language}.md")
        accepted = f"accepted: [{{lint: {kind}, why: It is so{section}}}]\n---\n##"
        path.write_text(path.read_text("utf-8").replace("---\n##", accepted), "utf-8")
    assert faults(knowledge_folder) == []
    path.write_text(path.read_text("utf-8").replace("{#one}", "{#two}"), "utf-8")
    left = {fault.lint for fault in faults(knowledge_folder)} - {"translation"}
    assert left == ({kind, "accepted"} if section else set())


def test_a_document_in_the_wrong_folder_is_named(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    path = write_document("a", BODY)
    (knowledge_folder / "tools").mkdir()
    path.rename(knowledge_folder / "tools" / path.name)
    found = [fault for fault in faults(knowledge_folder) if fault.lint == "name"]
    assert [(fault.path, fault.line) for fault in found] == [("tools/a.en.md", 3)]
    assert "guidance/" in found[0].mend


def test_all_faults_of_all_documents_come_at_once(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    for name in ("a", "b"):
        path = write_document(name, BODY)
        broken = path.read_text("utf-8").replace("2026-04-27", "soon").replace("reporting", "x")
        path.write_text(broken, "utf-8")
    found = faults(knowledge_folder)
    assert len(found) == 4
    assert {fault.path for fault in found} == {"guidance/a.en.md", "guidance/b.en.md"}


def test_twins_and_missing_translations_are_named(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    path = write_document("a", BODY)
    (knowledge_folder / "guidance" / "b.en.md").write_text(path.read_text("utf-8"), "utf-8")
    said = " ".join(fault.problem for fault in faults(knowledge_folder))
    assert "already used" in said
    assert "no version in fa" in said


def test_a_file_that_is_not_utf8_takes_nothing_else_down(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", BODY)
    (knowledge_folder / "guidance" / "b.en.md").write_bytes(b"---\n\xff\xfe")
    knowledge = read_knowledge(knowledge_folder)
    assert [document.id for document in knowledge.documents] == ["a"]
    assert "UTF-8" in knowledge.faults[0].problem


def test_what_is_still_to_be_written_is_not_served(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", BODY)
    write_document("b", "## S {#one}\nTODO: write it.\n")
    assert [document.id for document in read_knowledge(knowledge_folder).documents] == ["a"]


def test_the_projects_own_knowledge_has_no_errors() -> None:
    knowledge = read_knowledge(PROJECT / "knowledge")
    assert [fault for fault in knowledge.faults if fault.level == "error"] == []


def test_every_document_of_the_project_is_in_both_languages_with_whole_sources() -> None:
    documents = read_knowledge(PROJECT / "knowledge").documents
    languages: dict[str, set[str]] = {}
    for document in documents:
        languages.setdefault(document.id, set()).add(document.language)
        for source in document.header.sources:
            assert source.publisher, document.path
            assert source.licence, document.path
    assert {i for i, found in languages.items() if found != {"en", "fa"}} == set()


def test_a_translation_at_fault_is_not_called_missing(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", BODY)
    path = write_document("a", BODY_FA, language="fa")
    path.write_text(path.read_text("utf-8").replace("tier: reporting", "tier: gossip"), "utf-8")
    found = faults(knowledge_folder)
    assert ["tier" in fault.problem for fault in found] == [True]
