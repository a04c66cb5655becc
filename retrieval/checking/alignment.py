"""Which sentence of its passages each clause of a statement stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.clauses import Clause, clauses_of
from retrieval.checking.names import Named, Names, missing
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
    """A clause of a statement, the sentence that says it best, how like each of its words is to
    one of that sentence or its heading, and the cosine of the two."""

    clause: Clause
    named: Named
    source: Source
    sentence: SourceSentence
    likeness: tuple[float, ...]
    cosine: float


def align(
    text: str, sources: Sequence[Source], encoder: Encoder, same: Sameness, names: Names
) -> tuple[list[Aligned], NDArray[np.float32]]:
    """Return the clauses of ``text``, each with its sentence, and the vector of ``text``.

    There are no clauses where there is nothing to compare.
    """
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
        named = names.of(clause.text)
        cosines = np.array([vector @ sentence.vector for _, sentence in sentences])
        first = cosines + _WHOLE * whole + [_common(clause, named, s) for _, s in sentences]
        best: tuple[float, Aligned] | None = None
        for n in np.argsort(-first)[:_CONSIDERED]:
            source, sentence = sentences[n]
            theirs = (*sentence.clause.content, *source.heading.content)
            likeness = same.matrix(clause.content, theirs).max(axis=1, initial=0.0)
            likeness[_borne(clause, named, source, sentence)] = 1.0
            fit = float(likeness.mean() + first[n])
            if best is None or fit > best[0]:
                found = tuple(map(float, likeness))
                cosine = float(cosines[n])
                best = fit, Aligned(clause, named, source, sentence, found, cosine)
        if best is not None:
            aligned.append(best[1])
    return aligned, vectors[0]


def _borne(clause: Clause, named: Named, source: Source, sentence: SourceSentence) -> list[int]:
    """Return the numbers of the words of ``clause`` in names that ``sentence``, its publishers or
    its headings name too, however they spell them."""
    meant = sentence.names.meant | sentence.said_names | source.heading_names.meant
    words = {
        word
        for name, ids in named.known.items()
        if not ids.isdisjoint(meant)
        for word in name.split()
    }
    return [n for n, word in enumerate(clause.content) if word.surface in words]


def _common(clause: Clause, named: Named, sentence: SourceSentence) -> float:
    """Return how much words, figures, dates and names speak for ``sentence``."""
    own = clause.stems
    words = len(own & sentence.clause.stems) / len(own) if own else 0.0
    figures = {*clause.numbers, *clause.dates}
    shared = len(figures & {*sentence.clause.numbers, *sentence.clause.dates}) / max(
        len(figures), 1
    )
    borne = 1 - len(missing(named, sentence.names.meant, sentence.surfaces)) / max(
        len(named.known) + len(named.others), 1
    )
    return words + _SHARED * (shared + borne)
