"""Where a chat is in a guided conversation: plain data, held like answers and as long."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.flows import State


@dataclass(slots=True)
class FlowRun:
    """One guided conversation of a chat.

    ``message_ids`` carry its present screen, ``source_key`` names the answer that holds that
    screen's sources. ``earlier`` is where the run before it ended, to be compared with.
    ``offer_id`` is the message that offers to go on after a question in between.
    """

    state: State
    message_ids: list[int] = field(default_factory=list)
    source_key: str | None = None
    earlier: State | None = None
    offer_id: int | None = None
