"""A pile of passages of any size: the folder's own first, then recombined sentences."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.knowledge.documents import Language
from retrieval.passages import Passage, Sentence

# A made passage is this many sentences out of so many neighbours: enough combinations for a million
# different passages out of some ten thousand sentences, each about one matter.
FEWEST, MOST, NEIGHBOURS = 3, 5, 12
# So many passages make a document.
DOCUMENT = 8
_SEED = 6

Vectors = NDArray[np.float32]


def own_first(passages: Sequence[Passage], wanted: Collection[str]) -> list[Passage]:
    """Return ``passages`` with those that answer a question first: whose ``document#section`` or
    document is ``wanted``."""
    return sorted(passages, key=lambda passage: not is_wanted(passage, wanted))


def is_wanted(passage: Passage, wanted: Collection[str]) -> bool:
    """Whether ``passage`` belongs to one of the sections or documents ``wanted``."""
    return passage.document in wanted or passage.key.rpartition(".")[0] in wanted


def made_passages(
    pool: Mapping[str, Sequence[str]], vectors: Mapping[str, Vectors], number: int
) -> Iterator[tuple[Passage, Vectors]]:
    """Yield ``number`` passages made of the sentences of ``pool``, half in each language, and their
    vectors: the mean of those of their sentences, brought to length one.

    The same pool gives the same passages; no two are alike as long as there are combinations.
    """
    chance = random.Random(_SEED)
    languages: tuple[Language, ...] = ("fa", "en")
    seen: set[tuple[Language, tuple[int, ...]]] = set()
    while len(seen) < number:
        language = languages[len(seen) % 2]
        own = pool[language]
        start = chance.randrange(max(1, len(own) - NEIGHBOURS + 1))
        near = range(start, min(start + NEIGHBOURS, len(own)))
        count = min(chance.randint(FEWEST, MOST), len(near))
        chosen = tuple(sorted(chance.sample(near, count)))
        if (language, chosen) in seen:
            continue
        place = len(seen)
        seen.add((language, chosen))
        mean = vectors[language][list(chosen)].mean(axis=0)
        yield _passage(place, language, [own[at] for at in chosen]), mean / np.linalg.norm(mean)


def _passage(place: int, language: Language, texts: Sequence[str]) -> Passage:
    document, position = f"made-{place // DOCUMENT}", place % DOCUMENT
    spans, end = [], -1
    for text in texts:
        start, end = end + 1, end + 1 + len(text)
        spans.append(Sentence(start, end, ()))
    heading = " ".join(texts[0].split()[:5])
    return Passage(
        id=f"{document}#s{position}.1@{language}",
        document=document,
        language=language,
        kind="article",
        title=heading,
        section=heading,
        path=(),
        role="fact",
        position=position,
        text=" ".join(texts),
        sentences=tuple(spans),
        topics=(),
        urgent=None,
        as_of="2026-01-01",
        review_by="2027-01-01",
    )
