"""A kind word to those who write in a language that is not spoken here."""

from __future__ import annotations

from functools import lru_cache

import yaml

from bot.telegram import render
from bot.telegram.message import Message
from bot.telegram.texts import FOLDER, Texts
from retrieval.answering.answer import Language
from retrieval.language.detect import is_persian_script


@lru_cache(maxsize=1)
def in_their_own_words() -> dict[str, str]:
    """Return the line for each language that is recognised and not spoken here, by its code."""
    lines: dict[str, str] = yaml.safe_load((FOLDER / "others.yaml").read_text(encoding="utf-8"))
    return lines


def spoken_here(code: str, texts: dict[Language, Texts]) -> list[Message]:
    """Return what is said to somebody who wrote in the language ``code``: in that language, and in
    the one of ours whose letters they read."""
    line = in_their_own_words()[code]
    ours: Language = "fa" if is_persian_script(line) else "en"
    return render.chrome(f"{line}\n\n{texts[ours].messages.languages_spoken}", ours)
