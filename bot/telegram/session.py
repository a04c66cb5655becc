"""What is held of a conversation: in memory, for a while, for a bounded number of chats.

Two things with two lifetimes. What was said (the answers, for the buttons) goes after hours
without a message. The numbers of the messages stay as long as Telegram would let the bot delete
them, so that /forget can; they say nothing of the content.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.telegram.flow_run import FlowRun
from retrieval.answering.answer import Answer, Language

IDLE_HOURS = 6
DELETE_HOURS = 48  # the Bot API deletes messages that are less than 48 hours old
MOST_CHATS = 20_000
MOST_TURNS = 8  # answers per chat whose buttons work
MOST_MESSAGES = 400  # message numbers per chat
_HOUR = 3600.0
_MARGIN = 120.0  # a deletion asked for in the last two minutes could come too late


@dataclass(slots=True)
class Turn:
    """An answer, the message that asked for it and the messages that carry it.

    ``shown_ids`` are its sources and its rest, ``used`` the data of the
    buttons already pressed.
    """

    key: str
    question_id: int
    answer: Answer
    message_ids: list[int] = field(default_factory=list)
    shown_ids: list[int] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Session:
    """What is held of one chat while it goes on."""

    touched: float
    language: Language | None = None
    turns: OrderedDict[str, Turn] = field(default_factory=OrderedDict)
    album: str | None = None
    flows: dict[str, FlowRun] = field(default_factory=dict)

    def keep(self, question_id: int, answer: Answer) -> Turn:
        """Hold an answer, without the question, and return its turn.

        The key is drawn at random: after a restart an old button must not open a new answer.
        """
        answer = dataclasses.replace(answer, question="")
        turn = Turn(secrets.token_urlsafe(6), question_id, answer)
        self.turns[turn.key] = turn
        while len(self.turns) > MOST_TURNS:
            self.turns.popitem(last=False)
        return turn

    def turn_of(self, question_id: int) -> Turn | None:
        """Return the turn that a message started, or None where it is not held."""
        return next((t for t in self.turns.values() if t.question_id == question_id), None)


class Sessions:
    """All that the bot holds of its conversations. ``clock`` gives seconds since the epoch."""

    def __init__(self, clock: Callable[[], float], most_chats: int = MOST_CHATS) -> None:
        self._clock = clock
        self._most = most_chats
        self._sessions: OrderedDict[int, Session] = OrderedDict()
        self._messages: OrderedDict[int, deque[tuple[int, float]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._sessions.keys() | self._messages.keys())

    def touch(self, chat: int) -> Session:
        """Return the chat's session, fresh where there is none or the old one has run out."""
        session = self.held(chat)
        if session is None:
            session = self._sessions[chat] = Session(self._clock())
            while len(self._sessions) > self._most:
                self._sessions.popitem(last=False)
        session.touched = self._clock()
        self._sessions.move_to_end(chat)
        return session

    def held(self, chat: int) -> Session | None:
        """Return the chat's session where one is held, without prolonging it."""
        session = self._sessions.get(chat)
        if session is not None and self._clock() - session.touched > IDLE_HOURS * _HOUR:
            del self._sessions[chat]
            return None
        return session

    def note(self, chat: int, message_id: int, sent: float) -> None:
        """Hold a message's number and time, so that it can be deleted on request."""
        messages = self._messages.setdefault(chat, deque(maxlen=MOST_MESSAGES))
        messages.append((message_id, sent))
        self._messages.move_to_end(chat)
        while len(self._messages) > self._most:
            self._messages.popitem(last=False)

    def forget(self, chat: int) -> list[int]:
        """Drop all that is held of a chat and return the messages that can still be deleted."""
        self._sessions.pop(chat, None)
        oldest = self._clock() - DELETE_HOURS * _HOUR + _MARGIN
        messages = self._messages.pop(chat, deque())
        return sorted({number for number, sent in messages if sent > oldest})

    def sweep(self) -> None:
        """Drop what has run out; called now and then, so that silence also forgets."""
        now = self._clock()
        for chat in [c for c, s in self._sessions.items() if now - s.touched > IDLE_HOURS * _HOUR]:
            del self._sessions[chat]
        for chat, messages in list(self._messages.items()):
            while messages and now - messages[0][1] > DELETE_HOURS * _HOUR:
                messages.popleft()
            if not messages:
                del self._messages[chat]
