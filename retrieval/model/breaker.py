"""After some failures in a row the model is left alone for a while: people should not wait for a
server that is down."""

from __future__ import annotations

from collections.abc import Callable

FAILURES = 3  # in a row
REST = 60.0  # seconds


class Breaker:
    """A circuit breaker in memory; ``clock`` gives seconds that only grow.

    After ``FAILURES`` it is open for ``REST`` seconds. Then one attempt is let through: where it
    fails too, the rest begins anew.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0

    def lets_through(self) -> bool:
        """Return whether the model may be tried now; the one attempt after a rest counts as
        running from here on."""
        if self.is_open:
            return False
        if self._failures >= FAILURES:
            self._open_until = self._clock() + REST
        return True

    @property
    def is_open(self) -> bool:
        """Whether the model is left alone at the moment."""
        return self._clock() < self._open_until

    def worked(self) -> None:
        """An attempt worked: close."""
        self._failures, self._open_until = 0, 0.0

    def failed(self) -> None:
        """An attempt failed: open where there were enough."""
        self._failures += 1
        if self._failures >= FAILURES:
            self._open_until = self._clock() + REST
