"""What is due comes in the order in which people need it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from retrieval.knowledge.due import due
from retrieval.knowledge.reading import read_knowledge
from tests.conftest import WriteDocument

TODAY = dt.date(2027, 1, 10)
BODY = "## Section {#one}\nIt is so.\n"


def test_the_most_used_come_first_and_the_urgent_before_them(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    write_document("few", BODY, questions="one", review_by="2027-01-01")
    write_document("few", BODY, language="fa", questions="یک, دو", review_by="2027-01-04")
    write_document("outside", BODY, review_by="2027-01-09")
    path = write_document("door", BODY, review_by="2027-01-10")
    path.write_text(path.read_text("utf-8").replace("---\n##", "urgent: door\n---\n##"), "utf-8")
    write_document("soon", BODY, questions="a, b, c, d, e", review_by="2027-01-20")
    write_document("later", BODY, review_by="2027-03-01")
    documents = read_knowledge(knowledge_folder).documents
    found = due(documents, {"outside": 4, "gone": 9}, TODAY, 0)
    assert [(each.id, each.asked, each.days) for each in found] == [
        ("door", 0, 0),
        ("outside", 4, 1),
        ("few", 3, 9),
    ]
    assert found[2].languages == ("en", "fa")
    assert found[2].review_by == dt.date(2027, 1, 1)
    with_next = due(documents, {}, TODAY, 10)
    assert [each.id for each in with_next] == ["door", "soon", "few", "outside"]
    assert with_next[1].days == -10
