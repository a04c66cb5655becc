"""All training pairs, the pairs held out, and what is drawn from them in an epoch."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.encoder.training.pairs import CORPORA, Pair, passages, read, without_repeats
from retrieval.encoder.training.sources import read_sources

# The first lines of each prose corpus are held out to choose settings by.
HELD_OUT = {
    "nllb-seed.en-prs.tsv": 400,
    "tico19.en-fa.tsv": 250,
    "courses.en-fa.tsv": 150,
    "security-tools.en-fa.tsv": 100,
    "tatoeba.en-fa.tsv": 100,
}
_PASSAGE_LINES = (2, 3, 4, 5, 6)
_PASSAGE_CHARACTERS = 1100
_SEGMENTATIONS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of one kind; `share` of them is drawn in each epoch. `joined`: they are passages."""

    name: str
    pairs: list[Pair]
    share: float
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """Training groups and held-out pairs; `held_out_passages` are joined held-out lines."""

    groups: list[Group]
    held_out: list[Pair]
    held_out_passages: list[Pair]

    def pairs(self) -> list[Pair]:
        """Every training pair, in the order that the numbers of `draw` count."""
        return [pair for group in self.groups for pair in group.pairs]

    def single_pairs(self) -> list[Pair]:
        """Every training pair once, without the passages that are joined out of them."""
        return [pair for group in self.groups if not group.joined for pair in group.pairs]

    def draw(self, rng: random.Random) -> list[int]:
        """The numbers of the pairs of one epoch, in random order."""
        drawn: list[int] = []
        start = 0
        for group in self.groups:
            count = len(group.pairs)
            drawn += rng.sample(range(start, start + count), round(group.share * count))
            start += count
        rng.shuffle(drawn)
        return drawn


def load(parallel: Path, sources: Path | None, seed: int) -> Dataset:
    """Everything that can be learned from `parallel` and, if given, the guides in `sources`.

    Raises FileNotFoundError when a file is missing.
    """
    rng = random.Random(seed)  # noqa: S311 - draws, not secrets
    held_out: list[Pair] = []
    held_out_passages: list[Pair] = []
    read_files = {corpus.file: read(parallel / corpus.file) for corpus in CORPORA}
    for file, count in HELD_OUT.items():
        kept, read_files[file] = read_files[file][:count], read_files[file][count:]
        held_out += kept
        if file.startswith(("nllb", "tico")):
            held_out_passages += passages(kept, [5] * count)
    held_english = {pair.english.lower() for pair in held_out}
    groups = []
    repeats: set[tuple[str, str]] = set()
    for corpus in CORPORA:
        pairs = [
            pair
            for pair in without_repeats(read_files[corpus.file], repeats)
            if pair.english.lower() not in held_english
        ]
        groups.append(Group(corpus.file, pairs, corpus.share))
        if corpus.passages:
            joined = [pair for _ in range(_SEGMENTATIONS) for pair in _joined(pairs, rng)]
            groups.append(
                Group(f"passages of {corpus.file}", joined, corpus.passages / _SEGMENTATIONS)
            )
    if sources is not None:
        groups.append(Group("guides", read_sources(sources), 1.0))
    return Dataset(groups, held_out, held_out_passages)


def _joined(pairs: list[Pair], rng: random.Random) -> Iterator[Pair]:
    sizes = (rng.choice(_PASSAGE_LINES) for _ in pairs)
    for pair in passages(pairs, sizes):
        if len(pair.english) <= _PASSAGE_CHARACTERS:
            yield pair
