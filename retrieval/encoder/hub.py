"""Any sentence-transformers model in place of the bundled one."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder.contract import Progress
from retrieval.encoder.families import Prefixes, family_prefixes
from retrieval.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32


class HubEncoder:
    """A sentence-transformers model, by its name on the hub or the path of a local folder."""

    def __init__(self, model: "SentenceTransformer", name: str, prefixes: Prefixes) -> None:
        self._model = model
        self._prefixes = prefixes
        self.name = name
        self.dimensions: int = len(self.encode_queries(["?"])[0])

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Vectors of length one, (texts, dimensions)."""
        parts = [np.zeros((0, 0), dtype=np.float32)]
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            parts.append(self._encode(batch, self._prefixes.passage))
            if progress is not None:
                progress(len(batch))
        return np.concatenate(parts[1:]) if len(parts) > 1 else self._nothing()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length one, (texts, dimensions)."""
        return self._encode(texts, self._prefixes.query) if texts else self._nothing()

    def _nothing(self) -> NDArray[np.float32]:
        return np.zeros((0, self.dimensions), dtype=np.float32)

    def _encode(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        vectors = self._model.encode(
            [prefix + text for text in texts],
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def load_hub_encoder(
    spec: str, query_prefix: str | None = None, passage_prefix: str | None = None
) -> HubEncoder:
    """The model called `spec`, with its family's prefixes unless others are given.

    Raises EncoderError when the extra `hub` is not installed or the model cannot be had.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"The encoder “{spec}” needs the extra “hub”: pip install 'daricheh[hub]'. "
            "Or set DARICHEH_ENCODER=bundled."
        ) from error
    try:
        model = SentenceTransformer(spec, device="cpu")
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise EncoderError(
            f"The encoder “{spec}” cannot be loaded ({type(error).__name__}): give the path of a "
            "sentence-transformers folder, or a name that the hub knows and can be reached for. "
            "Or set DARICHEH_ENCODER=bundled."
        ) from error
    known = family_prefixes(spec) or _own_prefixes(model)
    prefixes = Prefixes(
        known.query if query_prefix is None else query_prefix,
        known.passage if passage_prefix is None else passage_prefix,
    )
    return HubEncoder(model, _name(spec, prefixes), prefixes)


def _own_prefixes(model: "SentenceTransformer") -> Prefixes:
    """The prompts that the model's own configuration names."""
    prompts = model.prompts or {}
    return Prefixes(
        prompts.get("query") or "", prompts.get("passage") or prompts.get("document") or ""
    )


def _name(spec: str, prefixes: Prefixes) -> str:
    """The spec and a hash of the prefixes, and of what tells two states of a local folder apart."""
    state = [prefixes.query, prefixes.passage]
    folder = Path(spec)
    if folder.is_dir():
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        state += [f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return f"{spec}:{hashlib.sha256(chr(0).join(state).encode()).hexdigest()[:12]}"
