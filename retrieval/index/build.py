"""Knowledge to a new version of the index, beside the old one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailableError
from retrieval.index.entries import passage_of_entries, texts_of
from retrieval.index.flows import write_flows
from retrieval.index.headers import write_headers
from retrieval.index.vectors import Place
from retrieval.index.version import Contents, KnownQuestion, Manifest, write_contents
from retrieval.index.words import WordsIndex
from retrieval.judging.examples import read_examples
from retrieval.judging.model import Model, ready_made
from retrieval.judging.neighbours import Neighbours
from retrieval.judging.training import learned
from retrieval.knowledge.reading import Knowledge, read_knowledge
from retrieval.knowledge.shared_files import read_glossary, read_topics
from retrieval.memory import hand_back

# ``progress(stage, done, total)``; the stages are those of ``STAGES``, in this order.
Progress = Callable[[str, int, int], None]
STAGES = ("encode", "vectors", "words")


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: how many texts there are, and how many had to be encoded anew."""

    documents: int
    passages: int
    encoded: int
    reused: int


# Does what ``Store.update`` does, in another place, for a store that is not up to date.
Make = Callable[[Progress, Callable[[str], None]], Report | None]


def knowledge_to_index(folder: Path, announce: Callable[[str], None]) -> Knowledge:
    """Return the valid documents of ``folder``; ``announce`` is told that some are left out.

    Raises ``KnowledgeError`` where there is no such folder, ``IndexUnavailableError`` where there
    is no valid document in it.
    """
    knowledge = read_knowledge(folder)
    left_out = {fault.path for fault in knowledge.faults if fault.level == "error"}
    if left_out:
        announce(
            f"{len(left_out)} documents have errors and are left out: "
            "`daricheh knowledge lint` names them."
        )
    if not knowledge.documents:
        raise IndexUnavailableError(
            f"There is no valid document in {folder}. `daricheh knowledge lint` says what is wrong."
        )
    return knowledge


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody about the progress of a build."""


def write_version(
    folder: Path,
    knowledge: Knowledge,
    manifest: Manifest,
    encoder: Encoder,
    known: Callable[[], Mapping[str, NDArray[np.float32]]],
    progress: Progress = silent,
    place: Place | None = None,
) -> Report:
    """Write a complete version of the index into the empty ``folder``; its vectors to ``place`` on
    a server, where one is given.

    ``known`` returns vectors by the digest of their text, from an older version made by the same
    encoder: only texts that are not among them are encoded. They are let go when that is done.
    """
    # Only a build needs it, and what it brings along is large: see there.
    from retrieval.index.writing import write_vectors

    texts = texts_of(knowledge.documents)
    made = known()
    missing = [entry.text for entry in texts.entries if entry.digest not in made]
    model = ready_made(encoder.name)
    total = len(missing) + (0 if model else len(read_examples()))
    counter = _counter(progress, "encode", total)
    fresh = _encoded(encoder, missing, counter)
    vectors = np.zeros((len(texts.entries), encoder.dimensions), dtype=np.float32)
    for row, entry in enumerate(texts.entries):
        old = made.get(entry.digest)
        vectors[row] = fresh[entry.text] if old is None else old
    # On a small machine there is no room for all vectors twice while they are written.
    del made, fresh
    hand_back()
    leads_to = passage_of_entries(texts, vectors)
    write_vectors(
        place or folder / "vectors",
        texts.entries,
        vectors,
        _counter(progress, "vectors", len(texts.entries)),
    )
    first_question = len(texts.passages) + len(texts.sentences)
    asked = vectors[first_question:].copy()
    del vectors
    hand_back()
    contents = Contents(
        texts.passages,
        tuple(
            KnownQuestion(entry.text, passage)
            for entry, passage in zip(
                texts.entries[first_question:], leads_to[first_question:], strict=True
            )
        ),
        read_topics(knowledge.folder),
        read_glossary(knowledge.folder),
    )
    write_contents(folder, contents)
    write_headers(folder, knowledge.documents)
    write_flows(folder, (file.flow for file in knowledge.flows), knowledge.documents)
    words = WordsIndex.build(
        _texts_for_words(contents), _counter(progress, "words", len(texts.passages))
    )
    words.save(folder / "words")
    model = model or learned(encoder, _ordinary(contents), counter)
    _write_judging(folder, contents, asked, model)
    read_examples.cache_clear()
    (folder / "manifest.json").write_text(manifest.to_json(), "utf-8")
    return Report(
        len(knowledge.documents),
        len(texts.passages),
        len(missing),
        len(texts.entries) - len(missing),
    )


def _encoded(
    encoder: Encoder, texts: list[str], count: Callable[[int], None]
) -> dict[str, NDArray[np.float32]]:
    if not texts:
        return {}
    return dict(zip(texts, encoder.encode_passages(texts, progress=count), strict=True))


def _counter(progress: Progress, stage: str, total: int) -> Callable[[int], None]:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(stage, done, total)

    return count


def _write_judging(
    folder: Path, contents: Contents, asked: NDArray[np.float32], model: Model
) -> None:
    """Write what tells messages apart: the model of intents, and the neighbours to compare with.

    ``asked`` are the vectors of the folder's own questions.
    """
    np.save(folder / "intents.npy", model.weights)
    examples = read_examples()
    Neighbours.of(
        [*(example.text for example in examples), *(known.text for known in contents.questions)],
        np.vstack([model.vectors, asked]),
        [*(example.intent for example in examples), *("known" for _ in contents.questions)],
    ).save(folder)


def _ordinary(contents: Contents) -> list[str]:
    """Return the folder's own questions that are no emergencies."""
    return [
        known.text
        for known in contents.questions
        if contents.passages[known.passage].urgent not in ("door", "arrest")
    ]


def _texts_for_words(contents: Contents) -> list[str]:
    """Return what BM25 counts for each passage: its text and the questions that lead to it."""
    parts = [[passage.indexed_text] for passage in contents.passages]
    for question in contents.questions:
        parts[question.passage].append(question.text)
    return ["\n".join(part) for part in parts]
