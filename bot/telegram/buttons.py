"""What happens when a button is pressed. Each button works once and then goes."""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update

from bot.telegram import render, source_pages, views
from bot.telegram.busy import typing
from bot.telegram.commands import Commands
from bot.telegram.desk import Context, Desk
from bot.telegram.message import Press, read_press
from bot.telegram.session import Session, Turn
from bot.telegram.texts import LANGUAGES


class Buttons:
    """Handles callback queries."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        self._desk = desk
        self._commands = commands

    async def pressed(self, update: Update, _context: Context) -> None:
        """Do what the pressed button says, or say kindly that its answer is no longer held."""
        query = update.callback_query
        if query is None:
            return
        press, message = read_press(query.data), query.message
        if press is None or message is None:
            await self._desk.outbox.acknowledge(query.id)
            return
        if press.action == "language":
            await self._language(query, press)
            return
        if press.action == "read":
            await self._read(query, message.chat.id)
            return
        session = self._desk.sessions.held(message.chat.id)
        turn = session.turns.get(press.key) if session else None
        if session is None or turn is None:
            texts = self._desk.say(update)
            await self._desk.outbox.acknowledge(query.id, texts.messages.too_old_button)
            return
        await self._desk.outbox.acknowledge(query.id)
        if press.action == "view":
            await self._turn(message.chat.id, press, turn)
            return
        if press.action == "page":
            await self._turn_page(message.chat.id, message.message_id, press, turn)
            return
        if press.data() in turn.used:
            return
        turn.used.add(press.data())
        self._desk.sessions.touch(message.chat.id)
        await self._show(message.chat.id, press, session, turn)
        markup = message.reply_markup if isinstance(message, Message) else None
        await self._desk.outbox.take_buttons(message.chat.id, message.message_id, markup, turn.used)

    async def _show(self, chat: int, press: Press, session: Session, turn: Turn) -> None:
        given = views.shown(self._desk, turn)
        texts = self._desk.texts[given.language]
        if press.action == "sources":
            pages = source_pages.first(given, texts, turn.key, press.part)
        elif press.action == "more":
            pages = render.further(given, texts, turn.key)
        else:
            await self._ask(chat, press, session, turn)
            return
        turn.shown_ids += await self._desk.outbox.send(chat, pages)

    async def _read(self, query: CallbackQuery, chat: int) -> None:
        """What stands in the chat has been read: delete it, and let go of its answers."""
        sessions = self._desk.sessions
        session = sessions.held(chat)
        if session is not None:
            session.turns.clear()
        sessions.timetable.hasten(chat, sessions.now())
        await self._desk.outbox.acknowledge(query.id)

    async def _turn(self, chat: int, press: Press, turn: Turn) -> None:
        """Put the answer into another shape, where it stands."""
        self._desk.sessions.touch(chat)
        if not views.turned(self._desk, turn, press.part):
            return
        pages = views.pages(self._desk, chat, turn)
        turn.message_ids = await self._desk.outbox.replace(chat, turn.message_ids, pages)
        # Its sources would stand below with other numbers.
        await self._desk.outbox.delete(chat, turn.shown_ids)
        turn.shown_ids = []

    async def _turn_page(self, chat: int, number: int, press: Press, turn: Turn) -> None:
        """Show other sources of the answer where some of them stand."""
        self._desk.sessions.touch(chat)
        given = views.shown(self._desk, turn)
        pages = source_pages.turned(given, self._desk.texts[given.language], press)
        if pages:
            await self._desk.outbox.replace(chat, [number], pages)

    async def _ask(self, chat: int, press: Press, session: Session, turn: Turn) -> None:
        if press.part >= len(turn.answer.suggestions):
            return
        question = turn.answer.suggestions[press.part]
        async with typing(self._desk.bot, chat):
            given = await self._desk.tell(chat, question, turn.answer.language)
        fresh = session.keep(0, given)
        pages = views.pages(self._desk, chat, fresh, asked=question)
        fresh.message_ids = await self._desk.outbox.send(chat, pages)

    async def _language(self, query: CallbackQuery, press: Press) -> None:
        chosen = next((each for each in LANGUAGES if each == press.key), None)
        await self._desk.outbox.acknowledge(query.id)
        if chosen is None or query.message is None:
            return
        chat = query.message.chat.id
        self._desk.sessions.touch(chat).language = chosen
        if chat in self._desk.sessions.choices:
            self._desk.sessions.choices.change(chat, language=chosen)
        pages = self._commands.language_set(chosen, welcome=press.part == 1)
        if not await self._desk.outbox.edit(chat, query.message.message_id, pages[0]):
            await self._desk.outbox.send(chat, pages)
