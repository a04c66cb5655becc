"""A cited passage, read for comparing: its sentences, and what stands above them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.calendar import Date, dates_of
from retrieval.checking.clauses import Clause, clauses_of, read_clause
from retrieval.checking.names import Named, Names
from retrieval.checking.numbers import numbers_of
from retrieval.encoder import Encoder
from retrieval.language.words import surface_words
from retrieval.passages import Passage


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a cited passage: as a whole, in clauses, what it names, and its vector."""

    whole: Clause
    clauses: tuple[Clause, ...]
    names: Named
    surfaces: frozenset[str]
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage. ``above`` is what its headings, sources and dates bear for all sentences."""

    language: str
    role: str
    sentences: tuple[SourceSentence, ...]
    above: Clause
    above_names: Named
    above_surfaces: frozenset[str]
    above_dates: tuple[Date, ...]
    above_numbers: frozenset[float]


def read_source(passage: Passage, names: Names, encoder: Encoder) -> Source:
    """Return ``passage`` read; raise ``EncoderError`` where the encoder cannot be used."""
    texts = [passage.text[s.start : s.end] for s in passage.sentences]
    vectors = encoder.encode_passages(texts)
    references = dict.fromkeys(r for s in passage.sentences for r in s.references)
    said_by = " ".join(r.publisher for r in references)
    above = f"{passage.context} {said_by}"
    dates, dateless = dates_of(
        f"{above} {passage.as_of} {' '.join(r.date or '' for r in references)}"
    )
    return Source(
        language=passage.language,
        role=passage.role,
        sentences=tuple(
            SourceSentence(
                read_clause(text),
                clauses_of(text),
                names.of(text),
                frozenset(surface_words(text)),
                vector,
            )
            for text, vector in zip(texts, vectors, strict=True)
        ),
        above=read_clause(above),
        above_names=names.of(above),
        above_surfaces=frozenset(surface_words(above)),
        above_dates=dates,
        above_numbers=numbers_of(dateless),
    )
