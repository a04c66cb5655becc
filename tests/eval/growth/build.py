"""``python -m tests.eval.growth.build MATERIAL FOLDER SIZE``: builds one size, in its own process.

Prints one JSON object: seconds, megabytes of memory and of disk.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from retrieval.index.entries import Entry
from retrieval.index.version import Contents, write_contents
from retrieval.index.words import WordsIndex
from retrieval.index.writing import write_vectors
from tests.eval.growth.material import read_material
from tests.eval.progress import steps
from tests.eval.resident import peak_megabytes


def main() -> None:
    """Build and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("material", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=int)
    options = parser.parse_args()
    folder, size = options.folder, options.size
    folder.mkdir(parents=True)
    pile = list(read_material(options.material).pile(size))
    passages = [passage for passage, _ in pile]
    vectors = np.asarray([vector for _, vector in pile], dtype=np.float32)
    del pile
    np.save(folder / "exact.npy", vectors)
    texts = [passage.indexed_text for passage in passages]
    entries = [Entry(p.id, text) for p, text in zip(passages, texts, strict=True)]
    found: dict[str, float] = {"made_mb": peak_megabytes()}
    with steps(f"{size:,} passages: vectors", size) as step:
        started, busy = time.perf_counter(), time.process_time()
        write_vectors(folder / "vectors", entries, vectors, step)
        found["vectors_s"] = time.perf_counter() - started
        found["vectors_cpu_s"] = time.process_time() - busy
    found["vectors_peak_mb"] = peak_megabytes()
    with steps(f"{size:,} passages: words", size) as step:
        started, busy = time.perf_counter(), time.process_time()
        WordsIndex.build(texts, step).save(folder / "words")
        found["words_s"] = time.perf_counter() - started
        found["words_cpu_s"] = time.process_time() - busy
    write_contents(folder, Contents(tuple(passages), (), (), ()))
    found["peak_mb"] = peak_megabytes()
    found["vectors_disk_mb"] = _megabytes(folder / "vectors")
    found["words_disk_mb"] = _megabytes(folder / "words")
    found["passages_disk_mb"] = (folder / "passages.json").stat().st_size / 1e6
    print(json.dumps(found))


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
