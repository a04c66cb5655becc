"""The settings to a teller, ready for questions."""

from __future__ import annotations

import time
from collections.abc import Callable

from retrieval.model.assembling import Check
from retrieval.model.breaker import Breaker
from retrieval.model.line import Line
from retrieval.model.opening import open_chat
from retrieval.model.settings import ModelSettings
from retrieval.model.spending import Limits, Spending
from retrieval.model.teller import Teller


def open_teller(
    settings: ModelSettings,
    check: Check,
    clock: Callable[[], float] = time.time,
    *,
    alone: bool = False,
) -> Teller | None:
    """Return what tells with the model of ``settings``, None where they name none.

    ``alone``: nobody else asks, so that the share of a chat is that of the day. Nothing is sent
    yet. Raises ``ModelError`` where the model cannot be used.
    """
    if settings.model is None:
        return None
    limits = Limits(
        settings.model_day_tokens if alone else settings.model_chat_tokens,
        settings.model_day_tokens,
        settings.model_day_cost,
        settings.model_price_read,
        settings.model_price_written,
    )
    line = Line(open_chat(settings), Spending(limits, clock), Breaker(time.monotonic))
    return Teller(
        line,
        check,
        settings.model_seconds,
        rewrites=settings.model_rewrite,
        composes=settings.model_compose,
    )
