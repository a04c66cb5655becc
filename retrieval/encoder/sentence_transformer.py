"""The bundled encoder as a module of sentence-transformers; its `modules.json` names this class."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule

from retrieval.encoder.bundled import BundledEncoder


class TwoTowers(InputModule):  # type: ignore[misc, unused-ignore]
    """Gives exactly the vectors of `BundledEncoder`; it cannot be trained."""

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call, unused-ignore]
        self._encoder = BundledEncoder(folder)

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> Self:
        """The module for a folder that the training wrote."""
        return cls(Path(model_name_or_path))

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimensions

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """The texts as they are: each tower has its own tokenizer inside."""
        return {"texts": [(prompt or "") + text for text in inputs]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, (texts, 384)."""
        vectors = self._encoder.encode_passages(features["texts"])
        return {**features, "sentence_embedding": torch.from_numpy(vectors)}

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Not offered: the folder is written by the training."""
        raise NotImplementedError(f"Copy the folder of the bundled encoder to {output_path}.")
