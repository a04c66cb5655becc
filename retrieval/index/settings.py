"""Settings of a Chroma server, a part of the library's: environment or ``.env``, DARICHEH_."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.model.whereabouts import is_inside


class ChromaSettings(BaseSettings):
    """Where the Chroma server is that holds the index; without one it lies in the state folder.

    ``chroma_token`` is sent with every request, for a proxy before the server: Chroma itself asks
    for none.
    """

    model_config = SettingsConfigDict(
        env_prefix="DARICHEH_", env_file=".env", extra="ignore", frozen=True
    )

    chroma_url: str | None = None
    chroma_token: SecretStr | None = None
    chroma_token_file: Path | None = None

    @field_validator("chroma_url")
    @classmethod
    def _a_server(cls, url: str | None) -> str | None:
        """What a question's vector gives away goes over the network: never in the clear."""
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("write http://host:port or https://host:port")
        if parts.username or parts.password:
            raise ValueError("a password in an address ends up in logs; set DARICHEH_CHROMA_TOKEN")
        if parts.scheme == "http" and not is_inside(parts.hostname):
            raise ValueError(
                "that server is not in your own network: only https:// keeps what people ask from "
                "whoever listens on the way"
            )
        return url.rstrip("/")

    @model_validator(mode="after")
    def _one_place_for_the_chroma_token(self) -> ChromaSettings:
        if self.chroma_token is not None and self.chroma_token_file is not None:
            raise ValueError(
                "DARICHEH_CHROMA_TOKEN and DARICHEH_CHROMA_TOKEN_FILE are both set; keep one"
            )
        return self

    def chroma_secret(self) -> str | None:
        """Return the token, or None where none is set.

        Raises ``OSError`` where the token file cannot be read.
        """
        if self.chroma_token_file is not None:
            return self.chroma_token_file.read_text(encoding="utf-8").strip() or None
        return self.chroma_token.get_secret_value().strip() or None if self.chroma_token else None
