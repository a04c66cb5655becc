"""``daricheh backup`` and ``daricheh restore``: what cannot be made again, in one file."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import State, settings_of
from bot.settings import BotSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.operating.backup import Check

File = Annotated[Path, typer.Argument(help="The backup.", show_default=False)]


def backup(file: File, state: State = None) -> None:
    """Write into FILE what the state folder holds and nobody can make again.

    That is the sealed file (deletions that are due, remembered choices) and the counts of gaps and
    feedback. Not the index: it is made of the knowledge folder. Keep a backup two days at most: it
    still holds, sealed, what people have since made the bot forget.
    """
    from bot.operating.backup import back_up

    folder = settings_of(BotSettings, None, state).state
    kept = back_up(folder, list(_parts(None)), file)
    if kept:
        print(f"{file}: {', '.join(kept)}", file=sys.stderr)
    else:
        print(f"{file}: empty; {folder} holds nothing but the index.", file=sys.stderr)


def restore(file: File, state: State = None) -> None:
    """Put what `daricheh backup` wrote into FILE back into the state folder.

    Stop the bot first. Nothing is overwritten. Where the bot's token is set, the sealed file is
    tried with it.
    """
    from bot.operating.backup import restore as restored

    settings = settings_of(BotSettings, None, state)
    try:
        token = settings.token()
    except OSError:
        token = None  # then the sealed file is not tried
    names = restored(file, settings.state, _parts(token))
    print(f"{settings.state}: {', '.join(names) or 'nothing to restore'}", file=sys.stderr)


def _parts(token: str | None) -> Mapping[str, Check]:
    """Return what is backed up, by the names of the files, each with what its content must be."""
    from bot.feedback import feedback_file
    from bot.gaps import gaps_file
    from bot.telegram.app import LEDGER

    here = Path()
    return {
        LEDGER: partial(_is_sealed, token),
        feedback_file(here).name: _is_counts,
        gaps_file(here).name: _is_counts,
    }


def _is_counts(content: bytes) -> None:
    from bot.counting import parse_counts

    parse_counts(content)


def _is_sealed(token: str | None, content: bytes) -> None:
    from bot.telegram.sealed import UnreadableError, opened

    if token is None:
        return
    try:
        opened(content, token)
    except UnreadableError as error:
        raise ValueError(f"{error}; without DARICHEH_TELEGRAM_TOKEN it is not tried") from None
