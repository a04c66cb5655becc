"""Near-duplicates are pointed out: by their words, their address or their title."""

from __future__ import annotations

from pathlib import Path

from retrieval.drafts.importing import import_drafts
from retrieval.drafts.likeness import Likenesses
from retrieval.knowledge.reading import read_knowledge
from tests.conftest import WriteDocument

WORDS = " ".join(f"word{n} follows" for n in range(120))


def test_the_same_words_with_small_changes_are_alike() -> None:
    seen = Likenesses()
    assert seen.add("one", WORDS, None, None) == []
    changed = WORDS.replace("word50", "changed").upper() + " and an end of its own"
    assert [like.other for like in seen.add("two", changed, None, None)] == ["one"]


def test_a_part_of_a_text_is_like_the_whole() -> None:
    seen = Likenesses()
    seen.add("whole", WORDS, None, None)
    part = " ".join(WORDS.split()[:120])
    assert [like.other for like in seen.add("part", part, None, None)] == ["whole"]


def test_other_words_on_the_same_subject_are_not_alike() -> None:
    seen = Likenesses()
    seen.add("one", WORDS, "On slow platforms", None)
    other = " ".join(f"follows word{n}" for n in range(119, 0, -1))
    assert seen.add("two", other, "On fast platforms", None) == []


def test_the_same_address_is_alike_however_it_was_copied() -> None:
    seen = Likenesses()
    seen.add("one", "", None, "https://www.paper.example/a/")
    found = seen.add("two", "", None, "http://paper.example/a?utm_source=x#top")
    assert [(like.other, like.how) for like in found] == [("one", "same address")]


def test_a_source_of_the_knowledge_folder_is_recognised_by_its_title(
    knowledge_folder: Path, write_document: WriteDocument, tmp_path: Path
) -> None:
    path = write_document("a", "## One {#one}\nA sentence.\n")
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("title: T,", 'title: "Operators slow a platform (A. B.)",'), "utf-8"
    )
    article = tmp_path / "copy.txt"
    article.write_text(f"Operators slow a platform\n\n{'the word is that ' * 10}", "utf-8")
    documents = read_knowledge(knowledge_folder).documents
    report = import_drafts(article, tmp_path / "drafts", knowledge_folder, documents)
    assert [like.other for like in report.taken[0].likenesses] == ["knowledge: a"]
