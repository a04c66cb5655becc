"""Cleaned English-to-Arabic-script pairs, sorted by what they are worth for training."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.encoder.normalise import normalise
from retrieval.encoder.script import is_arabic_script


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in English and its translation (`other`), both cleaned but not normalised."""

    english: str
    other: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """How a file of pairs is used.

    `share` is the part of its pairs drawn in each epoch. Where consecutive lines belong together
    they are also joined into passages, and `passages` is how much of the text an epoch sees so.
    """

    file: str
    share: float
    passages: float = 0.0


# Prose in full every time; interface strings and titles, of which there are many and which teach
# little beyond words and names, in part.
CORPORA = (
    Corpus("nllb-seed.en-prs.tsv", 1.0, passages=2.0),
    Corpus("tico19.en-fa.tsv", 1.0, passages=1.5),
    Corpus("courses.en-fa.tsv", 1.0, passages=0.75),
    Corpus("security-tools.en-fa.tsv", 1.0, passages=1.5),
    Corpus("tatoeba.en-fa.tsv", 1.0),
    Corpus("tico19.en-ckb.tsv", 0.5),
    Corpus("chromium.en-fa.tsv", 0.8),
    Corpus("chromium.en-ar.tsv", 0.3),
    Corpus("mediawiki.en-fa.tsv", 0.5),
    Corpus("desktop-strings.en-fa.tsv", 0.4),
    Corpus("wikipedia-titles.en-fa.tsv", 0.5),
)

_CLEANERS = (
    (re.compile(r"</?[A-Za-z][^<>]{0,200}>"), " "),
    (re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\]\s?\([^()\s]*\)?"), r"\1"),
    (re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}|\{[^{}\s]*\}"), " "),
    (re.compile(r"%(?:\d+\$)?[-+#0]?\d*(?:\.\d+)?l{0,2}[sdiufcxgp]\b|%\(\w+\)s|\$\d|%\d"), " "),
    (re.compile(r"https?://\S+"), " "),
    (re.compile(r"&(?:nbsp|amp|lt|gt|quot);"), " "),
    (re.compile(r"[`*]+|''+|\\[nt\"]|^#+ "), " "),
    (re.compile(r"(?:^|(?<=\s))[_&](?=\w)|(?<=\w)[_&](?=\w)|\(_?&?[A-Z]\)"), ""),
    (re.compile(r"\s+"), " "),
)


def clean(text: str) -> str:
    """The words of a string without markup, links, placeholders and keyboard accelerators."""
    for pattern, replacement in _CLEANERS:
        text = pattern.sub(replacement, text)
    return text.strip(' \t-–—•·|"')


def is_usable(pair: Pair) -> bool:
    """Whether both sides hold words, each in its own script, and their lengths fit."""
    letters = sum(letter.isalpha() for letter in pair.english)
    if letters < 2 or not is_arabic_script(pair.other, 0.5) or is_arabic_script(pair.english, 0.5):
        return False
    english, other = len(pair.english), len(pair.other)
    if max(english, other) < 20:
        return True
    return 0.4 <= other / english <= 2.2


def read(path: Path) -> list[Pair]:
    """The usable pairs of one tab-separated file, in its order; a catalogue of numbers is left out.

    Raises FileNotFoundError when the file is not there.
    """
    titles = path.name.startswith("wikipedia-titles")
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) < 2:
            continue
        if titles and columns[0][:1].isdigit():
            continue
        pair = Pair(clean(columns[0]), clean(columns[1]))
        if is_usable(pair):
            pairs.append(pair)
    return pairs


def without_repeats(pairs: Iterable[Pair], seen: set[tuple[str, str]]) -> Iterator[Pair]:
    """The pairs whose normalised text is not in `seen`, which grows."""
    for pair in pairs:
        key = (pair.english.lower(), normalise(pair.other))
        if key not in seen:
            seen.add(key)
            yield pair


def passages(pairs: list[Pair], sizes: Iterable[int]) -> Iterator[Pair]:
    """Neighbouring pairs joined into longer ones, `sizes` lines at a time."""
    start = 0
    for size in sizes:
        if start >= len(pairs):
            return
        group = pairs[start : start + size]
        start += size
        if len(group) > 1:
            yield Pair(
                " ".join(_closed(pair.english) for pair in group),
                " ".join(_closed(pair.other) for pair in group),
            )


def _closed(text: str) -> str:
    return text if text[-1:] in ".!?؟:;؛" else text + "."
