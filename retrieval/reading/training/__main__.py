"""``python -m retrieval.reading.training``: learn to read from the judged questions, and write the
graphs. To be run when questions were judged anew; a document that changed needs no new reader."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import torch
from rich.progress import Progress

from retrieval.knowledge.documents import Language
from retrieval.library import Library
from retrieval.reading.pieces import (
    LONGEST_PASSAGE,
    LONGEST_QUESTION,
    SCRIPTS,
    Script,
    padded,
    pieces_of,
)
from retrieval.reading.reader import DATA
from retrieval.reading.training.graph import write_reader
from retrieval.reading.training.judged import Judged, read_judged
from retrieval.reading.training.learn import Lesson, Settings, Text, learn
from retrieval.reading.training.model import Lower, begun, tower_weights
from retrieval.settings import LibrarySettings

_BATCH = 64  # texts that the lower layers see at once


def main() -> int:
    """Train, and write the reader; return the status to end with."""
    parser = argparse.ArgumentParser(
        prog="python -m retrieval.reading.training", description=__doc__
    )
    parser.add_argument("--minutes", type=float, default=Settings().minutes, help="at most (33)")
    parser.add_argument("--epochs", type=int, default=Settings().epochs, help="(2)")
    parser.add_argument("--state", type=Path, help="where the index lies")
    parser.add_argument("--out", type=Path, default=DATA, help="the folder to write")
    options = parser.parse_args()
    library = Library.open(LibrarySettings(**({"state": options.state} if options.state else {})))
    lessons = lessons_of([one for one in read_judged() if not one.kept_back], library)
    if not lessons:
        print("reading: none of the judged passages is in the folder", file=sys.stderr)
        return 1
    towers = {script: tower_weights(script) for script in SCRIPTS}
    model = begun(list(towers.values()))
    settings = replace(Settings(), minutes=options.minutes, epochs=options.epochs)
    with Progress() as progress:
        task = progress.add_task("reading")

        def report(step: int, steps: int, loss: float) -> None:
            progress.update(task, completed=step, total=steps, description=f"loss {loss:.3f}")

        learn(model, lessons, settings, report)
    write_reader(model, options.out)
    print(f"{options.out}: learned from {len(lessons)} questions")
    return 0


def lessons_of(judged: Iterable[Judged], library: Library) -> list[Lesson]:
    """Return each question, in each language, with those of its passages that the folder holds."""
    held = {passage.id: passage.indexed_text for passage in library.searcher.passages}
    understanding = library.searcher.understanding
    lowers = {script: Lower(tower_weights(script)) for script in SCRIPTS}
    asked: list[tuple[str, list[tuple[str, str, int]]]] = []
    for one in judged:
        for language in get_args(Language):
            other = next(name for name in get_args(Language) if name != language)
            passages = [
                (held.get(f"{key}@{language}"), held.get(f"{key}@{other}"), grade)
                for key, grade in one.grades.items()
            ]
            both = [(own or second, second or own, g) for own, second, g in passages]
            known = [(own, second, g) for own, second, g in both if own and second]
            if known:
                searched = understanding.question(one.asked[language], language).searched
                asked.append((searched, known))
    questions = _texts({question for question, _ in asked}, LONGEST_QUESTION, lowers)
    passages_read = _texts(held.values(), LONGEST_PASSAGE, lowers)
    return [
        Lesson(
            questions[question],
            [(passages_read[own], passages_read[other], grade) for own, other, grade in known],
        )
        for question, known in asked
    ]


def _texts(texts: Iterable[str], longest: int, lowers: dict[Script, Lower]) -> dict[str, Text]:
    """Return the states of ``texts``, by text."""
    pieces = {text: pieces_of(text, longest) for text in texts}
    read: dict[str, Text] = {}
    for script, lower in lowers.items():
        own = sorted(
            (t for t in pieces if pieces[t].script == script), key=lambda t: len(pieces[t].ids)
        )
        for start in range(0, len(own), _BATCH):
            batch = own[start : start + _BATCH]
            ids, mask = padded([np.array(pieces[text].ids) for text in batch])
            states = lower.states(torch.from_numpy(ids), torch.from_numpy(mask))
            for text, found in zip(batch, states, strict=True):
                # A copy: a slice would keep the whole batch.
                read[text] = Text(pieces[text], found[: len(pieces[text].ids)].clone())
    return read


if __name__ == "__main__":
    sys.exit(main())
