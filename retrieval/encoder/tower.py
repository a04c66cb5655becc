"""One of the two models: a tokenizer and an ONNX graph that gives a vector of length one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from retrieval.encoder.mapped import TABLE, mapped

DIMENSIONS = 384
MAX_TOKENS = 256

# No word piece is longer than this on average over a text; what follows is never read.
_MAX_CHARACTERS = MAX_TOKENS * 24
# Small batches keep the activations in the cache and the memory low.
_BATCH_TOKENS = 1024


@dataclass(frozen=True, slots=True)
class Tower:
    """A loaded model. Safe to use from several threads."""

    tokenizer: Tokenizer
    session: onnxruntime.InferenceSession
    table: onnxruntime.OrtValue  # which the session reads, but does not keep

    def encode(self, texts: Sequence[str]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Batches of like length: the places of the texts in `texts`, and their vectors."""
        encodings: list[Encoding] = self.tokenizer.encode_batch(
            [text[:_MAX_CHARACTERS] for text in texts]
        )
        rows = [encoding.ids for encoding in encodings]
        for places in _batches([len(row) for row in rows]):
            ids, mask = _padded([rows[place] for place in places])
            (vectors,) = self.session.run(None, {"ids": ids, "mask": mask})
            yield places, vectors


def load_tower(model: Path, tokenizer: Path, threads: int) -> Tower:
    """Reads a model; `threads` is how many cores one call may use.

    Raises OSError when a file is not there.
    """
    if not model.is_file():
        raise FileNotFoundError(model)
    pieces = load_tokenizer(tokenizer)
    options = session_options(threads)
    table = onnxruntime.OrtValue.ortvalue_from_numpy(mapped(model, TABLE))
    options.add_initializer(TABLE, table)
    session = onnxruntime.InferenceSession(
        str(model), sess_options=options, providers=["CPUExecutionProvider"]
    )
    return Tower(pieces, session, table)


@lru_cache(maxsize=4)
def load_tokenizer(path: Path) -> Tokenizer:
    """Reads a tokenizer, once a process; it cuts after MAX_TOKENS pieces. Raises OSError."""
    pieces = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    pieces.no_padding()
    pieces.enable_truncation(MAX_TOKENS)
    return pieces


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """How every model here runs: on `threads` cores, and quiet between two calls."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # A bot waits most of the time: it should hold no memory and burn no processor meanwhile.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places sorted by length, in groups that hold about _BATCH_TOKENS pieces when padded."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _padded(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    longest = max(len(row) for row in rows)
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros((len(rows), longest), dtype=np.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask
