"""The bot, the stand-in and the scripted library of the Telegram tests."""

from tests.bot.telegram.conftest import _own_state as _own_state
from tests.bot.telegram.conftest import library as library
from tests.bot.telegram.conftest import telegram as telegram
