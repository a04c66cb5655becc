"""What is put into the dense index: each passage, and each question a document answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.knowledge.documents import Document
from retrieval.passages import Passage, passages_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One text with one vector. ``digest`` identifies the text."""

    id: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Texts:
    """All that is to be encoded: passages first, then the questions of their documents.

    ``questions`` holds, for each question entry, the positions of its document's passages.
    """

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    questions: tuple[range, ...]


def texts_of(documents: Sequence[Document]) -> Texts:
    """Return the passages of ``documents`` and every text to encode, in a fixed order."""
    passages: list[Passage] = []
    asked: list[tuple[Entry, range]] = []
    for document in documents:
        own = passages_of(document)
        span = range(len(passages), len(passages) + len(own))
        passages.extend(own)
        for number, question in enumerate(document.header.questions, 1):
            entry = Entry(f"{document.id}?{number}@{document.language}", question)
            asked.append((entry, span))
    entries = [Entry(passage.id, passage.indexed_text) for passage in passages]
    return Texts(
        tuple(passages),
        (*entries, *(entry for entry, _ in asked)),
        tuple(span for _, span in asked),
    )


def passage_of_entries(texts: Texts, vectors: NDArray[np.float32]) -> list[int]:
    """Return, for each entry, the position of the passage it leads to.

    A question leads to the passage of its document whose vector is nearest to its own.
    ``vectors`` has shape ``(entries, dimensions)``, rows of length one.
    """
    positions = list(range(len(texts.passages)))
    for row, span in enumerate(texts.questions, len(texts.passages)):
        likeness = vectors[span.start : span.stop] @ vectors[row]
        positions.append(span.start + int(np.argmax(likeness)))
    return positions
