"""The ready-made model of the examples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import load_encoder
from retrieval.judging.examples import files_digest, read_examples
from retrieval.judging.intents import KINDS
from retrieval.judging.model import Model, learning_digest, ready_made


def test_the_shipped_model_was_learned_from_the_examples_as_they_are() -> None:
    model = ready_made(load_encoder().name)
    assert model is not None, "an example has changed: run `python -m retrieval.judging.training`"
    assert len(model.vectors) == len(read_examples())


def test_shipped_vectors_are_those_of_the_examples_but_for_rounding() -> None:
    encoder = load_encoder()
    model = ready_made(encoder.name)
    assert model is not None
    some = range(0, len(read_examples()), 500)
    made = encoder.encode_queries([read_examples()[at].text for at in some])
    assert float((made * model.vectors[list(some)]).sum(axis=1).min()) > 0.999


@pytest.fixture
def written(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(4, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    Model(np.ones((8, len(KINDS)), np.float32), vectors).save("some-encoder", tmp_path / "m.npz")
    return tmp_path / "m.npz"


def test_a_model_of_another_encoder_is_not_used(written: Path) -> None:
    assert ready_made("some-encoder", written) is not None
    assert ready_made("another", written) is None


def test_a_model_of_other_examples_is_not_used(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.judging.model.examples_digest", lambda: "other")
    assert ready_made("some-encoder", written) is None


def test_an_index_is_found_up_to_date_without_reading_the_examples(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(name: str) -> None:
        raise AssertionError(f"{name} was read")

    monkeypatch.setattr("retrieval.judging.examples._data", read)
    for once in (learning_digest, files_digest, read_examples):
        once.cache_clear()
    assert len(learning_digest()) == 64
