"""The Telegram face of Daricheh."""

from bot.telegram.app import CannotRun, run

__all__ = ["CannotRun", "run"]
