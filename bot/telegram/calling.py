"""The address at which Telegram calls this bot, and the word that it says."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.shared.keys import derived_text
from bot.webhook.listener import Gate
from bot.webhook.settings import WebhookSettings


def address(settings: WebhookSettings, secret: str) -> str:
    """Return the webhook's whole address: as set, and a part that nobody can guess.

    The part is derived from ``secret``, so that it is the same in every process and after every
    start, and tells nothing of it.
    """
    return f"{(settings.webhook_url or '').rstrip('/')}/{derived_text(secret, 'webhook path')}"


def gate(settings: WebhookSettings, secret: str) -> Gate:
    """Return what a call must have to be heard."""
    word = settings.webhook_secret
    return Gate(
        urlsplit(address(settings, secret)).path,
        word.get_secret_value() if word else derived_text(secret, "webhook secret"),
        settings.webhook_telegram_only,
        settings.trusted_proxies(),
    )
