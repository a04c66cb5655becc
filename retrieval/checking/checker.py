"""A statement held against the passages it cites."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.alignment import Aligned, align
from retrieval.checking.clauses import read_clause
from retrieval.checking.conclusions import conclusion_faults
from retrieval.checking.conditions import condition_faults
from retrieval.checking.figures import figure_faults, name_faults
from retrieval.checking.names import Names
from retrieval.checking.pairing import SAME, SAME_ACROSS, Pairing
from retrieval.checking.polarity import negation_faults
from retrieval.checking.sameness import Sameness
from retrieval.checking.scopes import scopes_of
from retrieval.checking.source import Source, read_source
from retrieval.checking.strength import strength_faults, tells
from retrieval.checking.verdict import Fault, Verdict
from retrieval.checking.weights import (
    NOVEL,
    OTHER_LANGUAGE,
    PASSES,
    PASSES_ACROSS,
    SAME_LANGUAGE,
    Features,
    likelihood,
)
from retrieval.checking.written import Written
from retrieval.encoder import Encoder
from retrieval.knowledge.shared_files import Term
from retrieval.language.detect import is_persian_script
from retrieval.passages import Passage

# Passages that are held read: an answer's statements cite the same few again and again.
_HELD = 64


class Entailment(Protocol):
    """A model that says how likely a premise bears a claim, between 0 and 1."""

    def likelihoods(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return that of each pair (premise, claim)."""
        ...


class Checker:
    """Checks statements against passages. ``terms`` is the glossary, by which names are known in
    both languages; ``nli`` a second opinion on meaning. Safe to use from several threads."""

    def __init__(
        self, encoder: Encoder, nli: Entailment | None = None, terms: Iterable[Term] = ()
    ) -> None:
        self._encoder = encoder
        self._nli = nli
        self._names = Names(terms)
        self._same = Sameness(encoder, self._names.groups)
        self._read: OrderedDict[str, Source] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, written: Written, passages: Mapping[int, Passage]) -> Verdict:
        """Return whether the passages that ``written`` cites bear it, and what is wrong if not.

        Raises ``EncoderError`` where the encoder cannot be used.
        """
        if not written.citations:
            return Verdict(False, (Fault("no citation", ""),), 0.0)
        unknown = [n for n in written.citations if n not in passages]
        if unknown:
            detail = ", ".join(f"[{n}]" for n in unknown)
            return Verdict(False, (Fault("unknown citation", detail),), 0.0)
        aligned, vector = self._aligned(written, passages)
        if not aligned:
            return Verdict(False, (Fault("meaning", "nothing to compare"),), 0.0)
        across = _across(written, aligned)
        pair = self._pair(written, aligned)
        faults = [
            *figure_faults(pair.own, aligned),
            *name_faults(aligned, self._names),
            *negation_faults(pair, across),
            *strength_faults(pair),
            *condition_faults(pair),
            *conclusion_faults(written.text, _sentences(aligned)),
        ]
        weights = OTHER_LANGUAGE if across else SAME_LANGUAGE
        passes = PASSES_ACROSS if across else PASSES
        scores = [likelihood(features, weights) for features in _features(aligned, vector)]
        score = min(scores)
        if score < passes:
            faults.append(Fault("meaning", aligned[scores.index(score)].clause.text))
        elif self._nli is not None:
            score = min(score, self._nli.likelihoods([(pair.source.text, written.text)])[0])
            if score < passes:
                faults.append(Fault("meaning", written.text))
        return Verdict(not faults, tuple(dict.fromkeys(faults)), score)

    def features(
        self, written: Written, passages: Mapping[int, Passage]
    ) -> tuple[list[Features], bool]:
        """Return what the model of meaning sees of each clause, and whether statement and passage
        are in two languages. For calibration."""
        aligned, vector = self._aligned(written, passages)
        return _features(aligned, vector), bool(aligned) and _across(written, aligned)

    def _aligned(
        self, written: Written, passages: Mapping[int, Passage]
    ) -> tuple[list[Aligned], NDArray[np.float32]]:
        sources = [self._source(passages[n]) for n in written.citations]
        return align(written.text, sources, self._encoder, self._same, self._names)

    def _pair(self, written: Written, aligned: Sequence[Aligned]) -> Pairing:
        text = "\n".join(_sentences(aligned))
        own, source = read_clause(written.text), read_clause(text)
        likeness = self._same.matrix(own.content, source.content)
        across = _across(written, aligned)
        return Pairing(
            own,
            source,
            likeness,
            own_scopes=scopes_of(written.text),
            source_scopes=scopes_of(text),
            advised=_advised(aligned),
            same=SAME_ACROSS if across else SAME,
        )

    def _source(self, passage: Passage) -> Source:
        key = passage.id + passage.digest
        with self._lock:
            source = self._read.get(key)
        if source is None:
            source = read_source(passage, self._names, self._encoder)
            with self._lock:
                self._read[key] = source
                while len(self._read) > _HELD:
                    self._read.popitem(last=False)
        return source


def _sentences(aligned: Sequence[Aligned]) -> list[str]:
    """Return the sentences that a statement stands on, each once."""
    return list({id(a.sentence): a.sentence.clause.text for a in aligned}.values())


def _advised(aligned: Sequence[Aligned]) -> frozenset[int]:
    """Return the numbers of the clauses that advise, among those of the sentences that a statement
    stands on: all of a passage on what to do or avoid, elsewhere those that tell."""
    found: set[int] = set()
    scopes = iter(scopes_of("\n".join(_sentences(aligned))))
    for a in {id(a.sentence): a for a in aligned}.values():
        clauses: dict[int, list[str]] = {}
        for word in a.sentence.clause.words:
            clauses.setdefault(next(scopes), []).append(word)
        found |= {n for n, words in clauses.items() if a.source.role != "fact" or tells(words)}
    return frozenset(found)


def _across(written: Written, aligned: Sequence[Aligned]) -> bool:
    return is_persian_script(written.text) != (aligned[0].source.language == "fa")


def _features(aligned: Sequence[Aligned], vector: NDArray[np.float32]) -> list[Features]:
    everything = [like for a in aligned for like in a.likeness]
    return [
        Features(
            words=sum(a.likeness) / len(a.likeness),
            least_word=min(a.likeness),
            novel=sum(like < NOVEL for like in a.likeness) / len(a.likeness),
            clause=a.cosine,
            whole=float(vector @ a.sentence.vector),
            short=1 / len(a.likeness),
            all_words=sum(everything) / len(everything),
        )
        for a in aligned
    ]
