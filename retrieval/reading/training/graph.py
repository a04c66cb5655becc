"""The reader as ONNX graphs with 8-bit weights: the lower layers of each script, and the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from retrieval.encoder.training.graph import (
    PIECES,
    GraphBuilder,
    Values,
    placed,
    summed,
    transformer_layer,
)
from retrieval.reading.pieces import SCRIPTS
from retrieval.reading.training.model import (
    ALONE,
    LAYERS,
    PARTS,
    WIDTH,
    Joint,
    Weights,
    tower_weights,
)

_STATES: Values = (TensorProto.FLOAT, ("texts", "pieces", WIDTH))


def write_reader(joint: Joint, folder: Path) -> None:
    """Write the files that ``Reader`` loads into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS:
        onnx.save(_lower_graph(tower_weights(script)), folder / f"{script}.onnx")
    onnx.save(_joint_graph(_as_encoder_names(joint)), folder / "joint.onnx")


def _lower_graph(tower: Weights) -> onnx.ModelProto:
    """From the rows of the word pieces to their states after the layers that see a text alone."""
    build = GraphBuilder()
    hidden = placed(build, tower, tower["positions"], "words")
    seen = build.node("Cast", ["mask"], to=TensorProto.INT32)
    for number in range(ALONE):
        hidden = transformer_layer(build, tower, f"encoder.layer.{number}", hidden, seen)
    return build.model({"words": _STATES, "mask": PIECES}, hidden, ("texts", "pieces", WIDTH))


def _joint_graph(state: Weights) -> onnx.ModelProto:
    """From the states of question and passage to the log-odds, as ``Joint`` reckons them."""
    build = GraphBuilder()
    rows = build.weight("marks.rows", state["marks.weight"])
    hidden = build.node("Add", ["states", build.node("Gather", [rows, "marks"])])
    seen = build.node("Cast", ["mask"], to=TensorProto.INT32)
    for number in range(LAYERS - ALONE):
        hidden = transformer_layer(build, state, f"layers.{number}", hidden, seen)
    of_passage = build.node("Mod", ["marks", build.constant(np.array([2]))])
    passage = build.node("Mul", ["mask", of_passage])
    asked = _mean(build, hidden, build.node("Sub", ["mask", passage]))
    told = _mean(build, hidden, passage)
    alike = build.node("Mul", [asked, told])
    alike = build.node("Mul", [alike, build.constant(np.array([4], dtype=np.float32))])
    apart = build.node("Abs", [build.node("Sub", [asked, told])])
    one = build.constant(np.array([1]))
    first = build.node("Gather", [hidden, build.constant(np.array([0]))], axis=1)
    first = build.node("Squeeze", [first, one])
    both = build.node("Concat", [first, alike, apart], axis=-1)
    head = build.node("MatMul", [both, build.weight("head", state["head.weight"].T)])
    sure = build.node("Add", [head, build.weight("head.bias", state["head.bias"])])
    sure = build.node("Squeeze", [sure, one])
    return build.model({"states": _STATES, "marks": PIECES, "mask": PIECES}, sure, ("texts",))


def _mean(build: GraphBuilder, hidden: str, mask: str) -> str:
    total, number = summed(build, hidden, mask)
    return build.node("Div", [total, number])


def _as_encoder_names(joint: Joint) -> dict[str, NDArray[np.float32]]:
    """Return the weights of ``joint``, those of its layers named as in the encoder's graph."""
    named = {}
    for name, values in joint.state_dict().items():
        parts = name.split(".")
        if parts[0] == "layers":
            parts[2] = PARTS[parts[2]]
        named[".".join(parts)] = values.detach().float().numpy()
    return named
