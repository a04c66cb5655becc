"""What the bot counts of its own work. In memory only, and nothing of who asked or what.

Every label comes from a fixed list that stands here. What is shown of the counts is coarser than
the counts: see ``stepwise`` and ``exposition``.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, get_args

from bot.operating.stepwise import Durations
from retrieval.answering.answer import Answer, Language, Status

# Where the time goes: waiting for a thread, the library's three stages, a language model's writing
# where there is one, and Telegram taking what was sent, with all waiting and trying again.
Stage = Literal["wait", "search", "judge", "compose", "write", "send"]
UpdateKind = Literal[
    "message", "edited_message", "callback_query", "inline_query", "my_chat_member", "other"
]
# A refusal is left out: one that says "blocked by the user" would tell that somebody did. A
# conflict is another process that asks for this bot's updates.
Failure = Literal["too_many", "conflict", "server", "network"]

STAGES: tuple[Stage, ...] = get_args(Stage)
UPDATE_KINDS: tuple[UpdateKind, ...] = get_args(UpdateKind)
FAILURES: tuple[Failure, ...] = get_args(Failure)
STATUSES: tuple[Status, ...] = get_args(Status)
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Meters:
    """The counts of one bot since its start. For use in the bot's event loop alone."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[Status, Language]] = Counter()
        self.updates: Counter[UpdateKind] = Counter()
        self.failures: Counter[Failure] = Counter()
        self.stages: dict[Stage, Durations] = {stage: Durations() for stage in STAGES}

    def answered(self, answer: Answer) -> None:
        """Count an answer that somebody is given."""
        self.answers[answer.status, answer.language] += 1

    def looked_up(self, answer: Answer, seconds: float) -> None:
        """Count the stages of an answer of the library's, there ``seconds`` after it was asked."""
        self.stages["wait"].add(max(0.0, seconds - answer.seconds))
        self.stages["search"].add(answer.stages.search)
        self.stages["judge"].add(answer.stages.judge)
        self.stages["compose"].add(answer.stages.compose)

    def wrote(self, seconds: float) -> None:
        """Count that a language model had an answer in hand for so long."""
        self.stages["write"].add(seconds)

    def sent(self, seconds: float) -> None:
        """Count a message that Telegram took, ``seconds`` after it was handed on."""
        self.stages["send"].add(seconds)

    def came(self, kind: str) -> None:
        """Count an update; what is not in the list is counted as "other"."""
        known: UpdateKind = next((each for each in UPDATE_KINDS if each == kind), "other")
        self.updates[known] += 1

    def replied(self, status: int | None) -> None:
        """Count a failed request to Telegram by its HTTP status, None where none came back."""
        if status is None:
            self.failures["network"] += 1
        elif status == 429:
            self.failures["too_many"] += 1
        elif status == 409:
            self.failures["conflict"] += 1
        elif status >= 500:
            self.failures["server"] += 1
