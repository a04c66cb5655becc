"""``python -m tests.eval.growth DATA``: time, memory and disk from 1,000 to 1,000,000 passages.

The passages are the folder's own and, beyond these, sentences of the folder and of the text files
under DATA put together anew. The vector of a passage that was put together is the mean of those of
its sentences, brought to length one, so that a million need not be encoded; how long that would
take is reckoned from the speed on the folder's own. One vector a passage: the folder itself also
has one for each sentence and each question it answers, so compare it by its number of vectors.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from retrieval.encoder import load_encoder
from retrieval.errors import DarichehError
from retrieval.settings import PROJECT
from tests.eval.child import measured
from tests.eval.growth.figures import broken_first, panels, row, table
from tests.eval.growth.material import gather
from tests.eval.growth.plot import plot
from tests.eval.progress import bar

SMALLEST = 1_000


def main() -> int:
    """Measure and print; return the status to end with."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.growth", description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of text: .txt, or .tsv")
    parser.add_argument("--to", type=int, default=1_000_000, help="the largest size (1,000,000)")
    parser.add_argument("--knowledge", type=Path, default=PROJECT / "knowledge")
    parser.add_argument("--place", type=Path, help="where the indexes are made (a scratch folder)")
    parser.add_argument("--pool", type=int, default=15_000, help="sentences a language (15,000)")
    parser.add_argument("--questions", type=int, default=200, help="how many are asked (200)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="write the plot")
    options = parser.parse_args()
    sizes = [SMALLEST * 10**n for n in range(10) if SMALLEST * 10**n <= options.to]
    if not sizes:
        parser.error(f"--to must be at least {SMALLEST}")
    with tempfile.TemporaryDirectory(dir=options.place) as scratch:
        try:
            rows = _measure(Path(scratch), sizes, options)
        except (DarichehError, RuntimeError, ValueError) as error:
            print(f"growth: {error}", file=sys.stderr)
            return 1
    print(table(rows))
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end")
    print("\nGrew faster than the pile:", *broken_first(rows) or ["nothing"], sep="\n- ")
    return 0


def _measure(
    scratch: Path, sizes: list[int], options: argparse.Namespace
) -> list[dict[str, float]]:
    """Measure each of ``sizes``; what is known so far is written after every size."""
    material = scratch / "material"
    with bar() as show:
        speed = gather(
            material,
            options.data,
            options.knowledge,
            load_encoder(),
            most=options.pool,
            questions=options.questions,
            progress=show,
        )
    rows = []
    for size in sizes:
        folder = scratch / str(size)
        built = measured("tests.eval.growth.build", [material, folder, str(size)])
        asked = measured("tests.eval.growth.ask", [material, folder])
        shutil.rmtree(folder)
        rows.append(row(size, built, asked, speed))
        if options.json:
            options.json.write_text(json.dumps(rows, indent=1), "utf-8")
        if options.svg:
            options.svg.write_text(plot(panels(rows)), "utf-8")
    return rows


if __name__ == "__main__":
    sys.exit(main())
