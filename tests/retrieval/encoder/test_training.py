"""The steps of the training, each on a few lines."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder.training.pairs import Pair, clean, is_usable, passages, read, without_repeats


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("<b>Open</b> the _File menu", "Open the File menu"),
        ("Save %s to %(folder)s, $1", "Save to ,"),
        ("See [the guide](https://example.org/x)", "See the guide"),
        ("[[Special:Log|the log]] `code`", "the log code"),
        ("پرونده %d باز شد", "پرونده باز شد"),
    ],
)
def test_markup_and_placeholders_go(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned


@pytest.mark.parametrize(
    ("english", "other", "usable"),
    [
        ("Open the window", "پنجره را باز کن", True),
        ("Open the window", "Open the window", False),
        ("...", "سلام", False),
        ("A", "سلام", False),
        ("A long sentence that says a good deal more than this", "کوتاه", False),
    ],
)
def test_only_what_may_be_a_translation_is_used(english: str, other: str, usable: bool) -> None:
    assert is_usable(Pair(english, other)) is usable


def test_a_file_is_read_line_by_line_and_numbered_titles_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "wikipedia-titles.en-fa.tsv"
    file.write_text("1 euro\t۱ یورو\nopen window\tپنجره باز\nbroken line\n", encoding="utf-8")
    assert read(file) == [Pair("open window", "پنجره باز")]


def test_the_same_text_in_another_spelling_is_a_repeat() -> None:
    pairs = [Pair("Book", "كتاب"), Pair("book", "کتاب")]
    assert list(without_repeats(pairs, set())) == pairs[:1]


def test_neighbours_become_passages_with_sentences_closed() -> None:
    pairs = [Pair("One", "یک"), Pair("Two.", "دو."), Pair("Three", "سه")]
    assert list(passages(pairs, [2, 2])) == [Pair("One. Two.", "یک. دو.")]


def test_first_embeddings_are_those_of_the_translation() -> None:
    pytest.importorskip("transformers", reason="training needs the extra “hub”")
    from retrieval.encoder.training.initialise import Method, translated_embeddings

    # Piece 0 always comes with English piece 0, and so on; 9 is in every pair.
    other = [[0, 1], [1, 2], [0, 2], [0], [1], [2]] * 3
    english = [[0, 1, 9], [1, 2, 9], [0, 2, 9], [0, 9], [1, 9], [2, 9]] * 3
    rows = np.eye(10, dtype=np.float32)
    for method in Method:
        first = translated_embeddings(other, english, 4, rows, method)
        assert list(first[:3].argmax(1)) == [0, 1, 2]
        assert np.allclose(first[3], first[:3].mean(0))


def test_batches_hold_every_text_once_and_are_not_too_big() -> None:
    pytest.importorskip("transformers", reason="training needs the extra “hub”")
    import random

    from retrieval.encoder.training.student import batches

    lengths = [random.Random(n).randint(2, 200) for n in range(1000)]
    made = list(batches(lengths, tokens=1000, most=16, rng=random.Random(1)))
    assert sorted(place for batch in made for place in batch) == list(range(1000))
    assert max(len(batch) for batch in made) <= 16
    assert max(max(lengths[p] for p in batch) * len(batch) for batch in made) <= 1000


def test_the_exported_graph_gives_the_vectors_of_the_model(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="training needs the extra “hub”")
    onnx = pytest.importorskip("onnx", reason="export needs onnx")
    import onnxruntime
    import torch
    from transformers import BertConfig, BertModel

    from retrieval.encoder.training.graph import encoder_graph
    from retrieval.encoder.training.student import forward

    torch.manual_seed(1)
    shape = BertConfig(
        vocab_size=50, hidden_size=384, num_hidden_layers=2, num_attention_heads=12,
        intermediate_size=1536,
    )  # fmt: skip
    model = BertModel(shape, add_pooling_layer=False).train(False)
    onnx.save(encoder_graph({k: v.numpy() for k, v in model.state_dict().items()}), tmp_path / "m")
    ids = torch.randint(1, 50, (3, 9))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    with torch.no_grad():
        expected = forward(model, ids, mask).numpy()
    session = onnxruntime.InferenceSession(str(tmp_path / "m"))
    (vectors,) = session.run(None, {"ids": ids.numpy(), "mask": mask.numpy()})
    assert (vectors * expected).sum(1).min() > 0.998
