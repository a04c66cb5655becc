"""What joins an answer from the hits that follow the first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.answering.writing import Writer
from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.library import Library
from tests.conftest import WriteDocument

TODAY = dt.date(2026, 11, 22)
WRITTEN = (
    "## On paper {#one}\nA summons on paper names a court, it wrote. A court signs it, it said.\n"
)
PHONED = (
    "## By phone {#two}\nWho rings from a hidden number proves nothing, it wrote. "
    "Nobody signs a call, it said.\n"
)


@pytest.mark.parametrize(("read", "sentences"), [((1.0, 0.5), 2), ((1.0, -0.5), 0), ((), 0)])
def test_a_hit_far_from_the_first_joins_an_answer_where_it_is_read_as_telling(
    knowledge_folder: Path,
    write_document: WriteDocument,
    encoder: Encoder,
    tmp_path: Path,
    read: tuple[float, ...],
    sentences: int,
) -> None:
    write_document("paper", WRITTEN)
    write_document("phone", PHONED)
    index = IndexStore(knowledge_folder, tmp_path / "state").open(encoder)
    search = replace(Library(index, encoder).search("summons, by phone or on paper?"), read=read)
    answer = Writer(index.contents).write("answered", search, {}, TODAY)
    second = search.hits[1].passage
    assert sum(one.text in second.text for one in answer.statements) == sentences
