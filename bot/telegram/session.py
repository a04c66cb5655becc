"""What is held of a conversation: in memory, for a while, for a bounded number of chats.

Things with lifetimes of their own. What was said (the answers, for the buttons) goes after hours
without a message. The numbers of the messages stay as long as Telegram would let the bot delete
them, so that /forget can; they say nothing of the content. What a person has chosen stays for
weeks, and the timetable of deletions until they are done.
"""

from __future__ import annotations

import dataclasses
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from bot.telegram.choices import ChoiceBook, Vanish
from bot.telegram.flow_run import FlowRun
from bot.telegram.timetable import Timetable
from bot.telegram.under_way import fresh_key
from retrieval.answering.answer import Answer, Language
from retrieval.answering.views import View
from retrieval.search.context import NOTHING, Context

IDLE_HOURS = 6
DELETE_HOURS = 48  # the Bot API deletes messages that are less than 48 hours old
MOST_CHATS = 20_000
MOST_TURNS = 8  # answers per chat whose buttons work
MOST_MESSAGES = 400  # message numbers per chat
_HOUR = 3600.0
# How long a message stands; one to delete when it was read goes after a day at the latest.
STANDS: dict[Vanish, float] = {"hour": _HOUR, "day": 24 * _HOUR, "read": 24 * _HOUR}
_MARGIN = 120.0  # a deletion asked for in the last two minutes could come too late


@dataclass(slots=True)
class Turn:
    """An answer, the message that asked for it and the messages that carry it.

    ``also_asked`` are further messages that made up the question, ``view`` the shape in which the
    answer stands in the chat, ``shown_ids`` its sources and its rest, ``used`` the data of the
    buttons already pressed.
    """

    key: str
    question_id: int
    answer: Answer
    also_asked: tuple[int, ...] = ()
    view: View | None = None
    message_ids: list[int] = field(default_factory=list)
    shown_ids: list[int] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Session:
    """What is held of one chat while it goes on.

    ``delicate``: the conversation has come to a summons, and its messages delete themselves unless
    the person has chosen otherwise. ``word_until``: the next message is a new panic word, if it
    comes before that time. ``told``: the corrections it has been told of.
    """

    touched: float
    language: Language | None = None
    turns: OrderedDict[str, Turn] = field(default_factory=OrderedDict)
    album: str | None = None
    flows: dict[str, FlowRun] = field(default_factory=dict)
    delicate: bool = False
    word_until: float = 0.0
    told: set[str] = field(default_factory=set)

    def keep(self, question_id: int, answer: Answer) -> Turn:
        """Hold an answer, without the question, and return its turn.

        The key is drawn at random: after a restart an old button must not open a new answer.
        """
        answer = dataclasses.replace(answer, question="")
        turn = Turn(fresh_key(), question_id, answer)
        self.turns[turn.key] = turn
        while len(self.turns) > MOST_TURNS:
            self.turns.popitem(last=False)
        return turn

    def turn_of(self, question_id: int) -> Turn | None:
        """Return the turn that a message started, or None where it is not held."""
        asked = [t for t in self.turns.values() if question_id in (t.question_id, *t.also_asked)]
        return asked[-1] if asked else None

    def turn_in(self, message_id: int) -> Turn | None:
        """Return the turn whose answer a message carries, or None where it is not held."""
        return next((t for t in self.turns.values() if message_id in t.message_ids), None)

    @property
    def speaks(self) -> Language | None:
        """The language that was chosen, or else that of the last answer."""
        last = next(reversed(self.turns.values()), None)
        return self.language or (last.answer.language if last else None)

    @property
    def spoken_of(self) -> Context:
        """What the last answer leaves for half a question to lean on."""
        last = next(reversed(self.turns.values()), None)
        return last.answer.context if last else NOTHING


class Sessions:
    """All that the bot holds of its conversations. ``clock`` gives seconds since the epoch.

    ``changed`` is called after a change of what is to survive a restart.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        most_chats: int = MOST_CHATS,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._most = most_chats
        self.choices = ChoiceBook(clock, changed, most_chats)
        self.timetable = Timetable(changed)
        self._sessions: OrderedDict[int, Session] = OrderedDict()
        self._messages: OrderedDict[int, deque[tuple[int, float]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._sessions.keys() | self._messages.keys())

    def now(self) -> float:
        """Return the time, in seconds since the epoch."""
        return self._clock()

    def live(self) -> list[tuple[int, Session]]:
        """Return the chats whose conversation goes on, with their sessions."""
        held = [(chat, self.held(chat)) for chat in list(self._sessions)]
        return [(chat, session) for chat, session in held if session is not None]

    def touch(self, chat: int) -> Session:
        """Return the chat's session, fresh where there is none or the old one has run out."""
        session = self.held(chat)
        if session is None:
            session = self._sessions[chat] = Session(
                self._clock(), language=self.choices.of(chat).language
            )
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

    def goes_on(self, chat: int, session: Session) -> bool:
        """Return whether a conversation was not forgotten meanwhile.

        Its time running out does not end it while an answer is on its way.
        """
        return self._sessions.get(chat) is session

    def note(self, chat: int, message_id: int, sent: float) -> None:
        """Hold a message's number and time, so that it can be deleted on request, and enter it
        in the timetable where the chat's messages delete themselves."""
        messages = self._messages.setdefault(chat, deque(maxlen=MOST_MESSAGES))
        messages.append((message_id, sent))
        self._messages.move_to_end(chat)
        while len(self._messages) > self._most:
            self._messages.popitem(last=False)
        vanish = self.vanish(chat)
        if vanish != "off":
            self.timetable.add(chat, message_id, sent + STANDS[vanish], at_next=vanish == "read")

    def vanish(self, chat: int) -> Vanish:
        """Return when messages of the chat delete themselves."""
        chosen = self.choices.of(chat).vanish
        if chosen is not None:
            return chosen
        session = self.held(chat)
        return "hour" if session is not None and session.delicate else "off"

    def prolong(self, chat: int, message_id: int) -> None:
        """A message was changed: its time begins anew."""
        vanish = self.vanish(chat)
        if vanish != "off" and self.timetable.has(chat, message_id):
            until = self._clock() + STANDS[vanish]
            self.timetable.add(chat, message_id, until, at_next=vanish == "read")

    def reschedule(self, chat: int) -> None:
        """Enter the messages that stand in the chat anew, as it has chosen now."""
        self.timetable.take(chat)
        for number, sent in list(self._messages.pop(chat, ())):
            self.note(chat, number, sent)

    def deleted(self, chat: int, numbers: Collection[int]) -> None:
        """Messages are gone: let go of their numbers and of the answers that they carried.

        Where messages go when the person writes again, the answers stay as long as the
        conversation: the next question may follow on from them.
        """
        gone = set(numbers)
        self.timetable.strike(chat, gone)
        left = [each for each in self._messages.pop(chat, ()) if each[0] not in gone]
        if left:
            self._messages[chat] = deque(left, maxlen=MOST_MESSAGES)
        session = self._sessions.get(chat)
        for turn in list(session.turns.values()) if session else ():
            if gone.isdisjoint(turn.message_ids):
                continue
            turn.message_ids = [number for number in turn.message_ids if number not in gone]
            if session is not None and self.vanish(chat) != "read":
                del session.turns[turn.key]

    def forget(self, chat: int) -> list[int]:
        """Drop all that is held of a chat and return the messages that can still be deleted."""
        self._sessions.pop(chat, None)
        self.choices.forget(chat)
        oldest = self._clock() - DELETE_HOURS * _HOUR + _MARGIN
        messages = self._messages.pop(chat, deque())
        known = {number for number, sent in messages if sent > oldest}
        return sorted(known | set(self.timetable.take(chat)))

    def chats(self) -> set[int]:
        """Return the chats of which anything is held."""
        return {*self._sessions, *self._messages, *self.choices.chats(), *self.timetable.chats()}

    def messages(self, chat: int) -> list[tuple[int, float]]:
        """Return the numbers of a chat's messages and when they were sent."""
        return list(self._messages.get(chat, ()))

    def put(self, chat: int, session: Session) -> None:
        """Take up a conversation that was held elsewhere."""
        self._sessions[chat] = session

    def put_messages(self, chat: int, messages: Iterable[tuple[int, float]]) -> None:
        """Take up the numbers of messages that were held elsewhere."""
        self._messages[chat] = deque(messages, maxlen=MOST_MESSAGES)

    def let_go(self, chat: int) -> None:
        """Hold nothing more of a chat: what there is of it is held elsewhere from now on."""
        self._sessions.pop(chat, None)
        self._messages.pop(chat, None)
        self.choices.let_go(chat)
        self.timetable.take(chat)

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
        self.choices.sweep()
