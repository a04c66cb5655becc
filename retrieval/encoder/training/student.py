"""The Arabic-script tower while it is trained: all-MiniLM-L6-v2 with other word embeddings."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from torch.nn import functional
from transformers import BertModel

MAX_TOKENS = 256


def english_model(folder: Path) -> BertModel:
    """all-MiniLM-L6-v2 as published; dropout is off, which also makes it faster to train."""
    model: BertModel = BertModel.from_pretrained(
        folder,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        add_pooling_layer=False,
    )
    return model


def with_embeddings(model: BertModel, embeddings: NDArray[np.float32]) -> BertModel:
    """The model with its word embeddings replaced by one row for each new piece."""
    size, width = embeddings.shape
    model.embeddings.word_embeddings = torch.nn.Embedding(
        size, width, padding_idx=0, _weight=torch.from_numpy(embeddings.copy())
    )
    model.config.vocab_size = len(embeddings)
    return model


def forward(model: BertModel, ids: Tensor, mask: Tensor) -> Tensor:
    """Mean-pooled vectors of length one, (texts, 384), in float32."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    weights = mask.unsqueeze(-1).float()
    pooled = (hidden.float() * weights).sum(1) / weights.sum(1)
    return functional.normalize(pooled, dim=-1)


def padded(tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Piece numbers filled up with 0 to the longest, and the mask that says which are real."""
    longest = max(len(row) for row in tokens)
    ids = torch.zeros(len(tokens), longest, dtype=torch.long)
    mask = torch.zeros(len(tokens), longest, dtype=torch.long)
    for number, row in enumerate(tokens):
        ids[number, : len(row)] = torch.tensor(row)
        mask[number, : len(row)] = 1
    return ids, mask


def batches(
    lengths: Sequence[int], tokens: int, most: int, rng: random.Random
) -> Iterator[list[int]]:
    """Numbers of texts of like length, at most `most` texts and about `tokens` pieces together.

    Texts are sorted within large random blocks only, so that batches differ between epochs.
    """
    block = most * 40
    made = []
    for start in range(0, len(lengths), block):
        order = sorted(range(start, min(start + block, len(lengths))), key=lambda n: lengths[n])
        batch: list[int] = []
        for number in order:
            if batch and (len(batch) >= most or (len(batch) + 1) * lengths[number] > tokens):
                made.append(batch)
                batch = []
            batch.append(number)
        made.append(batch)
    rng.shuffle(made)
    yield from made


def encode(
    model: BertModel, tokenizer: Tokenizer, texts: Sequence[str], tokens: int = 4096
) -> NDArray[np.float32]:
    """Vectors of texts as the model stands now, (texts, 384)."""
    rows = [encoding.ids for encoding in encodings(tokenizer, texts)]
    vectors = np.zeros((len(rows), model.config.hidden_size), dtype=np.float32)
    model.train(False)
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    with torch.no_grad():
        batch: list[int] = []
        for place, number in enumerate(order):
            batch.append(number)
            if place + 1 == len(order) or (len(batch) + 1) * len(rows[order[place + 1]]) > tokens:
                vectors[batch] = forward(model, *padded([rows[n] for n in batch])).numpy()
                batch = []
    return vectors


def encodings(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """The pieces of each text, at most MAX_TOKENS of them."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    encoded: list[Encoding] = tokenizer.encode_batch(list(texts))
    return encoded
