"""The survey counts what there is, by hand-made folders."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from retrieval.knowledge.holdings import holdings
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import Topic
from tests.conftest import WriteDocument

TOPICS = (Topic(id="summons", en="Summons", fa="احضار"), Topic(id="law", en="Law", fa="قانون"))


def test_topics_are_counted_by_language_source_and_age(
    knowledge_folder: Path, write_document: WriteDocument
) -> None:
    two = "## One {#one}\nIt is so.\n\n## Two {#two}\nIt is not.\n"
    for language in ("en", "fa"):
        write_document("both", two, language=language)
    path = write_document("old", "## One {#one}\nIt was so.\n", tier="research")
    text = path.read_text("utf-8").replace("iranwire.com/en/", "b.org/")
    text = text.replace("as_of: 2026-04-27", "as_of: 2020-01-01").replace("2021-09-23", "null")
    path.write_text(text, "utf-8")
    documents = read_knowledge(knowledge_folder).documents
    everything, summons, law = holdings(documents, TOPICS, dt.date(2026, 11, 22))
    assert (everything.topic, summons.topic, law.topic) == ("all", "summons", "law")
    assert summons.documents == {"en": 2, "fa": 1}
    assert summons.passages == {"en": 3, "fa": 2}
    assert summons.tiers == {
        "official": 0,
        "research": 1,
        "reporting": 1,  # the translations name the same one
        "practitioner": 0,
        "partisan": 0,
    }
    assert summons.undated == 1
    assert summons.ages == {"half_year": 0, "year": 1, "three_years": 0, "older": 1}
    assert summons.newest == dt.date(2026, 4, 27)
    assert law.documents == {"en": 0, "fa": 0}
    assert law.newest is None
    assert everything.to_json()["newest"] == "2026-04-27"
