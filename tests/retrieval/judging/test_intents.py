"""How like a message is to the examples of each kind."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from retrieval.judging.examples import Example, examples_digest, read_examples
from retrieval.judging.intents import likeness
from retrieval.language.detect import is_persian_script

EXAMPLES = (
    Example("door", "a"),
    Example("door", "b"),
    Example("door", "c"),
    Example("outside", "d"),
    Example("none", "e"),
)
VECTORS = np.eye(5, 6, dtype=np.float32)


def test_the_nearest_two_examples_are_averaged() -> None:
    vector = np.array([0.8, 0.6, 0.1, 0, 0, 0], dtype=np.float32)
    like = likeness(vector, VECTORS, EXAMPLES)
    assert like.door == pytest.approx(0.7)
    assert like.urgent == pytest.approx(0.7)
    assert like.outside == like.none == 0
    assert like.harmful == 0  # no example at all


def test_a_message_without_a_vector_is_like_nothing() -> None:
    like = likeness(np.zeros(0, np.float32), VECTORS, EXAMPLES)
    assert (like.door, like.arrest, like.harmful, like.outside, like.none) == (0, 0, 0, 0, 0)


def test_there_are_examples_of_every_kind_in_every_way_of_writing() -> None:
    counted = Counter((e.intent, is_persian_script(e.text)) for e in read_examples())
    for intent in ("door", "arrest", "harmful", "outside", "none"):
        for persian in (True, False):
            assert counted[intent, persian] >= 20, (intent, persian)


def test_no_message_is_an_example_of_two_kinds() -> None:
    """A text that is both an example and a near miss would cancel itself."""
    kinds: dict[str, set[str]] = {}
    for example in read_examples():
        kinds.setdefault(example.text, set()).add(example.intent)
    assert {text: found for text, found in kinds.items() if len(found) > 1} == {}


def test_equal_examples_have_an_equal_digest() -> None:
    assert examples_digest() == examples_digest()
    assert len(examples_digest()) == 64
