"""``python -m retrieval.judging.training``: learn from the example messages, for the bundled
encoder. To be run whenever an example is added or changed: a test says where it was forgotten.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from retrieval.encoder import Encoder, load_encoder
from retrieval.judging.examples import Intent, read_examples
from retrieval.judging.intents import fit_intents
from retrieval.judging.model import FILE, Model
from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import LibrarySettings

_BATCH = 256  # messages between two steps of a progress bar


def learned(
    encoder: Encoder, asked: Sequence[str], progress: Callable[[int], None] = lambda _: None
) -> Model:
    """Return what the examples teach, with ``asked``, questions that are to be answered, as
    ordinary messages; ``progress`` gets the number of examples just encoded."""
    examples = read_examples()
    texts = [example.text for example in examples]
    parts = []
    for start in range(0, len(texts), _BATCH):
        parts.append(encoder.encode_queries(texts[start : start + _BATCH]))
        progress(len(parts[-1]))
    vectors = np.vstack(parts)
    ordinary: list[Intent] = ["none"] * len(asked)
    weights = fit_intents(
        np.vstack([vectors, encoder.encode_queries(asked)]),
        [*texts, *asked],
        [*(example.intent for example in examples), *ordinary],
        len(asked),
    )
    return Model(weights, vectors)


def main() -> None:
    """Learn with the questions of the knowledge folder, and write the model."""
    parser = argparse.ArgumentParser(
        prog="python -m retrieval.judging.training", description=__doc__
    )
    parser.add_argument("--knowledge", type=Path, default=LibrarySettings().knowledge)
    options = parser.parse_args()
    asked = [
        question.text
        for document in read_knowledge(options.knowledge).documents
        if getattr(document, "urgent", None) not in ("door", "arrest")
        for question in document.questions
    ]
    encoder = load_encoder()
    learned(encoder, asked).save(encoder.name)
    print(f"{FILE}: {len(read_examples())} examples, {len(asked)} questions of the folder")


if __name__ == "__main__":
    main()
