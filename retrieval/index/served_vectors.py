"""The vectors of a version on a Chroma server that may go away and come back."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from chromadb.api.client import Client
from chromadb.errors import NotFoundError
from numpy.typing import NDArray

from retrieval.errors import ServerGoneError
from retrieval.index.vectors import Place, VectorsIndex

# A question does not wait for a server that was gone a moment ago: it is tried again after these
# seconds, by one question, and after twice as many each time it is still gone.
PAUSE, LONGEST_PAUSE = 1.0, 30.0
Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class ServedVectors:
    """The dense index in ``collection``. Its methods raise ``ServerGoneError``, at once where the
    server was gone just now."""

    def __init__(
        self, client: Client, collection: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._place = Place(client, collection)
        self._clock = clock
        self._index: VectorsIndex | None = None
        self._lock = threading.Lock()
        self._pause = 0.0  # 0 where the server answered last time
        self._again = 0.0  # when it is tried again

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
        """Return what ``VectorsIndex.nearest`` does."""
        return self._asked(lambda index: index.nearest(vector, limit))

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return what ``VectorsIndex.of`` does."""
        return self._asked(lambda index: index.of(ids))

    def _asked(self, ask: Callable[[VectorsIndex], Result]) -> Result:
        with self._lock:
            if self._pause and self._clock() < self._again:
                raise ServerGoneError("The Chroma server did not answer a moment ago.")
            if self._pause:  # the others go on without it while this one tries
                self._again = self._clock() + self._pause
        try:
            result = self._tried(ask)
        except ServerGoneError:
            self._gone()
            raise
        self._answered()
        return result

    def _tried(self, ask: Callable[[VectorsIndex], Result]) -> Result:
        for last in (self._pause > 0, True):
            try:
                if self._index is None:
                    self._index = VectorsIndex(self._place)
                return ask(self._index)
            except ServerGoneError:
                # A connection that died with a server which is back is no reason to do without.
                if last:
                    raise
            except NotFoundError:
                self._index = None
                raise ServerGoneError(
                    f"The Chroma server holds {self._place.collection} no more."
                ) from None
        raise AssertionError("the last try returns or raises")

    def _gone(self) -> None:
        with self._lock:
            first = not self._pause
            self._pause = min(LONGEST_PAUSE, self._pause * 2) or PAUSE
            self._again = self._clock() + self._pause
        if first:
            _log.warning("the Chroma server does not answer: questions are answered without it")

    def _answered(self) -> None:
        with self._lock:
            back = self._pause > 0
            self._pause = 0.0
        if back:
            _log.warning("the Chroma server answers again")
