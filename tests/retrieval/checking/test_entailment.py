"""Any cross-encoder can give a second opinion: a real one, of random weights, made here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval.checking import Checker, CrossEncoderEntailment, Written
from retrieval.encoder import Encoder
from retrieval.errors import EncoderError
from retrieval.passages import Passage

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "signal", "needs", "a", "number", "no"]


def cross_encoder(folder: Path, labels: Sequence[str]) -> str:
    """Write a tiny cross-encoder and return its path."""
    transformers = pytest.importorskip("transformers", reason="needs the extra hub")
    pytest.importorskip("sentence_transformers", reason="needs the extra hub")
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    transformers.set_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={label: n for n, label in enumerate(labels)},
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_the_label_that_says_entailment_is_the_one_that_counts(tmp_path: Path) -> None:
    labels = ["contradiction", "entailment", "neutral"]
    one = CrossEncoderEntailment(cross_encoder(tmp_path / "one", labels))
    other = CrossEncoderEntailment(cross_encoder(tmp_path / "two", labels[1:] + labels[:1]))
    pairs = [("signal needs a number", "signal needs no number"), ("a number", "signal")]
    first, second = one.likelihoods(pairs), other.likelihoods(pairs)
    assert len(first) == 2
    assert all(0 < value < 1 for value in (*first, *second))
    assert first != pytest.approx(second)
    assert one.likelihoods([]) == []


def test_a_model_without_such_a_label_is_turned_away_with_the_mend(tmp_path: Path) -> None:
    model = CrossEncoderEntailment(cross_encoder(tmp_path / "one", ["good", "bad", "ugly"]))
    with pytest.raises(EncoderError, match="natural language inference"):
        model.likelihoods([("a", "b")])


def test_a_model_of_one_label_gives_its_likelihood(tmp_path: Path) -> None:
    model = CrossEncoderEntailment(cross_encoder(tmp_path / "one", ["entailment"]))
    (value,) = model.likelihoods([("signal needs a number", "signal")])
    assert 0 < value < 1


def test_a_model_that_is_not_there_is_told_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="hub"):
        CrossEncoderEntailment(str(tmp_path / "none")).likelihoods([("a", "b")])


class Doubting:
    """An opinion that believes nothing, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def likelihoods(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += pairs
        return [0.0] * len(pairs)


def test_a_second_opinion_can_refuse_what_the_check_would_pass(
    encoder: Encoder, passage: Passage
) -> None:
    doubting = Doubting()
    statement = Written("Signal needs a phone number to register.", (1,))
    assert Checker(encoder).check(statement, {1: passage}).supported
    verdict = Checker(encoder, nli=doubting).check(statement, {1: passage})
    assert [fault.kind for fault in verdict.faults] == ["meaning"]
    assert doubting.asked == [("Signal needs a phone number to register.", statement.text)]
