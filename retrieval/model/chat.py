"""A language model as the rest of this package sees it: a prompt in, text out piece by piece.

Whatever a provider's library raises becomes ``UnansweredError``, without the text and the cause:
both may quote the question.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol

_TOO_MANY, _SERVER = 429, 500
_AGAIN = frozenset({408, 409, 425, _TOO_MANY})
_REASONS = frozenset({"finish_reason", "done_reason"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: the rules, and the case at hand."""

    rules: str
    case: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The next piece of a model's text; tokens read and written where the server counts them."""

    text: str
    read: int = 0
    written: int = 0


class UnansweredError(Exception):
    """The model gave no answer. ``status`` is that of HTTP, 0 where there was none; ``passing``:
    trying again may help."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the language model gave no answer (status {status})")
        self.status = status
        self.passing = status in _AGAIN or status >= _SERVER or status == 0


class Chat(Protocol):
    """A model that can be spoken to. ``host`` is where questions go; ``outside``: not the
    operator's own machine or network."""

    host: str
    outside: bool

    def stream(self, prompt: Prompt) -> AsyncGenerator[Piece, None]:
        """Yield the model's text as it comes. Raises ``UnansweredError``."""
        ...


class LangChainChat:
    """Any chat model of LangChain's. One that ``says_why`` it stops has been cut off where it does
    not say so: its libraries take a lost connection for the end."""

    def __init__(self, model: Any, host: str, *, outside: bool, says_why: bool = False) -> None:
        self._model = model
        self._says_why = says_why
        self.host = host
        self.outside = outside

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece, None]:
        """Yield the model's text as it comes. Raises ``UnansweredError``."""
        from langsmith import tracing_context  # takes memory, needed only where there is a model

        messages = [("system", prompt.rules), ("human", prompt.case)]
        failed: int | None
        try:
            async with aclosing(self._model.astream(messages)) as chunks:
                # Whatever the environment says, no question is sent to LangSmith from here. Who is
                # told of a run is decided at its first step; a context around a `yield` could end
                # in another task than it began in.
                with tracing_context(enabled=False):
                    chunk = await anext(chunks, None)
                ended = not self._says_why
                while chunk is not None:
                    yield _piece(chunk)
                    ended = ended or not _REASONS.isdisjoint(chunk.response_metadata)
                    chunk = await anext(chunks, None)
        except Exception as error:  # noqa: BLE001 - providers' libraries share no base class
            failed = _status(error)
        else:
            failed = None if ended else 0
        if failed is not None:  # raised here, so that it does not lead to the cause
            raise UnansweredError(failed)


def _piece(chunk: Any) -> Piece:
    usage = getattr(chunk, "usage_metadata", None) or {}
    return Piece(str(chunk.text), usage.get("input_tokens", 0), usage.get("output_tokens", 0))


def _status(error: Exception) -> int:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status > 0 else 0
