"""A question in free text, or one that was edited: answered, or its answer changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import Message, Update

from bot.telegram import groups, render, views
from bot.telegram.addressed import is_private, words_to
from bot.telegram.burst import MOST_QUESTIONS, Bursts, Part, joined, questions_in
from bot.telegram.busy import typing
from bot.telegram.desk import LONGEST_QUESTION, Context, Desk
from bot.telegram.flow_commands import Flows
from bot.telegram.session import Session, Turn
from bot.telegram.spoken import spoken_here
from bot.telegram.writing import Growing
from retrieval.answering.answer import Answer, Language
from retrieval.language.others import other_language

Show = Callable[[Answer], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its words, and the messages that made it up."""

    words: str
    messages: tuple[Message, ...]

    @property
    def last(self) -> Message:
        return self.messages[-1]


class Questions:
    """Handles text that is not a command."""

    def __init__(self, desk: Desk, flows: Flows, bursts: Bursts) -> None:
        self._desk = desk
        self._flows = flows
        self._bursts = bursts

    async def asked(self, update: Update, _context: Context) -> None:
        """Answer a message that asks something: in a private chat with what comes right after it,
        in a group at once."""
        message = update.effective_message
        if message is None:
            return
        words = words_to(message, self._desk.bot.id, self._desk.bot.username)
        if words is None:
            return
        self._note(message)
        if not _has_words(words):
            await self._without_words(update, message)
        elif is_private(message):
            session = self._desk.sessions.touch(message.chat.id)
            self._bursts.add(Part(update, message, words), lambda p: self._collected(session, p))
        else:
            await self._answer_in_group(Asked(words, (message,)))

    async def edited(self, update: Update, _context: Context) -> None:
        """Change the answer to a question that was edited; answer it where there was none."""
        message = update.effective_message
        if message is None or not (message.text or message.caption):
            return
        words = words_to(message, self._desk.bot.id, self._desk.bot.username)
        if words is None or not _has_words(words):
            return
        session = self._desk.sessions.touch(message.chat.id)
        turn = session.turn_of(message.message_id)
        if turn is None:
            await self.answer(message, words)
        else:
            await self._answer_anew(message, words, session, turn)

    async def answer(self, message: Message, words: str) -> None:
        """Answer ``words`` in the chat of ``message``."""
        asked = Asked(words, (message,))
        if not is_private(message):
            await self._answer_in_group(asked)
            return
        session = self._desk.sessions.touch(message.chat.id)
        await self._answer(session, asked)
        await self._offer(message)

    async def _collected(self, session: Session, parts: Sequence[Part]) -> None:
        """Answer what was said within a short while: a few questions at most, in order."""
        groups = questions_in([part.words for part in parts])
        for group in groups[-MOST_QUESTIONS:]:
            words = joined([parts[at].words for at in group])[:LONGEST_QUESTION]
            question = Asked(words, tuple(parts[at].message for at in group))
            await self._answer(session, question, reply=len(groups) > 1)
        last = parts[-1].message
        if len(groups) > MOST_QUESTIONS and self._goes_on(last, session):
            language = self._desk.language(parts[-1].update)
            text = self._desk.texts[language].answer.burst_left_out
            await self._desk.outbox.send(last.chat.id, render.chrome(text, language))
        await self._offer(last)

    async def _answer(self, session: Session, asked: Asked, *, reply: bool = False) -> None:
        chat = asked.last.chat.id
        if not self._goes_on(asked.last, session):
            return
        code = other_language(asked.words)
        if code is not None:
            await self._desk.outbox.send(chat, spoken_here(code, self._desk.texts))
            return
        reply_to = asked.last.message_id if reply else None
        growing = Growing(
            self._desk.outbox,
            self._desk.texts,
            chat,
            reply_to,
            lambda: self._goes_on(asked.last, session),
        )
        async with typing(self._desk.bot, chat), growing:
            given = await self._told(chat, session, asked.words, growing.show)
        if not self._goes_on(asked.last, session):
            return
        turn = _kept(session, asked, given)
        pages = views.pages(self._desk, chat, turn)
        if growing.numbers:
            turn.message_ids = await self._desk.outbox.replace(chat, growing.numbers, pages)
        else:
            turn.message_ids = await self._desk.outbox.send(chat, pages, reply_to)

    async def _told(
        self, chat: int, session: Session, words: str, show: Show = lambda _: None
    ) -> Answer:
        hint, before = language_hint(words, session.speaks), session.spoken_of
        return await self._desk.tell(chat, words, hint, before, show)

    async def _answer_in_group(self, asked: Asked) -> None:
        """Answer shortly, by a reply. What others were told is no context, but for the answer that
        is replied to."""
        message, chat = asked.last, asked.last.chat.id
        session = self._desk.sessions.touch(chat)
        replied = message.reply_to_message
        before = session.turn_in(replied.message_id) if replied else None
        async with typing(self._desk.bot, chat):
            spoken_of = (before.answer.context,) if before else ()
            given = await self._desk.ask(asked.words, None, *spoken_of)
        turn = _kept(session, asked, given)
        pages = groups.pages(self._desk, turn)
        turn.message_ids = await self._desk.outbox.send(chat, pages, message.message_id)

    async def _answer_anew(self, message: Message, words: str, session: Session, old: Turn) -> None:
        chat, outbox = message.chat.id, self._desk.outbox
        asked = Asked(words, (message,))
        private = is_private(message)
        async with typing(self._desk.bot, chat):
            if private:
                given = await self._told(chat, session, words)
            else:
                hint = language_hint(words, session.speaks)
                given = await self._desk.ask(words, hint, session.spoken_of)
        session.turns.pop(old.key, None)
        turn = _kept(session, asked, given)
        turn.also_asked = tuple({old.question_id, *old.also_asked} - {turn.question_id})
        pages = views.pages(self._desk, chat, turn) if private else groups.pages(self._desk, turn)
        turn.message_ids = await outbox.replace(chat, old.message_ids, pages)
        await outbox.delete(chat, old.shown_ids)  # the old sources would stand under the new answer

    async def _without_words(self, update: Update, message: Message) -> None:
        texts, language = self._desk.say(update), self._desk.language(update)
        text = texts.messages.empty_question
        if not is_private(message):
            text = texts.messages.addressed_empty
        await self._desk.outbox.send(message.chat.id, render.chrome(text, language))

    async def _offer(self, message: Message) -> None:
        session = self._desk.sessions.held(message.chat.id)
        if session is not None and session.turns:
            await self._flows.offer(message.chat.id, session.speaks or "fa")

    def _goes_on(self, message: Message, session: Session) -> bool:
        """Whether the chat's conversation is still the one in which this was asked: not forgotten
        meanwhile."""
        return self._desk.sessions.goes_on(message.chat.id, session)

    def _note(self, message: Message) -> None:
        """Hold the number of a person's message: in a private chat the bot may delete it too."""
        if is_private(message):
            self._desk.sessions.note(message.chat.id, message.message_id, message.date.timestamp())


def _kept(session: Session, asked: Asked, given: Answer) -> Turn:
    turn = session.keep(asked.last.message_id, given)
    turn.also_asked = tuple(message.message_id for message in asked.messages[:-1])
    return turn


def language_hint(words: str, spoken: Language | None) -> Language | None:
    """Return the language to answer in where the words themselves may not tell, else None.

    One or two Latin words are as likely a product's name as English ("VPN?"). ``spoken`` is the
    language that was chosen or spoken before.
    """
    if spoken == "fa" and words.isascii() and len(words.split()) <= 2:
        return "fa"
    return None


def _has_words(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)
