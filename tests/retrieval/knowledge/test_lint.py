"""Every planted fault is named, with file, line and what to write; good documents are silent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from retrieval.knowledge.faults import Fault
from retrieval.knowledge.lint import lint
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import Topic
from retrieval.settings import PROJECT
from tests.conftest import WriteDocument

TODAY = dt.date(2026, 11, 22)
TOPICS = (Topic(id="summons", en="Summons", fa="احضار"),)
BODY = "## Section {#one}\nA plain sentence.\n"
BODY_FA = "## بخش {#one}\nیک جمله‌ی ساده.\n"


def faults(folder: Path) -> list[Fault]:
    return lint(read_knowledge(folder), TOPICS, TODAY)


def test_a_good_pair_has_no_fault(knowledge_folder: Path, write_document: WriteDocument) -> None:
    write_document("a", BODY)
    write_document("a", BODY_FA, language="fa")
    assert faults(knowledge_folder) == []


PLANTED = [
    ("as_of: 2026-04-27", "as_of: 2026-13-45", 8, "date"),
    ("as_of: 2026-04-27", "as_of: 2031-01-01", 8, "future"),
    ("as_of: 2026-04-27\n", "", None, "`as_of` is missing"),
    ("kind: guidance", "kind: sermon", 3, "kind"),
    ("topics: [summons]", "topics: [cooking]", 7, "not in topics.yaml"),
    ("topics: [summons]", "topics: []", 7, "topics"),
    ("id: a\n", "id: A B\n", 2, "id"),
    ("tier: reporting", "tier: gossip", 12, "tier"),
    ("title: A title", "titel: A title", 5, "titel"),
    ("https://iranwire.com/en/", "iranwire", 12, "url"),
    ("review_by: 2027-05-01", "review_by: 2026-11-10", 10, "Stale"),
    ("review_by: 2027-05-01", "review_by: 2020-01-01", 10, "not after"),
    ("A plain sentence.", "A sentence.[^nobody]", 16, "points to no source"),
    ("A plain sentence.", "A **bold** [link](https://a.b).", None, None),
    ("---\n## Section", "## Section", 1, "never closed"),
    ("## Section {#one}\nA plain sentence.\n", "", None, "no text"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "said"), PLANTED)
def test_a_planted_fault_is_named(
    knowledge_folder: Path,
    write_document: WriteDocument,
    right: str,
    wrong: str,
    line: int | None,
    said: str | None,
) -> None:
    path = write_document("a", BODY)
    write_document("a", BODY_FA, language="fa")
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    found = [fault for fault in faults(knowledge_folder) if fault.path == "guidance/a.en.md"]
    if said is None:
        assert found == []  # inline mark-up is read as plain text
        return
    assert any(said in fault.problem and fault.mend for fault in found), found
    if line is not None:
        assert any(fault.line == line for fault in found), found


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


def test_twins_missing_translations_and_misnamed_files_are_named(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    path = write_document("a", BODY)
    (knowledge_folder / "guidance" / "b.en.md").write_text(path.read_text("utf-8"), "utf-8")
    said = " ".join(fault.problem for fault in faults(knowledge_folder))
    assert "already used" in said
    assert "no version in fa" in said
    path.rename(path.with_name("c.en.md"))
    (knowledge_folder / "guidance" / "b.en.md").unlink()
    assert "file name" in " ".join(fault.problem for fault in faults(knowledge_folder))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("اين متن است.", "Arabic letter"),
        ("این می شود.", "stands apart"),
        ("این گوشی ها است.", "stands apart"),
        ("سال 2021 بود.", "Latin digits"),
        ("سلام, دنیا.", "Latin punctuation"),
        ("کلمه " * 60 + ".", "A sentence of"),
    ],
)
def test_persian_typography_is_watched(
    knowledge_folder: Path, write_document: WriteDocument, sentence: str, said: str
) -> None:
    write_document("a", BODY)
    write_document("a", f"## بخش {{#one}}\n{sentence}\n", language="fa")
    found = faults(knowledge_folder)
    assert any(said in fault.problem and fault.line == 16 for fault in found), found
    assert all(fault.level == "warning" for fault in found)


def test_a_file_that_is_not_utf8_takes_nothing_else_down(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", BODY)
    (knowledge_folder / "guidance" / "b.en.md").write_bytes(b"---\n\xff\xfe")
    knowledge = read_knowledge(knowledge_folder)
    assert [document.id for document in knowledge.documents] == ["a"]
    assert "UTF-8" in knowledge.faults[0].problem


def test_the_projects_own_knowledge_has_no_errors() -> None:
    knowledge = read_knowledge(PROJECT / "knowledge")
    assert [fault for fault in knowledge.faults if fault.level == "error"] == []


def test_a_translation_at_fault_is_not_called_missing(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", BODY)
    path = write_document("a", BODY_FA, language="fa")
    path.write_text(path.read_text("utf-8").replace("tier: reporting", "tier: gossip"), "utf-8")
    found = faults(knowledge_folder)
    assert ["tier" in fault.problem for fault in found] == [True]
