"""The reader at run time: three small ONNX graphs, and the encoder's tables of word pieces."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from retrieval.encoder.bundled import BUNDLED
from retrieval.encoder.mapped import mapped
from retrieval.encoder.tower import session_options
from retrieval.errors import EncoderError
from retrieval.memory import hand_back
from retrieval.reading.pieces import (
    LONGEST_PASSAGE,
    LONGEST_QUESTION,
    Pieces,
    Script,
    marks_of,
    pieces_of,
)

DATA = Path(__file__).parent / "data"

_States = NDArray[np.float32]

# What lies between the layers is of another size each time, and the heap keeps it all. Giving it
# back takes a quarter of the time of reading, so it is done after so many readings.
_READINGS = 4


@dataclass(frozen=True, slots=True)
class _Lower:
    """The layers that see a text alone, and the rows of the word pieces they begin with."""

    session: onnxruntime.InferenceSession
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]

    def states(self, text: Pieces) -> _States:
        """Return the states of the text's pieces, shape ``(pieces, dimensions)``."""
        ids = list(text.ids)
        words = (self.rows[ids] * self.scales[ids])[None]
        given = {"words": words, "mask": np.ones(words.shape[:2], dtype=np.int64)}
        ((states,),) = self.session.run(None, given)
        found: _States = states
        return found


class Reader:
    """Reads a question beside passages. Safe to use from several threads; each part is loaded when
    it is first needed. ``threads`` is how many cores one call may use; of ``keep`` texts, those
    read last, the states are kept (0.2 MB each), for whoever asks much that is alike."""

    def __init__(self, folder: Path = DATA, threads: int | None = None, keep: int = 0) -> None:
        self._folder = folder
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._lowers: dict[Script, _Lower] = {}
        self._joint: onnxruntime.InferenceSession | None = None
        self._lock = threading.Lock()
        self._states = lru_cache(maxsize=keep)(self._reckoned)
        self._read = itertools.count(1)

    def read(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how surely each of ``passages`` tells what ``question`` asks: log-odds, above 0
        where it rather does.

        Raises EncoderError where the weights are missing or damaged.
        """
        if not passages:
            return np.zeros(0, dtype=np.float32)
        asked = pieces_of(question, LONGEST_QUESTION)
        states = self._states(asked)
        # One after another: together they would need three times the room between the layers.
        sure = [self._sure(asked, states, pieces_of(text, LONGEST_PASSAGE)) for text in passages]
        if next(self._read) % _READINGS == 0:
            hand_back()
        return np.array(sure, dtype=np.float32)

    def _sure(self, asked: Pieces, states: _States, told: Pieces) -> float:
        both = np.concatenate([states, self._states(told)])[None]
        marks = marks_of(asked, told)[None]
        given = {"states": both, "marks": marks, "mask": np.ones_like(marks)}
        ((sure,),) = self._upper().run(None, given)
        return float(sure)

    def _reckoned(self, text: Pieces) -> _States:
        return self._lower(text.script).states(text)

    def _lower(self, script: Script) -> _Lower:
        with self._lock:
            if script not in self._lowers:
                tower = BUNDLED / f"{script}.onnx"
                try:
                    rows, scales = mapped(tower, "words.q"), mapped(tower, "words.scale")
                except (OSError, ValueError, IndexError) as error:
                    raise _damaged(BUNDLED) from error
                self._lowers[script] = _Lower(self._session(script), rows, scales)
            return self._lowers[script]

    def _upper(self) -> onnxruntime.InferenceSession:
        with self._lock:
            if self._joint is None:
                self._joint = self._session("joint")
            return self._joint

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        try:
            session = onnxruntime.InferenceSession(
                str(self._folder / f"{name}.onnx"),
                sess_options=session_options(self._threads),
                providers=["CPUExecutionProvider"],
            )
        except Exception as error:  # onnxruntime has no common error
            raise _damaged(self._folder) from error
        hand_back()
        return session


@lru_cache(maxsize=1)
def load_reader() -> Reader:
    """Return the reader that comes with the project, one for all of a process."""
    return Reader()


def _damaged(folder: Path) -> EncoderError:
    return EncoderError(f"The reader cannot be read from {folder}. Install the project again.")
