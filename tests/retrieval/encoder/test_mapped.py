"""The table of word pieces is used where it lies, and is the model's own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from retrieval.encoder.bundled import BUNDLED, MANIFEST, BundledEncoder
from retrieval.encoder.mapped import TABLE, mapped
from retrieval.encoder.tower import DIMENSIONS, load_tower
from retrieval.errors import EncoderError

MODELS = ("english", "persian")
# What loading a model adds to a process's own memory, in kB.
LOADING = """
import re, sys
from pathlib import Path
from retrieval.encoder.tower import load_tower
from retrieval.memory import hand_back

def held():
    hand_back()
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"RssAnon:\\s+(\\d+)", status)[1])

before = held()
tower = load_tower(Path(sys.argv[1]), Path(sys.argv[2]), 1)
print(held() - before)
"""


@pytest.mark.parametrize("name", MODELS)
def test_the_vectors_are_those_that_the_whole_model_gives(name: str) -> None:
    model = BUNDLED / f"{name}.onnx"
    pieces, dimensions = mapped(model, TABLE).shape
    assert dimensions == DIMENSIONS
    alone = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    tower = load_tower(model, BUNDLED / f"{name}.tokenizer.json", 1)
    ids = np.linspace(0, pieces - 1, 200).astype(np.int64)[None]
    given = {"ids": ids, "mask": np.ones_like(ids)}
    assert np.array_equal(tower.session.run(None, given)[0], alone.run(None, given)[0])


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_it_is_not_read_into_memory(name: str) -> None:
    """What is read is the other half of the file, and the tokenizer; with the table it would be
    more than the file."""
    model, tokenizer = BUNDLED / f"{name}.onnx", BUNDLED / f"{name}.tokenizer.json"
    command = [sys.executable, "-c", LOADING, str(model), str(tokenizer)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\d+\n", done.stdout)
    assert int(done.stdout) * 1024 < model.stat().st_size


@pytest.mark.parametrize("kept", [0, 1_000, 1_000_000])
def test_a_file_that_was_cut_off_is_called_damaged(tmp_path: Path, kept: int) -> None:
    for file in BUNDLED.iterdir():
        if file.suffix == ".json":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    whole = (BUNDLED / "english.onnx").read_bytes()
    (tmp_path / "english.onnx").write_bytes(whole[:kept])
    assert (tmp_path / MANIFEST).is_file()
    with pytest.raises(EncoderError, match="cannot be read"):
        BundledEncoder(tmp_path).encode_queries(["signal"])
