"""BM25 over stems: what is stored answers as what was built, and odd input does no harm."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.words import WordsIndex

TEXTS = ["Telegram was blocked in 2018.", "تلگرام در سال ۲۰۱۸ بسته شد.", "A lawyer may help.", ""]


def test_the_text_with_the_word_wins() -> None:
    index = WordsIndex.build(TEXTS)
    assert int(np.argmax(index.scores(["lawyer"]))) == 2
    assert int(np.argmax(index.scores(["تلگر"]))) == 1
    assert index.frequency("2018") == 2
    assert index.weight("lawyer") > index.weight("2018")


def test_unknown_words_score_nothing() -> None:
    index = WordsIndex.build(TEXTS)
    assert not index.scores(["nowhere"]).any()
    assert not index.scores([]).any()
    assert index.frequency("nowhere") == 0


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    index = WordsIndex.build(TEXTS)
    index.save(tmp_path / "words")
    loaded = WordsIndex.load(tmp_path / "words", len(TEXTS))
    query = ["telegram", "2018", "تلگر"]
    assert np.array_equal(index.scores(query), loaded.scores(query))
    assert loaded.surface == index.surface


def test_the_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    WordsIndex.build(TEXTS).save(tmp_path)
    query = ["telegram", "2018", "تلگر", "2018"]
    theirs = bm25s.BM25.load(tmp_path, show_progress=False).get_scores(query)
    assert theirs.any()
    assert np.array_equal(WordsIndex.load(tmp_path, len(TEXTS)).scores(query), theirs)


def test_an_index_without_words_can_be_saved_and_opened(tmp_path: Path) -> None:
    WordsIndex.build(["", "!"]).save(tmp_path / "words")
    assert not WordsIndex.load(tmp_path / "words", 2).scores(["a"]).any()


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.text(max_size=30))
def test_any_texts_and_any_query(texts: list[str], query: str) -> None:
    assert WordsIndex.build(texts).scores(query.split()).shape == (len(texts),)
