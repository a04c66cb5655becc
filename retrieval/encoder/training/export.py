"""From trained weights to the folder that ships: both towers, tokenizers, and who may load them."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Annotated

import onnx
import torch
import typer
from tokenizers import Tokenizer
from transformers import BertModel

from retrieval.encoder.bundled import MANIFEST
from retrieval.encoder.training.graph import encoder_graph
from retrieval.encoder.training.student import english_model, with_embeddings
from retrieval.encoder.training.teacher import english_folder
from retrieval.encoder.training.vocabulary import KEPT_VOCABULARY, tokenizer_of

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "retrieval.encoder.sentence_transformer.TwoTowers"}
]


def write_bundle(student: BertModel, tokenizer: Tokenizer, folder: Path) -> None:
    """Writes the folder that `BundledEncoder` and sentence-transformers load."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_tower(english_model(english_folder()), folder / "english.onnx")
    _write_tower(student, folder / "persian.onnx")
    shutil.copyfile(english_folder() / "tokenizer.json", folder / "english.tokenizer.json")
    (folder / "persian.tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})
    weights = sorted(p for p in folder.iterdir() if "onnx" in p.name or "tokenizer" in p.name)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in weights}
    _write_json(folder / MANIFEST, hashes)


def _write_tower(model: BertModel, path: Path) -> None:
    state = {name: tensor.float().numpy() for name, tensor in model.state_dict().items()}
    onnx.save(encoder_graph(state), path)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main(
    checkpoint: Annotated[Path, typer.Argument(help="student.pt or checkpoint.pt of a training.")],
    folder: Annotated[Path, typer.Argument(help="The folder to write.")],
) -> None:
    """Write the folder that ships from a state the training has saved."""
    state = torch.load(checkpoint, weights_only=True)
    words = state["embeddings.word_embeddings.weight"].numpy()
    student = with_embeddings(english_model(english_folder()), words)
    student.load_state_dict(state)
    pieces = KEPT_VOCABULARY.read_text(encoding="utf-8").splitlines()
    write_bundle(student, tokenizer_of(pieces), folder)


if __name__ == "__main__":
    typer.run(main)
