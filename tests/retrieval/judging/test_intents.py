"""What a message is like: by what it is about, and by its words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from retrieval.judging.examples import Intent, examples_digest, read_examples
from retrieval.judging.intents import KINDS, SIDES, Likeness, fit_intents, likeness
from retrieval.language.detect import is_persian_script

TEXTS = ["at my door now", "took my brother now", "hack someone", "the weather", "last year a door"]
INTENTS: list[Intent] = ["door", "arrest", "harmful", "outside", "none"]


def test_each_example_is_most_like_its_own_kind() -> None:
    vectors = np.eye(5, dtype=np.float32)
    weights = fit_intents(vectors, TEXTS, INTENTS)
    assert weights.shape[1] == len(KINDS) + len(SIDES)
    for vector, text, intent in zip(vectors, TEXTS, INTENTS, strict=True):
        like = likeness(vector, text, weights)
        scores = {kind: getattr(like, kind) for kind in INTENTS if kind != "none"}
        if intent == "none":
            assert max(scores.values()) < 0
        else:
            assert max(scores, key=scores.__getitem__) == intent
            assert scores[intent] > 0


def test_words_alone_tell_messages_about_the_same_apart() -> None:
    same = np.ones((5, 3), dtype=np.float32) / np.sqrt(3, dtype=np.float32)
    weights = fit_intents(same, TEXTS, INTENTS)
    assert likeness(same[0], "at my door now", weights).door > 0
    assert likeness(same[0], "last year a door", weights).door < 0


def test_the_vector_alone_tells_messages_without_known_words_apart() -> None:
    vectors = np.eye(5, dtype=np.float32)
    weights = fit_intents(vectors, TEXTS, INTENTS)
    like = likeness(vectors[3], "xyzzy", weights)
    assert like.outside > max(like.door, like.arrest, like.harmful)


def test_a_message_without_a_vector_is_like_nothing() -> None:
    weights = fit_intents(np.eye(5, dtype=np.float32), TEXTS, INTENTS)
    assert likeness(np.zeros(0, np.float32), "", weights) == Likeness()
    assert Likeness(door=0.2, arrest=0.3).urgent == 0.3


def test_a_question_like_those_not_answered_is_told_from_those_answered() -> None:
    texts = ["price of a vpn", "what does a vpn see"]
    weights = fit_intents(np.eye(2, dtype=np.float32), texts, ["missing", "none"], asked=1)
    assert likeness(np.eye(2, dtype=np.float32)[0], texts[0], weights).missing > 0
    assert likeness(np.eye(2, dtype=np.float32)[1], texts[1], weights).missing < 0


def test_what_is_missing_does_not_change_what_is_urgent() -> None:
    vectors = np.eye(6, dtype=np.float32)
    alone = fit_intents(vectors[:5], TEXTS, INTENTS)
    beside = fit_intents(vectors, [*TEXTS, "price of a door"], [*INTENTS, "missing"])
    told = slice(0, len(KINDS))
    np.testing.assert_array_equal(alone[:, told], beside[:, told])


def test_there_are_examples_of_every_kind_in_both_languages() -> None:
    counted = Counter((e.intent, is_persian_script(e.text)) for e in read_examples())
    for intent in INTENTS:
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
