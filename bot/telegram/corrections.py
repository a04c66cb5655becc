"""Who was told something that has been corrected since hears of it, once, and without a sound."""

from __future__ import annotations

import hashlib
import logging
import unicodedata

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.quiet import Shown, describe
from bot.telegram import render, views
from bot.telegram.answerer import Answerer
from bot.telegram.busy import typing
from bot.telegram.desk import Context, Desk
from bot.telegram.message import Button, Message, Press, read_press
from bot.telegram.paragraphs import paragraphs
from bot.telegram.richtext import pack
from bot.telegram.session import Session, Turn
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer, Citation, Language
from retrieval.language.normalise import search_form
from retrieval.passages import Passage

MOST_NAMED = 3  # documents in one notice
_MARK = 12  # letters
_log = logging.getLogger(__name__)


class Corrections:
    """Compares what is held of conversations with a newer library, and answers the button."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def renewed(self, old: Answerer, new: Answerer) -> None:
        """Tell every chat whose answers stand on something that the new library corrects."""
        for chat, _ in self._desk.sessions.live():
            await self.tell(chat, old, new)

    async def tell(self, chat: int, old: Answerer, new: Answerer) -> None:
        """Tell one chat; of each correction once, whoever else looks."""
        session = self._desk.sessions.held(chat)
        found = _corrected(session, old, new) if session else []
        if session is None or not found:
            return
        session.told |= {_mark(citation, new) for _, citation in found}
        try:
            await self._desk.outbox.send(chat, notice(found, self._desk.texts))
        except Forbidden:
            self._desk.sessions.forget(chat)
        except TelegramError as error:
            _log.info("a correction could not be told: %s", Shown(describe(error)))

    async def pressed(self, update: Update, _context: Context) -> None:
        """Show what the library says now where it was corrected."""
        query = update.callback_query
        press = read_press(query.data) if query else None
        if query is None or press is None or query.message is None:
            return
        chat = query.message.chat.id
        session = self._desk.sessions.held(chat)
        turn = session.turns.get(press.key) if session else None
        cited = {citation.n: citation for citation in turn.answer.citations} if turn else {}
        if session is None or turn is None or press.part not in cited:
            texts = self._desk.say(update)
            await self._desk.outbox.acknowledge(query.id, texts.messages.too_old_button)
            return
        await self._desk.outbox.acknowledge(query.id)
        citation = cited[press.part]
        question = f"{citation.title}: {citation.section}"
        async with typing(self._desk.bot, chat):
            given = await self._desk.ask(question, turn.answer.language)
        fresh = session.keep(0, given)
        fresh.message_ids = await self._desk.outbox.send(chat, views.pages(self._desk, chat, fresh))


Found = list[tuple[Turn, Citation]]


def _corrected(session: Session, old: Answerer, new: Answerer) -> Found:
    """Return one citation for each document that was corrected, of the latest answer first."""
    found: dict[str, tuple[Turn, Citation]] = {}
    for turn in reversed(session.turns.values()):
        if not turn.message_ids:  # nothing of it stands in the chat any more
            continue
        for citation in corrected(turn.answer, old, new):
            if _mark(citation, new) in session.told:
                continue
            found.setdefault(citation.document, (turn, citation))
    return list(found.values())[:MOST_NAMED]


def corrected(answer: Answer, old: Answerer, new: Answerer) -> list[Citation]:
    """Return the citations of ``answer`` whose passage says something else in ``new``, or is gone.

    Only letters and digits count: a comma is no correction. Nor is it one where the passage has
    moved within its section.
    """
    return [
        citation
        for citation in answer.citations
        if (before := old.passage(citation.passage)) is not None and not _stands(before, new)
    ]


def _mark(citation: Citation, new: Answerer) -> str:
    """Return what tells one correction from others: the passage, and what it says now."""
    passage = new.passage(citation.passage)
    said = hashlib.sha256(_words(passage.text if passage else "").encode()).hexdigest()[:_MARK]
    return f"{citation.passage} {said}"


def _stands(before: Passage, new: Answerer) -> bool:
    wanted = _words(before.text)
    section = before.key.rpartition(".")[0]
    number = 1
    while (passage := new.passage(f"{section}.{number}@{before.language}")) is not None:
        if _words(passage.text) == wanted:
            return True
        number += 1
    return False


def _words(text: str) -> str:
    return "".join(c for c in search_form(text) if unicodedata.category(c)[0] in "LN")


def notice(found: Found, texts: dict[Language, Texts]) -> list[Message]:
    """Return the message that tells of corrections. What it is about is not in its first line."""
    language = found[0][0].answer.language
    own = texts[language].corrections
    separator = "»، «" if language == "fa" else "”, “"
    titles = separator.join(dict.fromkeys(citation.title for _, citation in found))
    blocks = [
        *paragraphs(own.first, language),
        *paragraphs(own.about.format(titles=titles), language),
    ]
    rows = tuple(
        (
            Button(
                render.label(own.again.format(title=citation.title), language),
                Press("again", turn.key, citation.n),
            ),
        )
        for turn, citation in found
    )
    pages = pack(blocks)
    return [
        Message(html, rows if page == len(pages) else (), silent=True)
        for page, html in enumerate(pages, start=1)
    ]
