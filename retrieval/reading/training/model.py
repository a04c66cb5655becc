"""The reader while it is trained, begun from the encoder's own layers.

The lower layers see a text alone and stay as they are in the encoder, so that their states are
reckoned once a text; the upper ones see both texts and are learned (Cao, Trivedi, Balasubramanian
and Balasubramanian, "DeFormer", 2020; MacAvaney et al., "PreTTR", 2020).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from retrieval.encoder.bundled import BUNDLED
from retrieval.encoder.training.graph import BLOCK, HEADS
from retrieval.reading.pieces import MARKS, Script

WIDTH, LAYERS, ALONE = 384, 6, 3
_EPSILON = 1e-12
# The parts of a layer: here, and as the graph of the encoder names them.
PARTS = {
    "qkv": "qkv",
    "out": "attention.output.dense",
    "wide": "intermediate.dense",
    "back": "output.dense",
    "norm": "attention.output.LayerNorm",
    "last": "output.LayerNorm",
}

Weights = Mapping[str, NDArray[np.float32]]


def tower_weights(script: Script) -> Weights:
    """Return the weights of one of the encoder's models as they are rounded in its file: by the
    names in the graph, with ``.weight`` and ``.bias`` at their ends."""
    graph = onnx.load(BUNDLED / f"{script}.onnx").graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights: dict[str, NDArray[np.float32]] = {
        "positions": held["positions"],
        "words.weight": held["words.q"].astype(np.float32) * held["words.scale"],
    }
    for name, values in held.items():
        stem, _, end = name.rpartition(".")
        if end == "q" and stem != "words":
            blocks = values.reshape(len(values), -1, BLOCK).astype(np.float32) - 128
            scales = held[f"{stem}.scale"].reshape(len(values), -1, 1)
            weights[f"{stem}.weight"] = (blocks * scales).reshape(len(values), -1)
        elif end in ("w", "b", "bias"):
            weights[f"{stem}.{'weight' if end == 'w' else 'bias'}"] = values
    return weights


def layer_weights(weights: Weights, number: int) -> dict[str, Tensor]:
    """Return the state of ``Layer`` for one of the layers among ``weights``."""
    return {
        f"{own}.{kind}": torch.from_numpy(weights[f"encoder.layer.{number}.{name}.{kind}"].copy())
        for own, name in PARTS.items()
        for kind in ("weight", "bias")
    }


class Layer(nn.Module):
    """One layer of a MiniLM."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.back = nn.Linear(4 * WIDTH, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """``hidden`` is (texts, pieces, width), ``mask`` (texts, 1, 1, pieces) of booleans."""
        texts, pieces, _ = hidden.shape
        heads = self.qkv(hidden).view(texts, pieces, 3, HEADS, WIDTH // HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(texts, pieces, WIDTH)
        hidden = self.norm(hidden + self.out(seen))
        mended: Tensor = self.last(hidden + self.back(functional.gelu(self.wide(hidden))))
        return mended


class Lower:
    """The layers of one of the encoder's models that see a text alone. They learn nothing."""

    def __init__(self, tower: Weights) -> None:
        self._rows = torch.from_numpy(tower["words.weight"])
        self._places = torch.from_numpy(tower["positions"].copy())
        self._norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self._norm.load_state_dict(
            {
                kind: torch.from_numpy(tower[f"embeddings.LayerNorm.{kind}"].copy())
                for kind in ("weight", "bias")
            }
        )
        self._layers = [Layer() for _ in range(ALONE)]
        for number, layer in enumerate(self._layers):
            layer.load_state_dict(layer_weights(tower, number))

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """The states, (texts, pieces, width), in bfloat16, of ``ids``, (texts, pieces)."""
        seen = mask[:, None, None, :].bool()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            hidden: Tensor = self._norm(self._rows[ids] + self._places[: ids.shape[1]])
            for layer in self._layers:
                hidden = layer(hidden, seen)
        return hidden.to(torch.bfloat16)


class Joint(nn.Module):
    """The layers that see a question and a passage, and how sure they are."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS - ALONE))
        self.head = nn.Linear(3 * WIDTH, 1)
        for weight in (self.marks.weight, self.head.weight):
            nn.init.normal_(weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, states: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """The log-odds, (pairs,), of ``states``, (pairs, pieces, width), whose ``marks`` and
        ``mask`` are (pairs, pieces)."""
        hidden = states + self.marks(marks)
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            hidden = layer(hidden, seen)
        hidden = hidden.float()
        passage = mask * (marks % 2)
        asked, told = _mean(hidden, mask - passage), _mean(hidden, passage)
        both = torch.cat([hidden[:, 0], 4 * asked * told, (asked - told).abs()], -1)
        sure: Tensor = self.head(both).squeeze(-1)
        return sure


def begun(towers: Sequence[Weights]) -> Joint:
    """Return the upper layers as the mean of those of the encoder's ``towers``, which lie within
    a few hundredths of one another: they read either language."""
    joint = Joint()
    for number, layer in enumerate(joint.layers):
        own = [layer_weights(tower, ALONE + number) for tower in towers]
        layer.load_state_dict(
            {name: torch.stack([state[name] for state in own]).mean(0) for name in own[0]}
        )
    return joint


def _mean(hidden: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).float()
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)
