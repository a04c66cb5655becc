"""A second opinion on meaning: any cross-encoder for natural language inference."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retrieval.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_ENTAILS = "entail"


class CrossEncoderEntailment:
    """The cross-encoder at ``spec``: the path of a folder, or a name that the hub knows.

    It is loaded when it is first asked. Its labels tell which one means that the premise bears the
    claim; a model of one label gives its likelihood.
    """

    def __init__(self, spec: str) -> None:
        self._spec = spec

    def likelihoods(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return how likely the premise of each pair (premise, claim) bears the claim, between 0
        and 1.

        Raises ``EncoderError`` when the extra ``hub`` is not installed, the model cannot be had, or
        none of its labels says "entailment".
        """
        if not pairs:
            return []
        logits = np.asarray(self._model.predict(list(pairs), apply_softmax=False), dtype=np.float64)
        if logits.ndim == 1 or logits.shape[1] == 1:
            return [float(value) for value in 1 / (1 + np.exp(-logits.reshape(-1)))]
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = exponents / exponents.sum(axis=1, keepdims=True)
        return [float(value) for value in shares[:, self._entailing]]

    @cached_property
    def _model(self) -> CrossEncoder:
        try:
            from sentence_transformers import CrossEncoder
            from torch.nn import Identity
        except ImportError as error:
            raise EncoderError(
                f"The cross-encoder “{self._spec}” needs the extra “hub”: "
                "pip install 'daricheh[hub]'."
            ) from error
        try:
            loaded: CrossEncoder = CrossEncoder(self._spec, device="cpu", activation_fn=Identity())
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(
                f"The cross-encoder “{self._spec}” cannot be loaded ({type(error).__name__}): give "
                "the path of its folder, or a name that the hub knows and can be reached for."
            ) from error
        return loaded

    @cached_property
    def _entailing(self) -> int:
        labels: dict[int, str] = dict(getattr(self._model.config, "id2label", None) or {})
        for number, label in labels.items():
            if _ENTAILS in label.lower() and "not" not in label.lower():
                return int(number)
        raise EncoderError(
            f"The cross-encoder “{self._spec}” has no label that says entailment, only "
            f"{', '.join(labels.values())}: choose a model for natural language inference."
        )
