"""``python -m tests.eval.beside.contender``: one contender in its own process, for one stage.

``index`` prints one JSON object. ``ask`` reads a question a line and prints a JSON object for each,
as soon as it is answered; at the end of the questions one more, with its memory.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.eval.beside.contenders import Contender, maker
from tests.eval.beside.material import read_material
from tests.eval.resident import peak_megabytes, resident_megabytes


def main() -> None:
    """Index or ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("stage", choices=["index", "ask"])
    parser.add_argument("name")
    parser.add_argument("model")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--material", type=Path)
    parser.add_argument("--knowledge", type=Path)
    parser.add_argument("--split", action="store_true")
    parser.add_argument("--limit", type=int, default=20)
    options = parser.parse_args()
    contender = _made(options)
    if options.stage == "index":
        _index(contender, options)
    else:
        _ask(contender, options.limit)


def _made(options: argparse.Namespace) -> Contender:
    if options.name in ("answer", "search"):
        from tests.eval.beside.contenders.ours import Daricheh

        answers = options.name == "answer"
        return Daricheh(options.model, options.knowledge, options.folder, answers)
    return maker(options.name)(options.model, options.folder)


def _index(contender: Contender, options: argparse.Namespace) -> None:
    given = read_material(options.material)
    texts = given.documents if options.split else given.passages
    started, busy = time.perf_counter(), time.process_time()
    pieces = contender.index(texts, options.split)
    seconds = time.perf_counter() - started
    busy = time.process_time() - busy
    _print({"seconds": seconds, "busy": busy, "pieces": pieces, "peak_mb": peak_megabytes()})


def _ask(contender: Contender, limit: int) -> None:
    contender.open()
    for line in sys.stdin:
        started, before = time.perf_counter(), time.process_time()
        found = contender.find(line.rstrip("\n"), limit)
        ms, busy = time.perf_counter() - started, time.process_time()
        # ``since_start`` is all that this process has used so far: libraries, model, index.
        spent = {"ms": 1000 * ms, "busy_ms": 1000 * (busy - before), "since_start": busy}
        _print({**spent, "found": found})
    _print({"steady_mb": resident_megabytes(), "peak_mb": peak_megabytes()})


def _print(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
