"""Settings of the library, read from the environment or ``.env`` with the prefix DARICHEH_."""

from __future__ import annotations

from pathlib import Path

from retrieval.index.settings import ChromaSettings
from retrieval.model.settings import ModelSettings

PROJECT = Path(__file__).resolve().parent.parent


class LibrarySettings(ModelSettings, ChromaSettings):
    """Where the knowledge is, where the index lives, which encoder makes the vectors, and which
    language model may write, if any."""

    knowledge: Path = PROJECT / "knowledge"
    state: Path = PROJECT / ".state"
    encoder: str = "bundled"
    encoder_query_prefix: str | None = None
    encoder_passage_prefix: str | None = None
    threads: int = 2
