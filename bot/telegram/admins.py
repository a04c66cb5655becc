"""/status and /reload, for the accounts that DARICHEH_ADMINS names and for nobody else.

Others get what any unknown command gets: the two are not even routed for them.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.operating.life import Life
from bot.telegram import render
from bot.telegram.admin_report import admin_texts, status_report
from bot.telegram.desk import Context, Desk


class Admins:
    """Handles the two commands."""

    def __init__(self, desk: Desk, life: Life) -> None:
        self._desk = desk
        self._life = life

    async def status(self, update: Update, _context: Context) -> None:
        """Say how the bot is."""
        checks = {**await self._life.ready(), **await self._life.alive()}
        language = self._desk.language(update)
        running = time.time() - self._life.started
        text = status_report(
            language,
            self._desk.texts[language],
            self._life.moment(),
            self._life.meters,
            checks,
            running,
        )
        await self._say(update, text)

    async def reload(self, update: Update, _context: Context) -> None:
        """Have the knowledge folder looked at."""
        self._desk.shelf.renew()
        await self._say(update, admin_texts(self._desk.language(update)).reload)

    async def _say(self, update: Update, text: str) -> None:
        chat, message = update.effective_chat, update.effective_message
        if chat is None or message is None:
            return
        self._desk.sessions.note(chat.id, message.message_id, message.date.timestamp())
        await self._desk.outbox.send(chat.id, render.chrome(text, self._desk.language(update)))


def add_admin_routes(
    app: Application[Any, Any, Any, Any, Any, Any], admins: Admins, accounts: Collection[int]
) -> None:
    """Connect the commands, for private chats with ``accounts`` alone. To be done before the
    other routes: the first that fits takes an update."""
    named = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.User(list(accounts))
    app.add_handler(CommandHandler("status", admins.status, filters=named))
    app.add_handler(CommandHandler("reload", admins.reload, filters=named))
