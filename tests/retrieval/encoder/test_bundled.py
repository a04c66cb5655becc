"""What the bundled encoder promises, held by the shipped weights themselves."""

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import BundledEncoder, Encoder, load_encoder
from retrieval.encoder.bundled import BUNDLED, MANIFEST
from retrieval.encoder.embeddings import EncoderEmbeddings
from retrieval.errors import EncoderError

QUESTIONS = {
    "پلیس تلفنی از من خواسته بروم. باید بروم؟": "The police phoned me to come. Must I go?",
    "چطور تلگرام را امن‌تر کنم؟": "How do I make Telegram safer?",
    "گوشی‌ام را گرفته‌اند، حالا چه کنم؟": "My phone was taken away. What now?",
    "وقتی اینترنت قطع است چطور پیام بدهم؟": "How to send messages while the internet is off?",
    "آیا وی‌پی‌ان هویت مرا پنهان می‌کند؟": "Does a VPN hide who I am?",
    "رمز عبور خوب چه ویژگی‌هایی دارد؟": "What makes a good password?",
    "سامانهٔ ثنا چیست؟": "What is the Sana system?",
    "بهترین روش پخت برنج": "The best way to cook rice",
}
ODD = [
    "",
    " ",
    "🙂🙂",
    "\u200c",
    "\ud800 broken",
    "a" * 100_000,
    "سلام " * 20_000,
    "م" * 100_000,
    "۱۲",
]


@pytest.fixture(scope="module")
def bundled() -> BundledEncoder:
    return BundledEncoder()


def test_vectors_have_length_one_and_the_stated_size(bundled: BundledEncoder) -> None:
    vectors = bundled.encode_passages([*QUESTIONS, *QUESTIONS.values()])
    assert vectors.shape == (2 * len(QUESTIONS), bundled.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_text_always_gets_the_same_vector(bundled: BundledEncoder) -> None:
    texts = list(QUESTIONS)
    assert np.array_equal(bundled.encode_queries(texts), BundledEncoder().encode_queries(texts))


def test_company_in_a_batch_hardly_changes_a_vector(bundled: BundledEncoder) -> None:
    together = bundled.encode_passages([*QUESTIONS, *QUESTIONS.values()])
    alone = np.concatenate(
        [bundled.encode_passages([text]) for text in [*QUESTIONS, *QUESTIONS.values()]]
    )
    assert (together * alone).sum(1).min() > 0.999


def test_a_persian_question_is_nearest_to_its_english_meaning(bundled: BundledEncoder) -> None:
    persian = bundled.encode_queries(list(QUESTIONS))
    english = bundled.encode_passages(list(QUESTIONS.values()))
    nearest = (persian @ english.T).argmax(1)
    assert list(nearest) == list(range(len(QUESTIONS)))


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("چه‌طور می‌شود از فیلترینگ گذشت؟", "چه طور می شود از فیلترینگ گذشت؟"),
        ("كتاب‌هاي من كجاست؟", "کتاب‌های من کجاست؟"),
        ("شماره ۱۱۰", "شماره 110"),
    ],
)
def test_spelling_habits_do_not_change_a_vector(
    bundled: BundledEncoder, written: str, otherwise: str
) -> None:
    first, second = bundled.encode_queries([written, otherwise])
    assert first @ second > 0.9999


def test_words_run_together_stay_close(bundled: BundledEncoder) -> None:
    first, second = bundled.encode_queries(
        ["از تلگرام نمی‌شود استفاده کرد", "از تلگرام نمیشود استفاده کرد"]
    )
    assert first @ second > 0.8


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_get_a_vector_too(bundled: BundledEncoder, text: str) -> None:
    (vector,) = bundled.encode_passages([text])
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)


def test_no_texts_give_no_vectors(bundled: BundledEncoder) -> None:
    assert bundled.encode_passages([]).shape == (0, 384)


def test_progress_counts_every_text_once(bundled: BundledEncoder) -> None:
    done: list[int] = []
    bundled.encode_passages([*QUESTIONS, *QUESTIONS.values()], progress=done.append)
    assert sum(done) == 2 * len(QUESTIONS)


def test_many_threads_get_the_vectors_that_one_gets() -> None:
    encoder = BundledEncoder()
    texts = [*QUESTIONS, *QUESTIONS.values()] * 3
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(lambda text: encoder.encode_queries([text])[0], texts))
    expected = np.concatenate([encoder.encode_queries([text]) for text in texts])
    assert np.allclose(np.stack(vectors), expected, atol=1e-6)


def test_the_name_changes_with_the_weights(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "bundled"))
    (folder / MANIFEST).write_text("{}", encoding="utf-8")
    assert BundledEncoder(folder).name != BundledEncoder().name
    assert BundledEncoder().name.startswith("bundled-1:")


def test_the_manifest_holds_the_hash_of_every_file() -> None:
    manifest = json.loads((BUNDLED / MANIFEST).read_text(encoding="utf-8"))
    assert len(manifest) == 4
    for name, digest in manifest.items():
        assert hashlib.sha256((BUNDLED / name).read_bytes()).hexdigest() == digest


def test_the_weights_stay_within_45_megabytes() -> None:
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) < 45_000_000


@pytest.mark.parametrize("missing", ["persian.onnx", "persian.tokenizer.json"])
def test_a_damaged_folder_says_what_to_do(tmp_path: Path, missing: str) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "bundled"))
    (folder / missing).write_bytes(b"not weights")
    with pytest.raises(EncoderError, match="DARICHEH_ENCODER"):
        BundledEncoder(folder).encode_queries(["سلام"])


def test_the_bundled_encoder_is_what_one_gets_unasked() -> None:
    assert isinstance(load_encoder(), BundledEncoder)


def test_langchain_gets_the_same_vectors(bundled: Encoder) -> None:
    embeddings = EncoderEmbeddings(bundled)
    texts = list(QUESTIONS)
    assert np.allclose(embeddings.embed_documents(texts), bundled.encode_passages(texts))
    assert np.allclose(embeddings.embed_query(texts[0]), bundled.encode_queries(texts[:1])[0])
