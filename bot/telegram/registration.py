"""Tells Telegram the commands and descriptions, once per language and only where they changed."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.quiet import Shown, describe
from bot.telegram.texts import Texts
from retrieval.answering.answer import Language

_log = logging.getLogger(__name__)
FALLBACK: Language = "fa"  # shown on phones set to any other language


async def register(bot: Bot, texts: dict[Language, Texts]) -> None:
    """Register commands, description and short description; a failure is logged, not raised.

    Telegram limits these calls hard and restarts are frequent, so what already stands is left.
    """
    for code, language in [("", FALLBACK), *((each, each) for each in texts)]:
        try:
            await _register(bot, texts[language], code)
        except TelegramError as error:
            _log.warning(
                "commands could not be registered (%s): %s", Shown(language), Shown(describe(error))
            )


async def _register(bot: Bot, texts: Texts, code: str) -> None:
    commands = tuple(BotCommand(name, text) for name, text in texts.commands.model_dump().items())
    if await bot.get_my_commands(language_code=code) != commands:
        await bot.set_my_commands(commands, language_code=code)
    profile = texts.profile
    if (await bot.get_my_description(code)).description != profile.description:
        await bot.set_my_description(profile.description, code)
    short = await bot.get_my_short_description(code)
    if short.short_description != profile.short_description:
        await bot.set_my_short_description(profile.short_description, code)
