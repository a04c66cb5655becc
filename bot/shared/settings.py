"""Settings of what several processes share. Prefix DARICHEH_."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr, field_validator, model_validator

from retrieval.settings import LibrarySettings

SCHEMES = ("redis://", "rediss://", "unix://")


class SharedSettings(LibrarySettings):
    """Where Redis is, and the secret that seals what lies in it.

    Without ``redis_url`` everything stays in this process's memory. ``redis_password_file`` holds
    the password where the address does not. The secret comes from ``state_key`` or the file
    ``state_key_file``; without either it is derived from the bot's token. All processes of one bot
    need the same.
    """

    redis_url: SecretStr | None = None
    redis_password_file: Path | None = None
    state_key: SecretStr | None = None
    state_key_file: Path | None = None

    @field_validator("redis_url")
    @classmethod
    def _an_address(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not url.get_secret_value().startswith(SCHEMES):
            raise ValueError(f"Redis's address begins with one of {', '.join(SCHEMES)}")
        return url

    @model_validator(mode="after")
    def _one_place_for_the_state_key(self) -> SharedSettings:
        if self.state_key is not None and self.state_key_file is not None:
            raise ValueError(
                "DARICHEH_STATE_KEY and DARICHEH_STATE_KEY_FILE are both set; keep one"
            )
        return self

    def shared_secret(self, token: str) -> str:
        """Return what the keys of the shared state are derived from.

        Raises ``OSError`` where the key file cannot be read, ``ValueError`` where it is empty.
        """
        if self.state_key_file is not None:
            secret = self.state_key_file.read_text(encoding="utf-8").strip()
        elif self.state_key is not None:
            secret = self.state_key.get_secret_value().strip()
        else:
            return token
        if not secret:
            raise ValueError("DARICHEH_STATE_KEY is empty")
        return secret
