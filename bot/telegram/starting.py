"""What a bot needs before it can run, and what is said where that is missing."""

from __future__ import annotations

from bot.settings import BotSettings
from retrieval.errors import DarichehError


class CannotRunError(DarichehError):
    """The bot cannot run; the message says in one line why, and what to do."""


def token_of(settings: BotSettings) -> str:
    """Return the bot's token; raise ``CannotRunError`` where there is none."""
    try:
        token = settings.token()
    except OSError as error:
        raise CannotRunError(
            f"{settings.telegram_token_file}: the token file cannot be read ({error.strerror})"
        ) from error
    if not token:
        raise CannotRunError(
            "no token: set DARICHEH_TELEGRAM_TOKEN to the token that @BotFather gave you "
            "(or DARICHEH_TELEGRAM_TOKEN_FILE to a file that holds it)"
        )
    return token


def secret_of(settings: BotSettings, token: str) -> str:
    """Return what other keys are derived from; raise ``CannotRunError`` where it is unusable."""
    try:
        return settings.shared_secret(token)
    except OSError as error:
        raise CannotRunError(
            f"{settings.state_key_file}: the key file cannot be read ({error.strerror})"
        ) from error
    except ValueError as error:
        raise CannotRunError(f"{error}: write a long random word there, or leave it out") from None
