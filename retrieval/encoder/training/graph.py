"""A BERT encoder as an ONNX graph with 8-bit weights, built node by node.

Weights of matrix products are kept in 8 bits with one scale for each block of a column
(MatMulNBits, which also rounds what goes in block by block); embeddings in 8 bits with one scale a
row. Everything else stays in float32: it is small. Pooling and normalisation are in the graph.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

HEADS = 12
BLOCK = 128
MAX_POSITIONS = 256
_EPSILON = 1e-12
_MICROSOFT = "com.microsoft"

State = Mapping[str, NDArray[np.float32]]
Shape = tuple[str | int, ...]
Values = tuple[int, Shape]  # the kind of numbers (of onnx.TensorProto), and the shape

PIECES: Values = (TensorProto.INT64, ("texts", "pieces"))


class GraphBuilder:
    """Collects nodes and weights; every method adds some and returns the name of the result."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: NDArray[np.generic]) -> str:
        """A constant."""
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def constant(self, values: NDArray[np.generic]) -> str:
        """A small constant that needs no name."""
        return self.weight(f"constant.{len(self._weights)}", values)

    def node(self, operation: str, inputs: list[str], domain: str = "", **attributes: Any) -> str:
        """The one output of an operation."""
        output = f"{operation}_{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(operation, inputs, [output], domain=domain, **attributes)
        )
        return output

    def split(self, value: str, parts: int) -> list[str]:
        """Equal parts of the last axis."""
        outputs = [f"Split_{len(self._nodes)}_{number}" for number in range(parts)]
        self._nodes.append(helper.make_node("Split", [value], outputs, axis=-1, num_outputs=parts))
        return outputs

    def product(self, value: str, name: str, matrix: NDArray[np.float32]) -> str:
        """`value` times the transpose of `matrix` (outputs, inputs), in 8 bits."""
        outputs, inputs = matrix.shape
        blocks = matrix.reshape(outputs, inputs // BLOCK, BLOCK)
        scales = np.abs(blocks).max(-1) / 127
        whole = np.rint(blocks / scales[..., None]) + 128
        return self.node(
            "MatMulNBits",
            [
                value,
                self.weight(f"{name}.q", whole.astype(np.uint8)),
                self.weight(f"{name}.scale", scales.astype(np.float32)),
            ],
            _MICROSOFT,
            K=inputs,
            N=outputs,
            bits=8,
            block_size=BLOCK,
            accuracy_level=4,
        )

    def layer_norm(self, value: str, name: str, state: State) -> str:
        """Layer normalisation with the weights called `name`."""
        return self.node(
            "LayerNormalization",
            [
                value,
                self.weight(f"{name}.w", state[f"{name}.weight"]),
                self.weight(f"{name}.b", state[f"{name}.bias"]),
            ],
            axis=-1,
            epsilon=_EPSILON,
        )

    def model(self, inputs: Mapping[str, Values], output: str, shape: Shape) -> onnx.ModelProto:
        """The graph from `inputs`, what each holds and its shape, to `output` of `shape`."""
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, kind, list(dimensions))
                for name, (kind, dimensions) in inputs.items()
            ],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, list(shape))],
            self._weights,
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)],
            ir_version=9,
        )


def encoder_graph(state: State) -> onnx.ModelProto:
    """The graph of a six-layer MiniLM whose weights are named as in transformers."""
    build, state = GraphBuilder(), joined(state)
    hidden = _embeddings(build, state)
    mask32 = build.node("Cast", ["mask"], to=TensorProto.INT32)
    layers = sum(name.endswith("attention.self.query.weight") for name in state)
    for number in range(layers):
        hidden = transformer_layer(build, state, f"encoder.layer.{number}", hidden, mask32)
    inputs = {"ids": PIECES, "mask": PIECES}
    return build.model(inputs, _pooled(build, hidden), ("texts", 384))


def joined(state: State) -> State:
    """`state` with the weights of queries, keys and values of each layer as one."""
    whole = dict(state)
    for name in state:
        layer, found, kind = name.partition(".attention.self.query.")
        if found:
            parts = [f"{layer}.attention.self.{part}.{kind}" for part in ("query", "key", "value")]
            whole[f"{layer}.qkv.{kind}"] = np.concatenate([state[part] for part in parts])
    return whole


def _embeddings(build: GraphBuilder, state: State) -> str:
    table = state["embeddings.word_embeddings.weight"]
    scales = np.maximum(np.abs(table).max(1), 1e-9) / 127
    whole = np.rint(table / scales[:, None]).astype(np.int8)
    rows = build.node("Gather", [build.weight("words.q", whole), "ids"])
    rows = build.node("Cast", [rows], to=TensorProto.FLOAT)
    scale = build.weight("words.scale", scales[:, None].astype(np.float32))
    words = build.node("Mul", [rows, build.node("Gather", [scale, "ids"])])
    # Every text is of type 0, so that row joins the positions.
    positions = (
        state["embeddings.position_embeddings.weight"][:MAX_POSITIONS]
        + state["embeddings.token_type_embeddings.weight"][0]
    )
    return placed(build, state, positions, words)


def placed(build: GraphBuilder, state: State, positions: NDArray[np.float32], words: str) -> str:
    """What the first layer reads: `words`, the rows of the pieces, at their `positions`."""
    length = build.node("Shape", [words], start=1, end=2)
    zero = build.weight("zero", np.array([0]))
    here = build.node(
        "Slice", [build.weight("positions", positions.astype(np.float32)), zero, length, zero]
    )
    return build.layer_norm(build.node("Add", [words, here]), "embeddings.LayerNorm", state)


def transformer_layer(build: GraphBuilder, state: State, layer: str, hidden: str, mask: str) -> str:
    """One layer over `hidden`, with the weights whose names begin with `layer`: `qkv` holds those
    of queries, keys and values."""
    matrix, bias = state[f"{layer}.qkv.weight"], state[f"{layer}.qkv.bias"]
    query, key, value = build.split(build.product(hidden, f"{layer}.qkv", matrix), 3)
    attended = build.node(
        "MultiHeadAttention",
        [query, key, value, build.weight(f"{layer}.qkv.bias", bias), mask],
        _MICROSOFT,
        num_heads=HEADS,
    )
    hidden = _residual(build, state, f"{layer}.attention.output", attended, hidden)
    wide = _linear(build, state, f"{layer}.intermediate.dense", hidden)
    return _residual(
        build, state, f"{layer}.output", build.node("Gelu", [wide], _MICROSOFT), hidden
    )


def _linear(build: GraphBuilder, state: State, name: str, value: str) -> str:
    product = build.product(value, name, state[f"{name}.weight"])
    return build.node("Add", [product, build.weight(f"{name}.b", state[f"{name}.bias"])])


def _residual(build: GraphBuilder, state: State, name: str, value: str, before: str) -> str:
    added = build.node("Add", [_linear(build, state, f"{name}.dense", value), before])
    return build.layer_norm(added, f"{name}.LayerNorm", state)


def summed(build: GraphBuilder, hidden: str, mask: str) -> tuple[str, str]:
    """The sum of the states whose `mask` is 1, (texts, dimensions), and how many these are,
    (texts, 1)."""
    weights = build.node("Cast", [mask], to=TensorProto.FLOAT)
    weights = build.node("Unsqueeze", [weights, build.constant(np.array([2]))])
    one = build.constant(np.array([1]))
    total = build.node("ReduceSum", [build.node("Mul", [hidden, weights]), one], keepdims=0)
    return total, build.node("ReduceSum", [weights, one], keepdims=0)


def _pooled(build: GraphBuilder, hidden: str) -> str:
    # A mean and a sum point the same way, and only the direction is kept.
    total, _ = summed(build, hidden, "mask")
    length = build.node("ReduceL2", [total, build.constant(np.array([1]))], keepdims=1)
    return build.node("Div", [total, length])
