"""What the reader sees of two texts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.pieces import LONGEST_PASSAGE, MARKS, marks_of, padded, pieces_of

ANY_TEXT = st.text(max_size=400)


@given(ANY_TEXT, ANY_TEXT)
def test_any_two_texts_can_be_read(question: str, passage: str) -> None:
    asked, told = pieces_of(question, 48), pieces_of(passage, LONGEST_PASSAGE)
    marks = marks_of(asked, told)
    assert len(marks) == len(asked.ids) + len(told.ids)
    assert set(marks) <= set(range(MARKS))
    assert all(mark % 2 == 0 for mark in marks[: len(asked.ids)])
    assert all(mark % 2 == 1 for mark in marks[len(asked.ids) :])


def test_a_word_of_both_is_marked_in_both() -> None:
    asked, told = pieces_of("who blocked telegram?", 48), pieces_of("A judge blocked Telegram.", 48)
    marks = marks_of(asked, told)
    shared = {asked.ids[place] for place in np.flatnonzero(marks[: len(asked.ids)] == 2)}
    assert shared == set(pieces_of("blocked telegram", 48).ids[1:-1])
    assert np.count_nonzero(marks == 3) == len(shared)


def test_full_stops_are_no_shared_words() -> None:
    asked, told = pieces_of("signal.", 48), pieces_of("briar.", 48)
    assert set(marks_of(asked, told)) == {0, 1}


def test_texts_in_two_scripts_share_no_numbers_of_pieces() -> None:
    asked, told = pieces_of("تلگرام Signal", 48), pieces_of("Signal Telegram", 48)
    assert asked.script != told.script
    assert set(marks_of(asked, told)) == {0, 1}


def test_a_long_text_is_cut_and_still_ends_as_a_text_does() -> None:
    whole, cut = pieces_of("word " * 40, 48), pieces_of("word " * 400, 48)
    assert len(cut.ids) == 48
    assert cut.ids[-1] == whole.ids[-1]


def test_arabic_and_persian_letters_are_one() -> None:
    assert pieces_of("كتاب علي", 48) == pieces_of("کتاب علی", 48)


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), min_size=1, max_size=4))
def test_what_is_filled_up_is_masked(rows: list[list[int]]) -> None:
    filled, mask = padded([np.array(row) for row in rows])
    assert [row[kept == 1].tolist() for row, kept in zip(filled, mask, strict=True)] == rows
