"""Settings of the webhook. Prefix DARICHEH_."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator

from retrieval.settings import LibrarySettings

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class WebhookSettings(LibrarySettings):
    """Where Telegram calls the bot, and where the bot listens.

    ``webhook_url`` is the address that people outside see; a part that nobody can guess is added to
    it. ``webhook_secret`` is the word that Telegram sends along with every call; without one it is
    derived, and the same in all processes of one bot. With ``webhook_cert`` and ``webhook_key`` the
    bot speaks TLS itself; ``webhook_self_signed`` gives the certificate to Telegram, which would
    not know it. ``webhook_telegram_only`` refuses calls from outside Telegram's networks; behind a
    proxy it needs ``webhook_proxies``, the addresses or networks whose X-Forwarded-For is believed.
    """

    webhook_url: str | None = None
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    webhook_secret: SecretStr | None = None
    webhook_cert: Path | None = None
    webhook_key: Path | None = None
    webhook_self_signed: bool = False
    webhook_telegram_only: bool = False
    webhook_proxies: str = ""

    @field_validator("webhook_secret")
    @classmethod
    def _long_and_plain(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("write 16 to 256 letters, digits, _ or -; or leave it out")
        return secret

    @field_validator("webhook_proxies")
    @classmethod
    def _networks(cls, proxies: str) -> str:
        try:
            _read(proxies)
        except ValueError:
            raise ValueError(
                "write addresses or networks with commas between: 10.0.0.0/8,192.168.1.5"
            ) from None
        return proxies

    @model_validator(mode="after")
    def _certificate_with_key(self) -> WebhookSettings:
        if (self.webhook_cert is None) != (self.webhook_key is None):
            raise ValueError("DARICHEH_WEBHOOK_CERT and DARICHEH_WEBHOOK_KEY go together; set both")
        if self.webhook_self_signed and self.webhook_cert is None:
            raise ValueError("DARICHEH_WEBHOOK_SELF_SIGNED needs DARICHEH_WEBHOOK_CERT")
        return self

    def trusted_proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Return the networks whose X-Forwarded-For is believed."""
        return _read(self.webhook_proxies)


def _read(proxies: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(each.strip()) for each in proxies.split(",") if each.strip())
