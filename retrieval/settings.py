"""Settings of the library, read from the environment or ``.env`` with the prefix DARICHEH_."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class LibrarySettings(BaseSettings):
    """Where the knowledge is, where the index lives, and which encoder makes the vectors."""

    model_config = SettingsConfigDict(
        env_prefix="DARICHEH_", env_file=".env", extra="ignore", frozen=True
    )

    knowledge: Path = PROJECT / "knowledge"
    state: Path = PROJECT / ".state"
    encoder: str = "bundled"
    encoder_query_prefix: str | None = None
    encoder_passage_prefix: str | None = None
    threads: int = 2
