"""What the rest of the project may expect of an encoder, whichever it is."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[int], None]


class Encoder(Protocol):
    """Turns texts of any language into vectors whose dot product says how alike they are.

    Implementations may be used from several threads at once.
    """

    @property
    def name(self) -> str:
        """Identifies weights and prefixes: vectors of two names must never be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Vectors of length one, (texts, dimensions); `progress` gets the number just done."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length one, (texts, dimensions)."""
        ...
