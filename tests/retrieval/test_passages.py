"""Passages can be cited: stable ids, bearable length, sentences that know their sources."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from retrieval.knowledge.documents import Block, Document
from retrieval.knowledge.reading import read_document, read_knowledge
from retrieval.passages import LONGEST_PASSAGE, _groups, passages_of
from retrieval.settings import PROJECT
from tests.conftest import WriteDocument


def read(path: Path) -> Document:
    document = read_document(path, path.parent.parent)
    assert isinstance(document, Document), document
    return document


def test_ids_name_document_section_number_and_language(write_document: WriteDocument) -> None:
    path = write_document("a", "## One {#one}\nText.\n\n## گام‌ها {#two .do}\n- الف.\n- ب.\n")
    first, second = passages_of(read(path))
    assert first.id == "a#one.1@en"
    assert first.key == "a#one.1"
    assert second.id == "a#two.1@en"
    assert second.role == "do"
    assert second.text == "الف.\nب."


def test_long_sections_are_cut_between_sentences(write_document: WriteDocument) -> None:
    sentence = "This sentence has exactly seven words here. "
    path = write_document("a", f"## One {{#one}}\n{sentence * 60}\n")
    passages = passages_of(read(path))
    assert [p.id for p in passages] == [f"a#one.{n}@en" for n in range(1, len(passages) + 1)]
    assert all(len(p.text.split()) <= LONGEST_PASSAGE for p in passages)
    assert all(p.text.endswith("here.") for p in passages)


@given(st.lists(st.integers(1, 200), min_size=1, max_size=12))
def test_grouping_loses_no_block(lengths: list[int]) -> None:
    from retrieval.knowledge.documents import Section

    blocks = tuple(Block(" ".join(["word"] * n) + ".", 1) for n in lengths)
    section = Section("one", "One", (), "fact", 1, blocks)
    words = [word for group in _groups(section) for b in group for word in b.text.split()]
    assert words == [word for block in blocks for word in block.text.split()]


def test_every_sentence_of_the_projects_knowledge_has_a_source() -> None:
    for document in read_knowledge(PROJECT / "knowledge").documents:
        for passage in passages_of(document):
            assert passage.sentences
            for sentence in passage.sentences:
                assert sentence.references
                assert passage.text[sentence.start : sentence.end].strip()
