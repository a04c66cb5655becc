"""Where a bot's state is kept and its updates come from: it is alone, or one of several."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.settings import BotSettings
from bot.telegram.ledger import Ledger
from bot.telegram.workings import Workings

if TYPE_CHECKING:
    from bot.telegram.company import Company


def join(
    settings: BotSettings,
    secret: str,
    workings: Workings,
    ledger: Ledger,
    renew: Callable[[], Awaitable[None]],
    deaf: float,
) -> Company | None:
    """Return the company of all processes on one Redis, None where none is set.

    ``ledger`` holds what a process alone has left; ``renew`` gives polling new connections, where
    it has been deaf for ``deaf`` seconds. Raises ``DarichehError`` where the settings are unusable.
    """
    if settings.redis_url is None:
        return None
    from bot.shared.opening import open_shared  # Redis is an extra, and takes memory
    from bot.telegram.company import Company

    return Company(open_shared(settings, secret), workings, ledger, renew, deaf)
