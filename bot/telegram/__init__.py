"""The Telegram face of Daricheh."""

from bot.telegram.app import run
from bot.telegram.starting import CannotRunError

__all__ = ["CannotRunError", "run"]
