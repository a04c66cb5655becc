"""What the model said is kept, so that another check can be held against the same words."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from retrieval.model.chat import Chat, Piece, Prompt


class Remembering:
    """A model whose words are kept in ``folder``, a file a prompt: the same prompt gets the same
    words, at once. What it said until its time was up is not kept."""

    def __init__(self, chat: Chat, folder: Path) -> None:
        self._chat = chat
        self._folder = folder
        self.host, self.outside = chat.host, chat.outside
        folder.mkdir(parents=True, exist_ok=True)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Piece, None]:
        """Yield the model's text, or what it said before."""
        digest = hashlib.sha256(json.dumps([prompt.rules, prompt.case]).encode()).hexdigest()
        path = self._folder / f"{digest[:32]}.txt"
        if path.exists():
            yield Piece(path.read_text("utf-8"))
            return
        said = ""
        try:
            async with aclosing(self._chat.stream(prompt)) as pieces:
                async for piece in pieces:
                    said += piece.text
                    yield piece
        except asyncio.CancelledError:
            raise
        except GeneratorExit:  # enough was heard
            path.write_text(said, "utf-8")
            raise
        else:
            path.write_text(said, "utf-8")
