"""/platform, /term, /topics, /sources, /contacts: what the library holds, to leaf through.

Nothing is remembered between two buttons: each says all it needs, so that old ones work too.
"""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, Update
from telegram import Message as TelegramMessage

from bot.telegram import browse_screens as screens
from bot.telegram.addressed import is_private
from bot.telegram.desk import Context, Desk
from bot.telegram.message import Message, read_press
from retrieval.answering.answer import Language
from retrieval.browsing import Catalogue, Sheet
from retrieval.knowledge.documents import Kind

LISTS = ("platform", "contacts", "term", "topics", "sources")
_KINDS: tuple[Kind, ...] = ("guidance", "article", "tool", "platform", "contact")


class Browsing:
    """Handles the commands and buttons of lists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _catalogue(self) -> Catalogue:
        return self._desk.answerer.catalogue

    async def platform(self, update: Update, _context: Context) -> None:
        """Show what happened to the platform that is named, or the list of platforms."""
        name, language = self._begin(update), self._desk.language(update)
        found = self._catalogue.platform_named(name)
        if len(found.exact) == 1:
            await self._open(update, self._catalogue.sheet(found.exact[0], language))
            return
        entries = self._catalogue.of_kind("platform", language)
        texts = self._desk.texts[language]
        near = [entry for entry in entries if entry.id in (*found.exact, *found.near)]
        if near:
            choices, text = screens.documents(near), texts.browsing.near
        elif name:
            choices, text = screens.documents(entries), texts.browsing.platform_unknown
        else:
            choices, text = screens.documents(entries), texts.browsing.platforms
        await self._send(update, screens.choices(text, choices, language))

    async def term(self, update: Update, _context: Context) -> None:
        """Show what a word means, or the list of words."""
        word, language = self._begin(update), self._desk.language(update)
        texts, catalogue = self._desk.texts[language], self._catalogue
        if not word:
            await self._send(update, self._page("terms", 0, language))
            return
        found = catalogue.term_named(word)
        terms = [term for term in map(catalogue.term, found.exact or found.near) if term]
        if found.exact and len(terms) == 1:
            await self._send(update, screens.term(terms[0], texts, language))
            return
        text = texts.browsing.near if terms else texts.browsing.term_unknown
        await self._send(update, screens.choices(text, screens.named(terms, language), language))

    async def topics(self, update: Update, _context: Context) -> None:
        """Show the list of topics."""
        self._begin(update)
        await self._send(update, self._page("topics", 0, self._desk.language(update)))

    async def contacts(self, update: Update, _context: Context) -> None:
        """Show who can help."""
        self._begin(update)
        await self._send(update, self._page("contacts", 0, self._desk.language(update)))

    async def sources(self, update: Update, _context: Context) -> None:
        """Show all sources, by publisher."""
        self._begin(update)
        await self._send(update, self._page("sources", 0, self._desk.language(update)))

    async def pressed(self, update: Update, _context: Context) -> None:
        """Turn a page in place, or open below what a button names."""
        query = update.callback_query
        press = read_press(query.data) if query else None
        if query is None or press is None or query.message is None:
            return
        language = self._desk.language(update)
        opened = self._opened(press.key, language)
        pages = self._page(press.key, press.part, language) if opened is None else opened
        gone = self._desk.texts[language].browsing.gone
        await self._desk.outbox.acknowledge(query.id, None if pages else gone)
        if not pages:
            return
        if isinstance(pages, Sheet):
            await self._open(update, pages)
            await self._without(query)
        elif opened is not None:
            await self._desk.outbox.send(query.message.chat.id, pages)
        else:
            numbers = [query.message.message_id]
            await self._desk.outbox.replace(query.message.chat.id, numbers, pages)

    def _begin(self, update: Update) -> str:
        """Note the command's message and return what stands behind the command."""
        message = update.effective_message
        if message is None:
            return ""
        if is_private(message):
            self._desk.sessions.note(message.chat.id, message.message_id, message.date.timestamp())
        return (message.text or "").partition(" ")[2].strip()

    async def _send(self, update: Update, pages: list[Message]) -> None:
        if update.effective_chat is not None:
            await self._desk.outbox.send(update.effective_chat.id, pages)

    async def _open(self, update: Update, sheet: Sheet | None) -> None:
        """Send sections of a document, and hold their sources for the button."""
        if update.effective_chat is None or sheet is None:
            return
        session = self._desk.sessions.touch(update.effective_chat.id)
        turn = session.keep(0, screens.to_hold(sheet))
        pages = screens.sheet(sheet, self._desk.texts[sheet.language], turn.key)
        turn.message_ids = await self._desk.outbox.send(update.effective_chat.id, pages)

    async def _without(self, query: CallbackQuery) -> None:
        """Take a section's button away: the section stands below now."""
        message = query.message
        data = query.data or ""
        if isinstance(message, TelegramMessage) and data.startswith("b:part."):
            await self._desk.outbox.take_buttons(
                message.chat.id, message.message_id, message.reply_markup, {data}
            )

    def _page(self, key: str, page: int, language: Language) -> list[Message]:
        """Return a page of the list that ``key`` names; nothing where there is no such list."""
        texts, catalogue = self._desk.texts[language], self._catalogue
        if key == "topics":
            return screens.topics(catalogue.topics(language), texts, language, page)
        if key == "terms":
            return screens.terms(catalogue.terms(language), texts, language, page)
        if key == "contacts":
            entries = catalogue.of_kind("contact", language)
            return screens.contacts(entries, texts, language, page)
        if key == "sources":
            return screens.sources(catalogue.publishers(language), texts, language, page)
        kind, _, name = key.partition(".")
        for filed in catalogue.topics(language) if kind == "topic" else ():
            if screens.handle(filed.id) == name:
                entries = catalogue.filed_under(filed.id, language)
                return screens.topic(filed, entries, texts, language, page)
        return []

    def _opened(self, key: str, language: Language) -> Sheet | list[Message] | None:
        """Return what ``key`` opens, nothing where it is gone; None where it names a list."""
        kind, _, name = key.partition(".")
        if kind == "term":
            for term in self._catalogue.terms(language):
                if screens.handle(term.id) == name:
                    return screens.term(term, self._desk.texts[language], language)
            return []
        if kind in ("doc", "part"):
            document, _, section = name.partition(".")
            return self._sheet(document, section, language) or []
        return None

    def _sheet(self, document: str, section: str, language: Language) -> Sheet | None:
        for kind in _KINDS:
            for entry in self._catalogue.of_kind(kind, language):
                if screens.handle(entry.id) == document:
                    first = self._catalogue.sheet(entry.id, language)
                    if first is None or not section:
                        return first
                    for other in first.others:
                        if screens.handle(other.section) == section:
                            part = self._catalogue.sheet(entry.id, language, [other.section])
                            return replace(part, others=()) if part else None
        return None
