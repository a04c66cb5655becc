"""The test sets are read as they are published, and each way of searching is measured by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.encoder.contract import Progress
from tests.eval.elsewhere.__main__ import FLOORS, SETS, table
from tests.eval.elsewhere.data import NoDataError, Retrieval, clapnq, ntrex, pquad
from tests.eval.elsewhere.ways import MEASURES, WAYS, measured, passages_of_words


class Meaning:
    """An encoder that knows cats, by whatever name, from everything else."""

    name = "meaning"
    dimensions = 2

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        cats = ("cat" in text or "feline" in text for text in texts)
        return np.array([[1, 0] if cat else [0.6, 0.8] for cat in cats], np.float32)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)


def test_each_way_finds_what_it_can_see() -> None:
    """The first question shares a word with its passage and not the meaning, the second the
    meaning and not a word."""
    data = Retrieval(
        questions=["cat river", "cat sleeping"],
        passages=["long river bends", "feline nap", "grey mountain"],
        answers=[0, 1],
    )
    told: list[tuple[str, int, int]] = []
    found = measured("set", data, Meaning(), lambda *step: told.append(step))
    assert (found["BM25"]["hit@1"], found["BM25"]["hit@5"]) == (0.5, 0.5)
    assert (found["dense"]["hit@1"], found["dense"]["hit@5"]) == (0.5, 1)
    assert found["fused"]["hit@5"] == 1
    assert list(found) == list(WAYS)
    assert {name for own in found.values() for name in own} == set(MEASURES)
    assert told[-1] == ("set: questions", 2, 2)


def test_the_files_are_read_as_they_are_published(tmp_path: Path) -> None:
    paragraph = {
        "context": "متن",
        "qas": [
            {"question": "الف؟", "is_impossible": False},
            {"question": "ب؟", "is_impossible": True},
        ],
    }
    empty = {"context": "دیگر", "qas": []}
    _write(tmp_path / "pquad-validation.json", {"data": [{"paragraphs": [empty, paragraph]}]})
    _write(
        tmp_path / "clapnq_dev_answerable.jsonl",
        {"input": "who?", "passages": [{"title": "A", "text": "b"}]},
    )
    (tmp_path / "ntrex").mkdir()
    (tmp_path / "ntrex" / "newstest2019-src.eng.txt").write_text("one\ntwo\n", "utf-8")
    (tmp_path / "ntrex" / "newstest2019-ref.prs.txt").write_text("یک\nدو\n", "utf-8")
    assert pquad(tmp_path) == Retrieval(["الف؟"], ["دیگر", "متن"], [1])
    assert clapnq(tmp_path) == Retrieval(["who?"], ["A\nb"], [0])
    assert ntrex(tmp_path, "prs") == Retrieval(["یک", "دو"], ["one", "two"], [0, 1])


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize("name", list(SETS))
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(NoDataError, match="cannot be read: give the folder"):
        SETS[name](tmp_path)


def test_every_floor_is_of_something_measured() -> None:
    for name, way, measure in FLOORS:
        assert name in SETS
        assert way in WAYS
        assert measure in MEASURES


def test_the_table_has_a_line_a_set() -> None:
    ways = {way: dict.fromkeys(MEASURES, 0.5) for way in WAYS}
    lines = table({"a": ways, "b": ways}).splitlines()
    assert len(lines) == 4
    assert {line.count("|") for line in lines} == {len(WAYS) * len(MEASURES) + 2}


def test_passages_of_a_length_are_cut_one_after_the_other() -> None:
    assert passages_of_words(["a b c", "d e f g"], 2, 3) == ["a b", "c d", "e f"]
