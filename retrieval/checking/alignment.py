"""Which sentence of its passages each clause of a statement stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.clauses import Clause, clauses_of
from retrieval.checking.sameness import Sameness
from retrieval.checking.source import Source, SourceSentence
from retrieval.encoder import Encoder

# Sentences that are looked at closely for a clause.
_CONSIDERED = 3
# How much it counts for a clause that the whole statement is like a sentence, and that they share a
# figure or a name.
_WHOLE, _SHARED = 0.4, 0.25


@dataclass(frozen=True, slots=True)
class Aligned:
    """A clause of a statement, the sentence that says it best, how like each of its words is to one
    of that sentence or its heading, and the cosine of the two."""

    clause: Clause
    source: Source
    sentence: SourceSentence
    likeness: tuple[float, ...]
    cosine: float


def align(
    text: str, sources: Sequence[Source], encoder: Encoder, same: Sameness
) -> tuple[list[Aligned], NDArray[np.float32]]:
    """Return the clauses of ``text``, each with its sentence, and the vector of ``text``: no clauses
    where there is nothing to compare."""
    clauses = [clause for clause in clauses_of(text) if clause.content]
    if not clauses:
        return [], np.zeros(encoder.dimensions, dtype=np.float32)
    alone = len(clauses) == 1
    vectors = encoder.encode_passages([text, *(() if alone else (c.text for c in clauses))])
    sentences = [(source, sentence) for source in sources for sentence in source.sentences]
    whole = np.array([vectors[0] @ sentence.vector for _, sentence in sentences])
    aligned = []
    for number, clause in enumerate(clauses):
        vector = vectors[0] if alone else vectors[number + 1]
        cosines = np.array([vector @ sentence.vector for _, sentence in sentences])
        first = cosines + _WHOLE * whole + [_common(clause, s) for _, s in sentences]
        options = [
            _close(clause, sentences[n][0], sentences[n][1], float(cosines[n]), same)
            for n in np.argsort(-first)[:_CONSIDERED]
        ]
        fits = [
            float(np.mean(one.likeness)) + float(first[n])
            for one, n in zip(options, np.argsort(-first), strict=False)
        ]
        aligned.append(options[int(np.argmax(fits))])
    return aligned, vectors[0]


def _common(clause: Clause, sentence: SourceSentence) -> float:
    """Return how much words, figures and dates speak for ``sentence``."""
    own = clause.stems
    words = len(own & sentence.clause.stems) / len(own) if own else 0.0
    figures = bool(clause.numbers & sentence.clause.numbers) or bool(
        set(clause.dates) & set(sentence.clause.dates)
    )
    names = any(
        word.surface in sentence.surfaces for word in clause.content if word.surface.isascii()
    )
    return words + _SHARED * (figures + names)


def _close(
    clause: Clause, source: Source, sentence: SourceSentence, cosine: float, same: Sameness
) -> Aligned:
    theirs = (*sentence.clause.content, *source.heading.content)
    likeness = same.matrix(clause.content, theirs).max(axis=1, initial=0.0)
    return Aligned(clause, source, sentence, tuple(map(float, likeness)), cosine)
