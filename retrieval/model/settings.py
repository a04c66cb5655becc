"""Settings of the language model, a part of the library's: environment or ``.env``, DARICHEH_."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class ModelSettings(BaseSettings):
    """Which language model may rewrite questions and compose answers; none unless ``model`` is set.

    ``model`` and ``model_provider`` are what LangChain's ``init_chat_model`` takes; with
    ``model_url`` and no provider the server speaks OpenAI's protocol (llama.cpp, vLLM, most
    others). A server outside the operator's own network is used only with ``model_outside``.
    ``model_seconds`` is the time that the model has for one answer, all its steps together. The
    limits count a day in UTC; prices are per million tokens, in any currency.
    """

    model_config = SettingsConfigDict(
        env_prefix="DARICHEH_", env_file=".env", extra="ignore", frozen=True
    )

    model: str | None = None
    model_provider: str | None = None
    model_url: str | None = None
    model_key: SecretStr | None = None
    model_key_file: Path | None = None
    model_outside: bool = False
    model_rewrite: bool = True
    model_compose: bool = True
    model_seconds: float = Field(default=25.0, gt=0)
    model_chat_tokens: int = Field(default=60_000, gt=0)
    model_day_tokens: int = Field(default=2_000_000, gt=0)
    model_day_cost: float | None = Field(default=None, gt=0)
    model_price_read: float = Field(default=0.0, ge=0)
    model_price_written: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _what_goes_together(self) -> ModelSettings:
        if self.model_key is not None and self.model_key_file is not None:
            raise ValueError(
                "DARICHEH_MODEL_KEY and DARICHEH_MODEL_KEY_FILE are both set; keep one"
            )
        if self.model_url is not None and not self.model_url.startswith(("http://", "https://")):
            raise ValueError("DARICHEH_MODEL_URL begins with http:// or https://")
        if self.model_day_cost is not None and not self.model_price_read + self.model_price_written:
            raise ValueError(
                "DARICHEH_MODEL_DAY_COST needs DARICHEH_MODEL_PRICE_READ and "
                "DARICHEH_MODEL_PRICE_WRITTEN: what a million tokens cost"
            )
        return self

    def model_secret(self) -> str | None:
        """Return the provider's key, or None where none is set.

        Raises ``OSError`` where the key file cannot be read.
        """
        if self.model_key_file is not None:
            return self.model_key_file.read_text(encoding="utf-8").strip() or None
        return self.model_key.get_secret_value().strip() or None if self.model_key else None
