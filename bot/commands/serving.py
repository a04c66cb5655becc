"""``daricheh bot``: the Telegram bot."""

from __future__ import annotations

from bot.commands.asking import open_library
from bot.commands.options import Knowledge, State, settings_of
from bot.settings import BotSettings
from retrieval.errors import DarichehError


def bot(knowledge: Knowledge = None, state: State = None) -> None:
    """Run the Telegram bot until it is told to stop.

    The token comes from DARICHEH_TELEGRAM_TOKEN or DARICHEH_TELEGRAM_TOKEN_FILE. It polls; with
    DARICHEH_WEBHOOK_URL it listens instead.
    """
    from bot.telegram import run

    settings = settings_of(BotSettings, knowledge, state)
    if not _token(settings):
        raise DarichehError(
            "No bot token. Get one from @BotFather in Telegram and set DARICHEH_TELEGRAM_TOKEN "
            "(or DARICHEH_TELEGRAM_TOKEN_FILE). Without one, `daricheh ask` answers here."
        )
    run(settings, open_library(knowledge, state))


def has_token() -> bool:
    """Return whether the environment or ``.env`` holds a bot token."""
    return bool(_token(settings_of(BotSettings)))


def _token(settings: BotSettings) -> str | None:
    try:
        return settings.token()
    except OSError as error:
        raise DarichehError(
            f"The token file {settings.telegram_token_file} cannot be read: {error.strerror}."
        ) from None
