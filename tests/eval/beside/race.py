"""Runs the contenders, one at a time, each stage in a process of its own."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.settings import PROJECT
from tests.eval.beside.contenders import Found
from tests.eval.beside.entries import Entry, model_paths
from tests.eval.child import measured

# How many hits are asked of each: enough that ten are left when translations count once.
LIMIT = 20
_SEED = 6
# Nothing is looked up, nothing reported, and nobody has more threads than another.
_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "DO_NOT_TRACK": "1",
}
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(slots=True)
class Run:
    """What was measured of one entry. Times are in seconds (``cold``: from the start of a process
    to its first answer) and milliseconds (``warm``: each further question), memory in MB. What is
    ``busy`` is time of the processor, which other work on the machine does not lengthen."""

    entry: Entry
    index_seconds: float
    index_busy: float
    pieces: int
    index_peak_mb: float
    cold: list[float] = field(default_factory=list)
    cold_busy: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    warm_busy: list[float] = field(default_factory=list)
    steady_mb: float = 0.0
    peak_mb: float = 0.0
    found: list[list[Found]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Track:
    """Where it is run: the environment's Python, the folder for the indexes, what is indexed."""

    python: Path
    scratch: Path
    material: Path
    knowledge: Path
    english: str
    threads: int

    def environment(self) -> dict[str, str]:
        """Return what every process finds in its environment."""
        return {**_QUIET, **dict.fromkeys(_THREADS, str(self.threads))}

    def arguments(self, entry: Entry, stage: str) -> list[str | Path]:
        """Return the arguments of ``tests.eval.beside.contender``."""
        model = model_paths(self.english)[entry.model][entry.is_ours]
        name = f"daricheh-{entry.model}" if entry.is_ours else entry.key
        arguments: list[str | Path] = [stage, entry.name, model, self.scratch / name]
        arguments += ["--material", self.material, "--knowledge", self.knowledge]
        arguments += ["--limit", str(LIMIT)]
        return [*arguments, "--split"] if entry.split else arguments


def race(
    track: Track,
    taking_part: Sequence[Entry],
    questions: Sequence[str],
    *,
    rounds: int,
    timed: int,
    show: Callable[[str, int, int], None],
    announce: Callable[[str], None],
) -> list[Run]:
    """Index and ask with each entry in ``rounds`` rounds, in another order each time.

    The first round indexes and puts all ``questions``, for what is found; the further ones put the
    first ``timed`` to a new process, for the time. One that fails is announced and left out.
    Interrupted, it returns what it has of those that answered once.
    """
    chance = random.Random(_SEED)
    total = len(taking_part) * rounds
    runs: dict[Entry, Run] = {}
    failed: set[Entry] = set()
    done = 0
    try:
        for turn in range(rounds):
            for entry in chance.sample(taking_part, len(taking_part)):
                show(f"round {turn + 1}: {entry.key}", done, total)
                done += 1
                if entry in failed:
                    continue
                try:
                    if turn == 0:
                        runs[entry] = _indexed(track, entry, runs.values())
                    _asked(track, runs[entry], questions if turn == 0 else questions[:timed])
                except RuntimeError as error:
                    failed.add(entry)
                    announce(f"{entry.key} is left out: {error}")
    except KeyboardInterrupt:
        announce("Interrupted: what follows is what was done so far.")
    whole = (entry for entry in taking_part if entry in runs and entry not in failed)
    return [runs[entry] for entry in whole if runs[entry].found]


def _indexed(track: Track, entry: Entry, others: Iterable[Run]) -> Run:
    """Return what indexing took. Both ways of asking ours read one index, made once."""
    for one in others:
        if one.entry.is_ours and entry.is_ours and one.entry.model == entry.model:
            return Run(entry, one.index_seconds, one.index_busy, one.pieces, one.index_peak_mb)
    found = measured(
        "tests.eval.beside.contender",
        track.arguments(entry, "index"),
        python=track.python,
        environment=track.environment(),
    )
    return Run(entry, found["seconds"], found["busy"], found["pieces"], found["peak_mb"])


def _asked(track: Track, run: Run, questions: Sequence[str]) -> None:
    """Put ``questions`` to a new process; add what was measured to ``run``."""
    started = time.perf_counter()
    module = "tests.eval.beside.contender"
    process = subprocess.Popen(
        [track.python, "-m", module, *track.arguments(run.entry, "ask")],
        cwd=PROJECT,
        env={**os.environ, **track.environment()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    found = []
    with process:
        for number, question in enumerate(questions):
            process.stdin.write(f"{' '.join(question.split())}\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline() or "{}")
            if "ms" not in answer:
                raise RuntimeError(f"{run.entry.key} ended in the middle of the questions.")
            if number == 0:
                run.cold.append(time.perf_counter() - started)
                run.cold_busy.append(answer["since_start"])
            else:
                run.warm.append(answer["ms"])
                run.warm_busy.append(answer["busy_ms"])
            found.append([Found(*one) for one in answer["found"]])
        process.stdin.close()
        memory = json.loads(process.stdout.readline())
    run.steady_mb = max(run.steady_mb, memory["steady_mb"])
    run.peak_mb = max(run.peak_mb, memory["peak_mb"])
    run.found = run.found or found
