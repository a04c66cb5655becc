"""The table of word pieces, half of a model, left in its file: a text needs a few rows of it.

Read into memory the two tables would be 20 MB of every process. Mapped, the system keeps only the
rows that were looked up, and lets processes share them. onnxruntime has no setting for that, but
takes a table from its caller in the place of the model's own; where that lies in the file is told
by the file's structure (ONNX is a protocol buffer: protobuf.dev/programming-guides/encoding).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TABLE = "words.q"
# The numbers of fields in onnx.proto: ModelProto, GraphProto, TensorProto.
_GRAPH, _INITIALIZER = 7, 5
_DIMS, _DATA_TYPE, _NAME, _RAW_DATA = 1, 2, 8, 9
_KINDS = {1: np.float32, 3: np.int8}  # of TensorProto.DataType
_VARINT, _LENGTH = 0, 2  # kinds of fields


@lru_cache(maxsize=8)
def mapped(model: Path, tensor: str) -> NDArray[Any]:
    """Return a tensor of the file ``model``, such as the word pieces, shape ``(pieces,
    dimensions)``, as it lies there: in bytes, or in 32-bit floats.
    The file must stay as it is, or be replaced by another, as installing anew does. Whoever asks
    again gets the same, so that no row is counted twice.

    Raises ``OSError``, ``ValueError`` or ``IndexError`` where the file is not such a model.
    """
    with model.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    for graph in _held(content, 0, len(content), _GRAPH):
        for held in _held(content, *graph, _INITIALIZER):
            fields = list(_fields(content, *held))
            name = b"".join(content[start:end] for number, start, end in fields if number == _NAME)
            if name.decode() == tensor:
                [place] = [start for number, start, _ in fields if number == _RAW_DATA]
                [kind] = [value for number, value, _ in fields if number == _DATA_TYPE]
                shape = tuple(value for number, value, _ in fields if number == _DIMS)
                return np.memmap(model, _KINDS[kind], "r", place, shape)
    raise ValueError(f"{model} holds no {tensor}")


def _held(content: mmap.mmap, start: int, end: int, wanted: int) -> Iterator[tuple[int, int]]:
    """Yield where each field ``wanted`` of the message between the two begins and ends."""
    for number, begins, ends in _fields(content, start, end):
        if number == wanted:
            yield begins, ends


def _fields(content: mmap.mmap, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each field, where it begins and where it ends; of a plain number that
    number and 0."""
    at = start
    while at < end:
        key, at = _number(content, at)
        value, at = _number(content, at)
        if key & 7 == _LENGTH:
            yield key >> 3, at, at + value
            at += value
        elif key & 7 == _VARINT:
            yield key >> 3, value, 0
        else:
            raise ValueError("a field of a kind that these models do not have")


def _number(content: mmap.mmap, at: int) -> tuple[int, int]:
    """Return the number that begins ``at``, seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = content[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at
