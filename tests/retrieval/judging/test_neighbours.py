"""Which messages a message is nearest to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.judging.grams import HASHED, gram_counts
from retrieval.judging.neighbours import AROUND, WORDS_WEIGHT, Neighbours

_TEXTS = ["is telegram blocked", "price of a vpn", "", "؟"]
_VECTORS = np.eye(4, dtype=np.float32)


@pytest.fixture(scope="module")
def neighbours() -> Neighbours:
    return Neighbours.of(_TEXTS, _VECTORS, ["known", "missing", "known", "missing"])


def test_the_same_message_is_as_near_as_can_be(neighbours: Neighbours) -> None:
    near = neighbours.nearest(_VECTORS[1], _TEXTS[1])
    assert near["missing"].best == pytest.approx(1 + 2 * WORDS_WEIGHT, abs=1e-3)
    assert near["known"].best < near["missing"].best


def test_words_decide_where_vectors_do_not(neighbours: Neighbours) -> None:
    between = np.full(4, 0.5, dtype=np.float32)
    near = neighbours.nearest(between, "how much does a vpn cost, price")
    assert near["missing"].best > near["known"].best


def test_what_is_around_is_the_mean_of_the_nearest() -> None:
    vectors = np.eye(AROUND + 2, dtype=np.float32)
    texts = ["؟"] * len(vectors)  # no words: the vectors alone decide
    neighbours = Neighbours.of(texts, vectors, ["known"] * (AROUND + 1) + ["missing"])
    near = neighbours.nearest(vectors[0], "؟")
    assert near["known"] == pytest.approx((1, 1 / AROUND))
    assert near["missing"] == (0, 0)


def test_a_message_without_vector_is_near_to_nothing(neighbours: Neighbours) -> None:
    assert neighbours.nearest(np.zeros(0, np.float32), "x") == {}


def test_what_was_saved_is_read_as_it_was(neighbours: Neighbours, tmp_path: Path) -> None:
    neighbours.save(tmp_path)
    read = Neighbours.load(tmp_path)
    for text, vector in zip(_TEXTS, _VECTORS, strict=True):
        assert read.nearest(vector, text) == neighbours.nearest(vector, text)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8), st.text(max_size=30))
def test_shared_words_are_those_of_each_message(texts: list[str], asked: str) -> None:
    """Against the sum written out, a message at a time."""
    neighbours = Neighbours.of(texts, np.eye(len(texts), 9, dtype=np.float32), texts)
    near = neighbours.nearest(np.zeros(9, dtype=np.float32), asked)
    own = gram_counts(asked)
    for text in set(texts):
        held = gram_counts(text)
        shared = sum(value * held.get(column, 0.0) for column, value in own.items())
        assert near[text].best == pytest.approx(WORDS_WEIGHT * shared, abs=2e-3)


@given(st.text(max_size=200))
def test_grams_are_two_blocks_of_length_one_at_most(text: str) -> None:
    counts = gram_counts(text)
    assert all(0 <= column < HASHED for column in counts)
    assert sum(value * value for value in counts.values()) <= 2 + 1e-6


def test_a_misspelt_word_shares_pieces_with_the_right_one() -> None:
    right, wrong, other = (gram_counts(word) for word in ("telegram", "telegrm", "umbrella"))

    def shared(one: dict[int, float], two: dict[int, float]) -> float:
        return sum(value * two.get(column, 0.0) for column, value in one.items())

    assert shared(right, wrong) > 0.4 > shared(right, other)
