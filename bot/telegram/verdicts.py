"""What people say about an answer by button; the passages hear of it, and nobody's name does."""

from __future__ import annotations

import datetime as dt
import logging

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage
from telegram.error import TelegramError

from bot.feedback import REASONS, STEP_WRONG, Feedback, Reason
from bot.quiet import Shown, describe
from bot.telegram import render
from bot.telegram.desk import Context, Desk
from bot.telegram.direction import directed
from bot.telegram.message import Button, Press, read_press
from bot.telegram.render import number
from bot.telegram.session import Turn
from bot.telegram.texts import Texts
from bot.telegram.underneath import verdicts
from retrieval.answering.answer import Language

_BASE = 10  # a reason's press holds the citation's number and, in its last digit, the reason
_log = logging.getLogger(__name__)


class Verdicts:
    """Handles the row under an answer and the two questions that "is wrong" leads to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reported: dict[tuple[str, Reason], dt.date] = {}

    async def pressed(self, update: Update, _context: Context) -> None:
        """Count a verdict, or ask what it is about."""
        query, feedback = update.callback_query, self._desk.feedback
        press = read_press(query.data) if query else None
        message = query.message if query else None
        if query is None or press is None or message is None or feedback is None:
            return
        session = self._desk.sessions.held(message.chat.id)
        turn = session.turns.get(press.key) if session else None
        if session is None or turn is None:
            texts = self._desk.say(update)
            await self._desk.outbox.acknowledge(query.id, texts.messages.too_old_button)
        elif press.action == "helped":
            await self._helped(query, feedback, turn, yes=press.part == 1)
        elif press.action == "wrong" and press.part == 0:
            await self._wrong(query, turn)
        elif press.action == "wrong":
            await self._which(query, turn, press.part)
        else:
            await self._reason(query, feedback, turn, press.part)

    async def _helped(
        self, query: CallbackQuery, feedback: Feedback, turn: Turn, *, yes: bool
    ) -> None:
        texts = self._desk.texts[turn.answer.language]
        await self._desk.outbox.acknowledge(query.id, texts.feedback.thanks)
        if await self._once(query, turn):
            feedback.helped(sorted(set(_cited(turn).values())), yes)

    async def _wrong(self, query: CallbackQuery, turn: Turn) -> None:
        await self._desk.outbox.acknowledge(query.id)
        cited = _cited(turn)
        if query.message is None or not cited or not await self._once(query, turn):
            return
        language = turn.answer.language
        own = self._desk.texts[language].feedback
        if len(set(cited.values())) == 1:
            text, rows = _reasons(self._desk.texts[language], language, turn.key, min(cited))
        else:
            text = own.which
            numbers = tuple(
                Button(directed(f"[{number(n, language)}]", language), Press("wrong", turn.key, n))
                for n in sorted(cited)
            )
            rows = (*_in_fives(numbers), _leave(self._desk.texts[language], language, turn.key))
        sent = await self._desk.outbox.send(
            query.message.chat.id, render.chrome(text, language, rows)
        )
        turn.shown_ids += sent

    async def _which(self, query: CallbackQuery, turn: Turn, n: int) -> None:
        await self._desk.outbox.acknowledge(query.id)
        if query.message is None or n not in _cited(turn):
            return
        language = turn.answer.language
        text, rows = _reasons(self._desk.texts[language], language, turn.key, n)
        [page] = render.chrome(text, language, rows)
        await self._desk.outbox.edit(query.message.chat.id, query.message.message_id, page)

    async def _reason(
        self, query: CallbackQuery, feedback: Feedback, turn: Turn, part: int
    ) -> None:
        await self._desk.outbox.acknowledge(query.id)
        n, chosen = divmod(part, _BASE)
        passage = _cited(turn).get(n)
        mark = "reason given"
        if query.message is None or mark in turn.used:
            return
        chat, language = query.message.chat.id, turn.answer.language
        if passage is None or chosen >= len(REASONS):  # "leave it"
            await self._desk.outbox.delete(chat, [query.message.message_id])
            return
        turn.used.add(mark)
        feedback.wrong(passage, REASONS[chosen])
        noted = self._desk.texts[language].feedback.noted
        text = noted.format(count=number(STEP_WRONG, language))
        await self._desk.outbox.edit(
            chat, query.message.message_id, render.chrome(text, language)[0]
        )
        await self._report(passage, REASONS[chosen])

    async def _once(self, query: CallbackQuery, turn: Turn) -> bool:
        """Take the row away; return whether this is its first press."""
        row = {press.data() for press in verdicts(turn.key)}
        first = row.isdisjoint(turn.used)
        turn.used |= row
        message = query.message
        if isinstance(message, TelegramMessage):
            await self._desk.outbox.take_buttons(
                message.chat.id, message.message_id, message.reply_markup, turn.used
            )
        return first

    async def _report(self, passage: str, reason: Reason) -> None:
        """Tell the maintainers' chat, where there is one: each passage and reason once a day."""
        chat, today = self._desk.feedback_chat, dt.datetime.now(tz=dt.UTC).date()
        if chat is None or self._reported.get((passage, reason)) == today:
            return
        self._reported = {key: day for key, day in self._reported.items() if day == today}
        self._reported[passage, reason] = today
        words = self._desk.texts["en"].feedback.reasons.model_dump()[reason]
        try:
            await self._desk.outbox.send_unnoted(chat, render.chrome(f"{passage}\n{words}", "en"))
        except TelegramError as error:
            _log.warning("the feedback chat cannot be written to: %s", Shown(describe(error)))


def _cited(turn: Turn) -> dict[int, str]:
    """Return the passages that the answer's first screen stands on, by their numbers."""
    shown = {n for statement in turn.answer.statements for n in statement.citations}
    return {c.n: c.passage for c in turn.answer.citations if c.n in shown}


def _reasons(texts: Texts, language: Language, key: str, n: int) -> tuple[str, render.Rows]:
    words = texts.feedback.reasons.model_dump()
    rows = tuple(
        (Button(directed(words[reason], language), Press("reason", key, n * _BASE + place)),)
        for place, reason in enumerate(REASONS)
    )
    text = texts.feedback.what.format(number=number(n, language))
    return text, (*rows, _leave(texts, language, key))


def _leave(texts: Texts, language: Language, key: str) -> tuple[Button, ...]:
    return (Button(directed(texts.feedback.leave, language), Press("reason", key, 0)),)


def _in_fives(buttons: tuple[Button, ...]) -> list[tuple[Button, ...]]:
    return [buttons[start : start + 5] for start in range(0, len(buttons), 5)]
