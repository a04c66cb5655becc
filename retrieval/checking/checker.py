"""A statement held against the passages it cites."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.checking.calendar import is_borne
from retrieval.checking.clauses import Clause, clauses_of, is_persian, read_clause
from retrieval.checking.names import Names, is_named
from retrieval.checking.polarity import negation_fault
from retrieval.checking.sameness import Sameness
from retrieval.checking.source import Source, SourceSentence, read_source
from retrieval.checking.strength import is_told, strength_faults
from retrieval.checking.verdict import Fault, Verdict
from retrieval.checking.weights import NOVEL, OTHER_LANGUAGE, PASSES, SAME_LANGUAGE, Weights
from retrieval.checking.written import Written
from retrieval.encoder import Encoder
from retrieval.knowledge.shared_files import Term
from retrieval.passages import Passage

# Passages that are held read: an answer's statements cite the same few again and again.
_HELD = 64


class Entailment(Protocol):
    """A model that says how likely a premise bears a claim, between 0 and 1."""

    def likelihoods(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return that of each pair (premise, claim)."""
        ...


@dataclass(frozen=True, slots=True)
class Features:
    """What the model of meaning looks at; each between 0 and 1."""

    words: float  # mean likeness of the words, in the clause where it is least
    least_word: float  # likeness of the word that is least like any of the source
    novel: float  # share of words that are new
    clause: float  # cosine of the clause that is least like its sentence
    whole: float  # cosine of the statement to the sentences it is aligned to


@dataclass(frozen=True, slots=True)
class Aligned:
    """A clause of a statement, and the sentence and clause of the source that say it best."""

    clause: Clause
    source: Source
    sentence: SourceSentence
    near: Clause
    likeness: tuple[float, ...]
    cosine: float


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
        sources = [self._source(passages[n]) for n in written.citations]
        aligned, vector = self._align(written.text, sources)
        if not aligned:
            return Verdict(False, (Fault("meaning", "nothing to compare"),), 0.0)
        faults = [*self._figures(written.text, aligned), *self._turned(aligned)]
        features = self._features(aligned, vector)
        score = self._score(features, written, aligned)
        if score < PASSES:
            faults.append(Fault("meaning", self._least(aligned)))
        return Verdict(not faults, tuple(dict.fromkeys(faults)), score)

    def features(self, written: Written, passages: Mapping[int, Passage]) -> Features | None:
        """Return what the model of meaning sees of a statement, for calibration."""
        sources = [self._source(passages[n]) for n in written.citations]
        aligned, vector = self._align(written.text, sources)
        return self._features(aligned, vector) if aligned else None

    def _source(self, passage: Passage) -> Source:
        key = passage.id + passage.digest
        source = self._read.get(key)
        if source is None:
            source = self._read[key] = read_source(passage, self._names, self._encoder)
            while len(self._read) > _HELD:
                self._read.popitem(last=False)
        return source

    def _align(
        self, text: str, sources: Sequence[Source]
    ) -> tuple[list[Aligned], NDArray[np.float32]]:
        clauses = [clause for clause in clauses_of(text) if clause.content]
        vectors = self._encoder.encode_passages([text, *(c.text for c in clauses)])
        aligned = []
        for clause, vector in zip(clauses, vectors[1:], strict=True):
            options = [
                (source, sentence, float(vector @ sentence.vector))
                for source in sources
                for sentence in source.sentences
            ]
            same = is_persian(text) == (sources[0].language == "fa")
            options.sort(key=lambda o: -(_overlap(clause, o[1]) * same + o[2]))
            best: Aligned | None = None
            for source, sentence, cosine in options[:3]:
                words = (*sentence.whole.content, *source.above.content)
                likeness = tuple(self._same.best(clause.content, words))
                near = max(sentence.clauses, key=lambda c: _shared(clause, c), default=None)
                made = Aligned(clause, source, sentence, near or sentence.whole, likeness, cosine)
                if best is None or _fit(made) > _fit(best):
                    best = made
            if best:
                aligned.append(best)
        return aligned, vectors[0]

    def _features(self, aligned: Sequence[Aligned], vector: NDArray[np.float32]) -> Features:
        likeness = [like for a in aligned for like in a.likeness]
        sentences = {id(a.sentence): a.sentence for a in aligned}
        mean = np.mean([s.vector for s in sentences.values()], axis=0)
        return Features(
            words=min(float(np.mean(a.likeness)) for a in aligned),
            least_word=min(likeness),
            novel=sum(like < NOVEL for like in likeness) / len(likeness),
            clause=min(a.cosine for a in aligned),
            whole=float(vector @ mean / np.linalg.norm(mean)),
        )

    def _score(self, features: Features, written: Written, aligned: Sequence[Aligned]) -> float:
        same = is_persian(written.text) == (aligned[0].source.language == "fa")
        score = likelihood(features, SAME_LANGUAGE if same else OTHER_LANGUAGE)
        if self._nli is not None:
            premises = " ".join(dict.fromkeys(a.sentence.whole.text for a in aligned))
            score = min(score, self._nli.likelihoods([(premises, written.text)])[0])
        return score

    def _figures(self, text: str, aligned: Sequence[Aligned]) -> list[Fault]:
        whole = read_clause(text)
        sentences = [a.sentence for a in aligned]
        sources = [a.source for a in aligned]
        numbers = {n for s in sentences for n in s.whole.numbers}
        numbers |= {n for s in sources for n in s.above_numbers}
        dates = [d for s in sentences for d in s.whole.dates]
        dates += [d for s in sources for d in s.above_dates]
        faults = [Fault("number", f"{n:g}") for n in sorted(whole.numbers - numbers)]
        faults += [Fault("date", str(d)) for d in whole.dates if not is_borne(d, dates)]
        named = self._names.of(text)
        terms = {t for s in sentences for t in s.names.terms}
        terms |= {t for s in sources for t in s.above_names.terms}
        surfaces = frozenset().union(
            *(s.surfaces for s in sentences), *(s.above_surfaces for s in sources)
        )
        for term, found in named.terms.items():
            if term not in terms:
                faults.append(Fault("tool" if self._names.is_tool(term) else "name", found))
        faults += [Fault("name", n) for n in sorted(named.others) if not is_named(n, surfaces)]
        return faults

    def _turned(self, aligned: Sequence[Aligned]) -> list[Fault]:
        faults: list[Fault] = []
        for a in aligned:
            turned = negation_fault(a.clause, [a.near], [a.sentence.whole], self._same)
            if turned:
                faults.append(Fault("negation", turned))
            advice = a.source.role != "fact" or is_told(a.near)
            faults += strength_faults(a.clause, [a.near], [a.sentence.whole], advice)
        return faults

    def _least(self, aligned: Sequence[Aligned]) -> str:
        worst = min(aligned, key=lambda a: float(np.mean(a.likeness)) + a.cosine)
        return worst.clause.text


def likelihood(features: Features, weights: Weights) -> float:
    """Return how likely the cited sentences say it, between 0 and 1."""
    total = weights.constant + sum(
        getattr(features, name) * getattr(weights, name) for name in Weights._fields[1:]
    )
    return 1 / (1 + math.exp(-total))


def _overlap(clause: Clause, sentence: SourceSentence) -> float:
    own = clause.stems
    return len(own & sentence.whole.stems) / len(own) if own else 0.0


def _shared(clause: Clause, other: Clause) -> float:
    return len(clause.stems & other.stems) / math.sqrt(len(other.stems) + 1)


def _fit(aligned: Aligned) -> float:
    return float(np.mean(aligned.likeness)) + aligned.cosine
