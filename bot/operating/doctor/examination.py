"""Everything that is examined, in the order in which it is mended best."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

from bot.operating.doctor.certificate import certificate_findings
from bot.operating.doctor.finding import Finding
from bot.operating.doctor.library import index_findings, knowledge_findings
from bot.operating.doctor.machine import disk_findings, memory_findings
from bot.operating.doctor.names import name_findings
from bot.operating.doctor.servers import server_findings
from bot.operating.doctor.telegram import telegram_findings
from bot.operating.doctor.token import token_finding
from bot.operating.doctor.versions import version_findings
from bot.settings import BotSettings


def examine(settings: BotSettings) -> Iterator[Finding]:
    """Yield what is found, one thing after another. Changes nothing; asks Telegram who it is."""
    yield from name_findings(os.environ, Path())
    yield from version_findings()
    yield from disk_findings(settings.state)
    yield from memory_findings()
    yield from knowledge_findings(settings)
    yield from index_findings(settings)
    found, token = token_finding(settings)
    yield found
    if token is not None:
        yield from telegram_findings(settings, token)
    yield from certificate_findings(settings.webhook_cert, dt.datetime.now(tz=dt.UTC))
    yield from server_findings(settings)
