"""The bot's token: is it there, has it the form of one, can others read it."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from bot.operating.doctor.finding import Finding, fault, ok, warning
from bot.settings import BotSettings

_FORM = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")
_GET = "Get one from @BotFather in Telegram and set DARICHEH_TELEGRAM_TOKEN_FILE to a file with it."


def token_finding(settings: BotSettings) -> tuple[Finding, str | None]:
    """Return what is found of the token, and the token where it can be used."""
    file = settings.telegram_token_file
    try:
        token = settings.token()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        mend = f"Let the bot's user read it: chmod 600 {file}, and chown it to that user."
        return fault("token", f"The token file {file} cannot be read: {why}.", mend), None
    if token is None:
        return fault("token", "No token is set.", _GET), None
    if not _FORM.fullmatch(token):
        return fault(
            "token",
            "What is set has not the form of a token: digits, a colon, then letters and digits.",
            "Copy it anew from @BotFather, without quotes or blanks.",
        ), None
    if file is not None and (others := _readable_by_others(file)):
        return warning(
            "token", f"{others} may read the token file {file}.", f"chmod 600 {file}"
        ), token
    where = "a file" if file is not None else "the environment"
    return ok("token", f"Set, by {where}."), token


def _readable_by_others(file: Path) -> str:
    """Return who besides its owner may read ``file``. A secret that a supervisor has mounted may
    belong to a group."""
    mode = file.stat().st_mode
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        return "Everybody on this machine"
    return "Others of its group" if mode & stat.S_IWGRP else ""
