"""What was not answered is known by one label of the fixed list, and only then."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from retrieval.answering.writing import Writer
from retrieval.encoder import Encoder
from retrieval.index.store import Index, IndexStore
from retrieval.judging.judge import Verdict
from retrieval.library import Library
from tests.conftest import WriteDocument

TODAY = dt.date(2026, 11, 22)
LISTED = "- {id: summons, en: Being summoned, fa: احضار}\n"


@pytest.fixture
def index(
    knowledge_folder: Path, write_document: WriteDocument, encoder: Encoder, tmp_path: Path
) -> Index:
    write_document("phone", "## By phone {#one}\nA summons by phone is not written, it wrote.\n")
    (knowledge_folder / "topics.yaml").write_text(LISTED, "utf-8")
    return IndexStore(knowledge_folder, tmp_path / "state").open(encoder)


@pytest.mark.parametrize(
    ("verdict", "gap"),
    [("abstained", "summons"), ("underspecified", None), ("outside", None), ("declined", None)],
)
def test_only_an_abstention_has_a_label(
    index: Index, encoder: Encoder, verdict: Verdict, gap: str | None
) -> None:
    search = Library(index, encoder).search("Does a summons by phone cost anything?")
    answer = Writer(index.contents).write(verdict, search, {}, TODAY)
    assert answer.gap == gap
    assert "gap" not in answer.to_json()


def test_a_topic_that_is_not_on_the_list_is_no_label(
    knowledge_folder: Path, index: Index, encoder: Encoder, tmp_path: Path
) -> None:
    (knowledge_folder / "topics.yaml").write_text(LISTED.replace("summons", "law"), "utf-8")
    changed = IndexStore(knowledge_folder, tmp_path / "state").open(encoder)
    search = Library(changed, encoder).search("Does a summons by phone cost anything?")
    assert Writer(changed.contents).write("abstained", search, {}, TODAY).gap is None
