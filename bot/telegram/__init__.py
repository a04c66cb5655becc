"""The Telegram face of Daricheh."""

from bot.telegram.app import CannotRunError, run

__all__ = ["CannotRunError", "run"]
