"""Inline mode: one answer with its sources, to be shared in another chat.

A telephone asks again with every letter typed. Only what stands still for a moment is looked for,
of one person only the newest, and one at a time: whoever types much, here or from many accounts,
does not take the threads from those who ask in a chat.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram import render
from bot.telegram.burst import Pace
from bot.telegram.desk import Context, Desk
from bot.telegram.direction import directed
from retrieval.answering.answer import Answer

FROM_INLINE = "inline"
SHORTEST = 3  # letters; less is no question yet
DESCRIPTION = 150
MOST_PEOPLE = 20_000
_SPOKEN = {"answered", "partial", "urgent"}


class Inline:
    """Handles inline queries."""

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk = desk
        self._pace = pace
        self._newest: OrderedDict[int, str] = OrderedDict()
        self._turn = asyncio.Lock()

    async def asked(self, update: Update, _context: Context) -> None:
        """Offer the answer to what stands in the line, or a way into the private chat."""
        query = update.inline_query
        if query is None:
            return
        person = query.from_user.id
        self._newest[person] = query.id
        self._newest.move_to_end(person)
        while len(self._newest) > MOST_PEOPLE:
            self._newest.popitem(last=False)
        await asyncio.sleep(self._pace.settle)
        words = query.query.strip()
        async with self._turn:
            if self._newest.get(person) != query.id:
                return
            del self._newest[person]
            given = await self._desk.ask(words) if len(words) >= SHORTEST else None
        await self._offer(update, query, given if given and given.status in _SPOKEN else None)

    async def _offer(self, update: Update, query: InlineQuery, given: Answer | None) -> None:
        texts = self._desk.say(update).answer
        language = self._desk.language(update)
        results = [self._article(given)] if given and given.statements else []
        label = directed(texts.button_private, language)
        button = InlineQueryResultsButton(label, start_parameter=FROM_INLINE)
        try:
            # Not kept by Telegram either, as far as it can be asked: what one person gets is
            # shown to no other, and it is asked for anew each time.
            await self._desk.bot.answer_inline_query(
                query.id, results, cache_time=0, is_personal=True, button=button
            )
        except BadRequest:  # the line has been typed on meanwhile
            return

    def _article(self, given: Answer) -> InlineQueryResultArticle:
        texts = self._desk.texts[given.language]
        first = given.statements[0]
        title = given.citation(first.citations[0]).section
        description = first.text[:DESCRIPTION]
        return InlineQueryResultArticle(
            id="1",
            title=directed(title, given.language),
            description=directed(description, given.language),
            input_message_content=InputTextMessageContent(
                render.to_share(given, texts).html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
        )
