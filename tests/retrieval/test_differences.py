"""A change of the knowledge is named passage by passage and answer by answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from retrieval.answering.answer import Answer, Citation, Statement
from retrieval.differences import answer_change, passages_changed
from retrieval.knowledge.reading import read_knowledge
from retrieval.passages import Passage, passages_of
from tests.conftest import WriteDocument


def passages(folder: Path) -> list[Passage]:
    return [p for document in read_knowledge(folder).documents for p in passages_of(document)]


def test_passages_are_added_removed_and_changed(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", "## One {#one}\nIt is so.\n\n## Two {#two}\nIt is not.\n")
    before = passages(knowledge_folder)
    write_document("a", "## One {#one}\nIt is so today.\n\n## Three {#three}\nIt may be.\n")
    changes = passages_changed(before, passages(knowledge_folder))
    assert [(change.id, change.how, change.aspects) for change in changes] == [
        ("a#one.1@en", "changed", ("text",)),
        ("a#three.1@en", "added", ()),
        ("a#two.1@en", "removed", ()),
    ]
    assert (changes[0].before, changes[0].after) == ("It is so.", "It is so today.")
    assert passages_changed(before, before) == []


def test_what_differs_beside_the_text_is_told(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("a", "## One {#one}\nIt is so.\n")
    before = passages(knowledge_folder)
    write_document("a", "## One! {#one .do}\nIt is so.\n", tier="research", review_by="2027-06-01")
    [change] = passages_changed(before, passages(knowledge_folder))
    assert change.aspects == ("headings", "sources", "role", "dates")


CITATION = Citation(1, "a#one.1@en", "a", "", "", "", None, "", None, "reporting", "")


def answer(*said: str) -> Answer:
    statements = tuple(Statement(text, (1,)) for text in said)
    return Answer("q", "en", "answered", statements, citations=(CITATION,))


def test_answers_differ_in_status_statements_order_and_notices() -> None:
    one = answer("a", "b")
    assert answer_change(one, replace(one, question="another", seconds=9.0), set()) is None
    gone = answer_change(one, answer("a", "c"), set())
    assert gone is not None
    assert (gone.gone, gone.new, gone.reordered) == (("b",), ("c",), False)
    reordered = answer_change(one, answer("b", "a"), set())
    assert reordered is not None
    assert (reordered.gone, reordered.new, reordered.reordered) == ((), (), True)
    noticed = answer_change(one, replace(one, notices=("It is stale.",)), set())
    assert noticed is not None
    assert noticed.notices
    abstained = answer_change(one, replace(one, status="abstained", statements=()), set())
    assert abstained is not None
    assert (abstained.before, abstained.after) == ("answered", "abstained")
    assert not abstained.touched


def test_an_answer_is_touched_where_it_stands_on_what_changed() -> None:
    one, two = answer("a"), replace(answer("b"), citations=(replace(CITATION, passage="b"),))
    for before, after in ((one, two), (two, one)):
        change = answer_change(before, after, {"a#one.1@en"})
        assert change is not None
        assert change.touched
    unread = replace(answer(), status="abstained")
    change = answer_change(unread, two, {"a#one.1@en"})
    assert change is not None
    assert not change.touched
