"""What every size is made of: sentences with their vectors, the folder's passages, questions."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from retrieval.encoder import Encoder
from retrieval.knowledge.reading import read_knowledge
from retrieval.passages import Passage, passages_of
from tests.eval.growth.pile import Vectors, made_passages, own_first
from tests.eval.growth.sentences import read_lines, sentences
from tests.eval.questions import read_questions

_FILE, _VECTORS = "material.json", "material.npz"
_passages: TypeAdapter[list[Passage]] = TypeAdapter(list[Passage])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the gold that answers it."""

    text: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """``pool`` holds sentences by language, ``vectors`` theirs in the same order; ``own`` are the
    folder's passages, those that answer a question first, with ``own_vectors``."""

    pool: dict[str, list[str]]
    vectors: dict[str, Vectors]
    own: list[Passage]
    own_vectors: Vectors
    questions: list[Asked]

    def pile(self, size: int) -> Iterator[tuple[Passage, Vectors]]:
        """Yield ``size`` passages with their vectors: the own ones, then made ones."""
        own = list(zip(self.own, self.own_vectors, strict=True))[:size]
        return chain(own, made_passages(self.pool, self.vectors, size - len(own)))


def gather(
    folder: Path,
    data: Path,
    knowledge: Path,
    encoder: Encoder,
    *,
    most: int,
    questions: int,
    progress: Callable[[str, int, int], None],
) -> float:
    """Write the material into ``folder``; return how many of the folder's passages were encoded in
    a second of the processor. ``most`` is the number of sentences a language, ``questions`` of
    questions."""
    asked = [
        Asked(question.question, question.gold)
        for question in read_questions()
        if question.split == "dev" and question.gold and not question.before
    ][:questions]
    documents = read_knowledge(knowledge).documents
    wanted = {name for one in asked for name in one.gold}
    own = own_first([p for document in documents for p in passages_of(document)], wanted)
    said = (passage.text[s.start : s.end] for passage in own for s in passage.sentences)
    pool = sentences(chain(said, read_lines(data)), most)
    vectors = {
        language: _encoded(encoder, texts, f"sentences ({language})", progress)
        for language, texts in pool.items()
    }
    started = time.process_time()
    vectors["own"] = _encoded(encoder, [p.indexed_text for p in own], "passages", progress)
    speed = len(own) / (time.process_time() - started)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / _VECTORS, **vectors)  # type: ignore[arg-type]
    written = {
        "pool": pool,
        "own": _passages.dump_python(own, mode="json"),
        "questions": [[one.text, one.gold] for one in asked],
    }
    (folder / _FILE).write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    return speed


def read_material(folder: Path) -> Material:
    """Return what ``gather`` wrote into ``folder``."""
    written = json.loads((folder / _FILE).read_text("utf-8"))
    vectors = dict(np.load(folder / _VECTORS))
    return Material(
        pool=written["pool"],
        vectors=vectors,
        own=_passages.validate_python(written["own"]),
        own_vectors=vectors["own"],
        questions=[Asked(text, tuple(gold)) for text, gold in written["questions"]],
    )


def _encoded(
    encoder: Encoder, texts: list[str], what: str, progress: Callable[[str, int, int], None]
) -> Vectors:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(f"encoding {what}", done, len(texts))

    return encoder.encode_passages(texts, progress=count)
