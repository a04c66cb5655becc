"""The encoder that comes with the project: two towers in one vector space.

English and other Latin-script text goes through all-MiniLM-L6-v2 as it was published; Arabic-script
text goes through a copy that was trained to give a Persian text the vector of its translation.
"""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.contract import Progress
from retrieval.encoder.normalise import normalise, without_surrogates
from retrieval.encoder.script import is_arabic_script
from retrieval.encoder.tower import DIMENSIONS, Tower, load_tower
from retrieval.errors import EncoderError
from retrieval.memory import hand_back

BUNDLED = Path(__file__).parent / "bundled"
MANIFEST = "manifest.json"

# Raised whenever `normalise` or `is_arabic_script` change what a tower gets to see: an index made
# before then holds other vectors, though the weights are the same.
_PREPARATION = 1


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a tower lies in the folder, and how its text is prepared."""

    model: str
    tokenizer: str
    prepare: Callable[[str], str]


_ENGLISH = _Side("english.onnx", "english.tokenizer.json", without_surrogates)
_PERSIAN = _Side("persian.onnx", "persian.tokenizer.json", normalise)


class BundledEncoder:
    """Encodes with the weights in `folder`; each tower is loaded when its first text comes.

    `threads` is how many cores one call may use (by default two, or one where there is only one).
    """

    dimensions = DIMENSIONS

    def __init__(self, folder: Path = BUNDLED, threads: int | None = None) -> None:
        self._folder = folder
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._towers: dict[_Side, Tower] = {}
        self._lock = threading.Lock()

    @cached_property
    def name(self) -> str:
        """`bundled-1:` and the beginning of a hash over the files' hashes; raises EncoderError."""
        try:
            manifest = (self._folder / MANIFEST).read_bytes()
            json.loads(manifest)
        except (OSError, ValueError) as error:
            raise _damaged(self._folder) from error
        return f"bundled-{_PREPARATION}:{hashlib.sha256(manifest).hexdigest()[:12]}"

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Vectors of length one, (texts, 384). Raises EncoderError when the weights are damaged."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        sides: dict[_Side, list[int]] = {_ENGLISH: [], _PERSIAN: []}
        for place, text in enumerate(texts):
            sides[_PERSIAN if is_arabic_script(text) else _ENGLISH].append(place)
        for side, places in sides.items():
            if not places:
                continue
            prepared = [side.prepare(texts[place]) for place in places]
            for done, part in self._tower(side).encode(prepared):
                vectors[[places[number] for number in done]] = part
                if progress is not None:
                    progress(len(done))
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as `encode_passages`: this model makes no difference between the two."""
        return self.encode_passages(texts)

    def _tower(self, side: _Side) -> Tower:
        with self._lock:
            if side not in self._towers:
                try:
                    self._towers[side] = load_tower(
                        self._folder / side.model, self._folder / side.tokenizer, self._threads
                    )
                except Exception as error:  # onnxruntime and tokenizers have no common error
                    raise _damaged(self._folder) from error
                hand_back()
            return self._towers[side]


def _damaged(folder: Path) -> EncoderError:
    return EncoderError(
        f"The bundled encoder cannot be read from {folder}. Install the project again, or set "
        "DARICHEH_ENCODER to another model."
    )
