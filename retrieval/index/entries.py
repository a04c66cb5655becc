"""What is put into the dense index: passages, their sentences, and the questions they answer."""

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
    """One text with one vector. ``id`` is a passage's, a sentence's (``passage/n``) or a question's
    (``?n``, in the order of ``Contents.questions``); ``digest`` identifies the text."""

    id: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Texts:
    """All that is to be encoded, in this order: the passages, their sentences, the questions.

    ``sentences`` holds for each sentence the position of its passage; ``questions`` for each
    question the positions of the passages that may answer it.
    """

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    sentences: tuple[int, ...]
    questions: tuple[range, ...]


def texts_of(documents: Sequence[Document]) -> Texts:
    """Return the passages of ``documents`` and every text to encode, in a fixed order."""
    passages: list[Passage] = []
    asked: list[tuple[Entry, range]] = []
    for document in documents:
        own = passages_of(document)
        span = range(len(passages), len(passages) + len(own))
        passages.extend(own)
        for question in document.questions:
            entry = Entry(f"?{len(asked)}", question.text)
            asked.append((entry, _answering(question.section, own, span)))
    said = [
        (Entry(sentence_id(passage, number), passage.text[sentence.start : sentence.end]), position)
        for position, passage in enumerate(passages)
        for number, sentence in enumerate(passage.sentences)
    ]
    return Texts(
        tuple(passages),
        (
            *(Entry(passage.id, passage.indexed_text) for passage in passages),
            *(entry for entry, _ in said),
            *(entry for entry, _ in asked),
        ),
        tuple(position for _, position in said),
        tuple(span for _, span in asked),
    )


def _answering(section: str | None, passages: Sequence[Passage], span: range) -> range:
    """Return the positions of the passages of ``section``; ``span``, all, where it is not said."""
    if section is None:
        return span
    prefix = f"{passages[0].document}#{section}."
    inside = [at for at, p in zip(span, passages, strict=True) if p.id.startswith(prefix)]
    return range(inside[0], inside[-1] + 1) if inside else span


def sentence_id(passage: Passage, number: int) -> str:
    """Return the id of the entry of sentence ``number`` (from 0) of ``passage``."""
    return f"{passage.id}/{number}"


def passage_of_entries(texts: Texts, vectors: NDArray[np.float32]) -> list[int]:
    """Return, for each entry, the position of the passage it leads to.

    A question leads to the passage, of those that may answer it, whose vector is nearest.
    ``vectors`` has shape ``(entries, dimensions)``, rows of length one.
    """
    positions = [*range(len(texts.passages)), *texts.sentences]
    for row, span in enumerate(texts.questions, len(positions)):
        likeness = vectors[span.start : span.stop] @ vectors[row]
        positions.append(span.start + int(np.argmax(likeness)))
    return positions
