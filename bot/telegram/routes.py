"""Which update goes to which handler."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.error import Forbidden, TelegramError
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.quiet import Shown, describe
from bot.telegram import render
from bot.telegram.attachments import Attachments
from bot.telegram.browse import LISTS, Browsing
from bot.telegram.burst import Bursts, Pace
from bot.telegram.buttons import Buttons
from bot.telegram.choosing import Choosing
from bot.telegram.commands import Commands
from bot.telegram.corrections import Corrections
from bot.telegram.desk import Context, Desk
from bot.telegram.discretion import Discretion
from bot.telegram.flow_commands import FLOWS, Flows
from bot.telegram.inline import Inline
from bot.telegram.questions import Questions
from bot.telegram.under_way import TakenOverError
from bot.telegram.verdicts import Verdicts

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
_log = logging.getLogger(__name__)


def add_routes(
    app: Application[Any, Any, Any, Any, Any, Any],
    desk: Desk,
    corrections: Corrections,
    bursts: Bursts,
    pace: Pace,
) -> None:
    """Connect the handlers. Channels reach none of them: their updates are not asked for."""
    flows, browsing = Flows(desk), Browsing(desk)
    commands, questions = Commands(desk), Questions(desk, flows, bursts)
    buttons, attachments = Buttons(desk, commands), Attachments(desk, questions)
    choosing = Choosing(desk)
    person = ~filters.SenderChat.ALL  # no channel, nor an administrator who stays anonymous
    new = filters.UpdateType.MESSAGE & person
    edited = filters.UpdateType.EDITED_MESSAGE & person
    words = filters.TEXT | filters.CAPTION
    for name in ("start", "help", "language", "privacy", "forget"):
        app.add_handler(CommandHandler(name, getattr(commands, name), filters=new))
    for name in LISTS:
        app.add_handler(CommandHandler(name, getattr(browsing, name), filters=new))
    app.add_handler(CommandHandler(FLOWS, flows.begin, filters=new))
    app.add_handler(CommandHandler("settings", choosing.settings, filters=new))
    app.add_handlers(
        [
            MessageHandler(new & filters.COMMAND, commands.unknown),
            MessageHandler(new & filters.TEXT, questions.asked),
            MessageHandler(new & filters.CAPTION & filters.ChatType.GROUPS, questions.asked),
            MessageHandler(edited & words & ~filters.COMMAND, questions.edited),
            MessageHandler(new & ~filters.StatusUpdate.ALL, attachments.received),
            CallbackQueryHandler(flows.pressed, pattern="^f:"),
            CallbackQueryHandler(browsing.pressed, pattern="^b:"),
            CallbackQueryHandler(choosing.pressed, pattern="^c:"),
            CallbackQueryHandler(Verdicts(desk).pressed, pattern="^[hwr]:"),
            CallbackQueryHandler(corrections.pressed, pattern="^a:"),
            CallbackQueryHandler(buttons.pressed),
            InlineQueryHandler(Inline(desk, pace).asked),
            ChatMemberHandler(_Leaving(desk).changed, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    app.add_handler(TypeHandler(Update, _Counting(desk).before), group=-2)
    app.add_handler(TypeHandler(Update, Discretion(desk, choosing).before), group=-1)
    app.add_error_handler(_Faults(desk).failed)


class _Counting:
    """Counts updates by their kind, and looks at nothing else of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def before(self, update: Update, _context: Context) -> None:
        kinds = (kind for kind in UPDATES if getattr(update, kind, None) is not None)
        self._desk.meters.came(next(kinds, ""))


class _Leaving:
    """Forgets a chat that blocks the bot or puts it out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def changed(self, update: Update, _context: Context) -> None:
        change = update.my_chat_member
        if change is not None and change.new_chat_member.status in {"kicked", "left"}:
            self._desk.sessions.forget(change.chat.id)


class _Faults:
    """Logs where something failed (never with what) and says so kindly."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def failed(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        error = context.error
        if error is None or not isinstance(update, Update) or update.effective_chat is None:
            return
        chat = update.effective_chat
        if isinstance(error, TakenOverError):  # whoever has the chat now answers
            return
        if isinstance(error, Forbidden):  # the person has blocked the bot
            self._desk.sessions.forget(chat.id)
            return
        _log.error("an update failed: %s", Shown(describe(error)))
        if chat.type != ChatType.PRIVATE:
            return
        language = self._desk.language(update)
        text = self._desk.texts[language].messages.error
        try:
            await self._desk.outbox.send(chat.id, render.chrome(text, language))
        except TelegramError as second:
            _log.error("nor could that be said: %s", Shown(describe(second)))
