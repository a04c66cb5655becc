"""Trying again, as long as nobody has heard anything yet."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing

from retrieval.model.chat import Chat, Piece, Prompt, UnansweredError

PAUSES = (0.4, 1.2)  # seconds before the second and the third attempt
Sleep = Callable[[float], Awaitable[None]]


async def insist(
    chat: Chat, prompt: Prompt, sleep: Sleep, pauses: Sequence[float] = PAUSES
) -> AsyncGenerator[Piece, None]:
    """Yield what ``chat`` says to ``prompt``, in as many attempts as it takes.

    A stream that breaks after its first piece is not begun anew: what was said may have been
    passed on. Raises ``UnansweredError``: that of the last attempt, or the first where trying again
    is vain.
    """
    for pause in (*pauses, None):
        said = False
        try:
            async with aclosing(chat.stream(prompt)) as pieces:
                async for piece in pieces:
                    said = said or bool(piece.text)
                    yield piece
        except UnansweredError as error:
            if said or pause is None or not error.passing:
                raise
            await sleep(pause)
        else:
            return
