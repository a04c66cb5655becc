"""A cited passage, read for comparing: its sentences, and what stands above them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.calendar import Date, dates_of
from retrieval.checking.clauses import Clause, read_clause
from retrieval.checking.names import Named, Names
from retrieval.encoder import Encoder
from retrieval.language.words import surface_words
from retrieval.passages import Passage


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a cited passage. ``said_by`` are the words of its publishers' names, ``on`` the
    days that they published and that the passage is of: a statement may name them too."""

    clause: Clause
    names: Named
    surfaces: frozenset[str]
    said_by: frozenset[str]
    said_names: frozenset[str]
    on: tuple[Date, ...]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage; ``heading`` is what its headings bear for all its sentences."""

    language: str
    role: str
    sentences: tuple[SourceSentence, ...]
    heading: Clause
    heading_names: Named
    heading_surfaces: frozenset[str]


def read_source(passage: Passage, names: Names, encoder: Encoder) -> Source:
    """Return ``passage`` read; raise ``EncoderError`` where the encoder cannot be used."""
    texts = [passage.text[s.start : s.end] for s in passage.sentences]
    vectors = encoder.encode_passages(texts)
    sentences = []
    for sentence, text, vector in zip(passage.sentences, texts, vectors, strict=True):
        said_by = " ".join(r.publisher for r in sentence.references)
        days = " ".join((passage.as_of, *(r.date or "" for r in sentence.references)))
        # A bare year is too little to tell what was published from what happened.
        on = tuple(date for date in dates_of(days)[0] if date.month)
        sentences.append(
            SourceSentence(
                read_clause(text),
                names.of(text),
                frozenset(surface_words(text)),
                frozenset(surface_words(said_by)),
                names.of(said_by).meant,
                on,
                vector,
            )
        )
    heading = read_clause(passage.context)
    return Source(
        language=passage.language,
        role=passage.role,
        sentences=tuple(sentences),
        heading=heading,
        heading_names=names.of(passage.context),
        heading_surfaces=frozenset(surface_words(passage.context)),
    )
