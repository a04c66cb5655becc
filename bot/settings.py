"""Settings of the bot: the library's, plus how it reaches Telegram.

Read from the environment or ``.env`` with the prefix DARICHEH_.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import SecretStr, field_validator, model_validator

from bot.operating.settings import OperatingSettings
from bot.shared.settings import SharedSettings
from bot.webhook.settings import WebhookSettings

PROXIES = ("http://", "https://", "socks5://", "socks5h://")
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class BotSettings(OperatingSettings, SharedSettings, WebhookSettings):
    """How the bot reaches Telegram and how much it logs (never what anyone wrote).

    The token comes from DARICHEH_TELEGRAM_TOKEN or from the file that DARICHEH_TELEGRAM_TOKEN_FILE
    names (a container secret). With ``webhook_url`` set Telegram calls the bot; without, the bot
    asks Telegram. ``gaps`` lets it count the topics it could not answer (see ``bot.gaps``),
    ``feedback`` what people say about passages (see ``bot.feedback``); a passage called wrong is
    reported to the chat ``feedback_chat``, where that is set.
    """

    telegram_token: SecretStr | None = None
    telegram_token_file: Path | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_proxy: SecretStr | None = None
    log_level: LogLevel = "INFO"
    gaps: bool = False
    feedback: bool = True
    feedback_chat: int | None = None

    @field_validator("telegram_proxy")
    @classmethod
    def _known_kind_of_proxy(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy is not None and not proxy.get_secret_value().startswith(PROXIES):
            raise ValueError(f"a proxy's address begins with one of {', '.join(PROXIES)}")
        return proxy

    @model_validator(mode="after")
    def _one_place_for_the_token(self) -> BotSettings:
        if self.telegram_token is not None and self.telegram_token_file is not None:
            raise ValueError(
                "DARICHEH_TELEGRAM_TOKEN and DARICHEH_TELEGRAM_TOKEN_FILE are both set; keep one"
            )
        return self

    def token(self) -> str | None:
        """Return the bot's token, or None where none is set.

        Raises ``OSError`` where the token file cannot be read.
        """
        if self.telegram_token_file is not None:
            return self.telegram_token_file.read_text(encoding="utf-8").strip() or None
        if self.telegram_token is None:
            return None
        return self.telegram_token.get_secret_value().strip() or None
