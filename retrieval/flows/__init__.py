"""Guided conversations: steps with buttons that lead to statements with citations.

``Library.flow(id)`` gives a ``Guide``. A conversation is ``state = guide.start()``, then
``guide.screen(state, language)`` shows it and ``guide.press(state, press)`` leads on. What is said
stands in ``knowledge/flows/`` and the passages it refers to; nothing here knows a subject.
"""

from retrieval.flows.guide import Guide, guides_of
from retrieval.flows.plan import changes
from retrieval.flows.screens import (
    AreaChange,
    AreaLevel,
    Case,
    Cell,
    Changes,
    Choice,
    Comparison,
    Plan,
    Question,
    Screen,
    ShownAdvice,
    ShownBlock,
    ShownTool,
    Stopped,
)
from retrieval.flows.state import Answered, Press, State
from retrieval.flows.walk import Pressed

__all__ = [
    "Answered",
    "AreaChange",
    "AreaLevel",
    "Case",
    "Cell",
    "Changes",
    "Choice",
    "Comparison",
    "Guide",
    "Plan",
    "Press",
    "Pressed",
    "Question",
    "Screen",
    "ShownAdvice",
    "ShownBlock",
    "ShownTool",
    "State",
    "Stopped",
    "changes",
    "guides_of",
]
