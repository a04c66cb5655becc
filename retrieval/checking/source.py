"""A cited passage, read for comparing: its sentences, and what stands above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.calendar import Date, dates_of
from retrieval.checking.clauses import Clause, read_clause
from retrieval.checking.names import Named, Names
from retrieval.encoder import Encoder
from retrieval.language.words import surface_words
from retrieval.passages import Passage

# "Go through the list: whose names were on it?" says what to do before it asks.
_STATES_FIRST = re.compile(r"[:؛;]\s")


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
    """A cited passage; ``heading`` is what its headings bear for all its sentences: of one that
    asks, no more than whom and when it asks about."""

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
        if _asks(text) and not _STATES_FIRST.search(text):
            continue
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
    return Source(
        language=passage.language,
        role=passage.role,
        sentences=tuple(sentences),
        heading=_heading(passage, names),
        heading_names=names.of(passage.context),
        heading_surfaces=frozenset(surface_words(passage.context)),
    )


def _heading(passage: Passage, names: Names) -> Clause:
    """Return what the headings of ``passage`` bear: "An excuse is accepted" must not stand on
    "Which excuse is accepted?"."""
    headings = (passage.title, *passage.path, passage.section)
    stating = read_clause("\n".join(h for h in headings if not _asks(h)))
    asking = [h for h in headings if _asks(h)]
    asked = read_clause("\n".join(asking))
    named = names.of("\n".join(asking))
    words = {word for name in (*named.known, *named.others) for word in name.split()}
    return replace(
        stating,
        content=(*stating.content, *(w for w in asked.content if w.surface in words)),
        dates=(*stating.dates, *asked.dates),
    )


def _asks(text: str) -> bool:
    return text.rstrip(" »”\"')").endswith(("?", "؟"))
