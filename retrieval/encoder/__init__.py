"""Texts to vectors: the bundled bilingual encoder, or any sentence-transformers model."""

from pathlib import Path

from retrieval.encoder.bundled import MANIFEST, BundledEncoder
from retrieval.encoder.contract import Encoder
from retrieval.encoder.hub import load_hub_encoder

__all__ = ["BundledEncoder", "Encoder", "load_encoder"]


def load_encoder(
    spec: str = "bundled", *, query_prefix: str | None = None, passage_prefix: str | None = None
) -> Encoder:
    """The encoder that the setting DARICHEH_ENCODER names.

    `spec` is `bundled`, the path of a folder that the training here wrote, or the name or path of
    a sentence-transformers model; the prefixes replace those the model's family expects, and mean
    nothing to the bundled encoder.

    Raises EncoderError when it cannot be loaded.
    """
    if spec == "bundled":
        return BundledEncoder()
    if (Path(spec) / MANIFEST).is_file():
        return BundledEncoder(Path(spec))
    return load_hub_encoder(spec, query_prefix, passage_prefix)
