"""``daricheh knowledge diff``: what changes for people if this folder replaces another."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings

if TYPE_CHECKING:
    from bot.commands.knowledge.question_set import Put
    from retrieval.differences import AnswerChange, PassageChange
    from retrieval.index.build import Progress
    from retrieval.index.store import Index
    from retrieval.knowledge.reading import Knowledge as Read
    from retrieval.library import Library
    from retrieval.settings import LibrarySettings


def diff(
    against: Annotated[
        str, typer.Option("--against", metavar="REVISION|DIR", help="What to compare with.")
    ] = "HEAD",
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Ask those of this folder's *.jsonl, not the evaluation's.",
        ),
    ] = None,
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Say which passages and which answers change if this folder replaces the one --against names.

    Both are asked the questions of the evaluation and those of the documents that differ. Questions
    of the evaluation's test split are asked too, but shown by their id alone. Answers that stand on
    a passage that changes come first.
    """
    from bot.commands.knowledge.question_set import FOLDER, read_set
    from bot.commands.knowledge.revision import other_version
    from retrieval.index.version import file_digests

    settings = library_settings(knowledge, state)
    questions_put = read_set(questions or FOLDER)
    with other_version(against, settings.knowledge) as old:
        if file_digests(old) == file_digests(settings.knowledge):
            compared = Compared(0, [], [])
        else:
            compared = _compare(settings, old, questions_put)
    if as_json:
        print(json.dumps(compared.to_json(), ensure_ascii=False, indent=2))
    else:
        for line in compared.lines():
            print(line)
    print(
        f"{len(compared.passages)} passages change, and {len(compared.answers)} of "
        f"{compared.asked} answers.",
        file=sys.stderr,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """How many questions were asked, and what changes."""

    asked: int
    passages: list[PassageChange]
    answers: list[tuple[Put, AnswerChange]]

    def to_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints; of hidden questions only how their status changes."""
        return {
            "asked": self.asked,
            "passages": [change.to_json() for change in self.passages],
            "answers": [
                {"id": put.id, "before": change.before, "after": change.after}
                if put.hidden
                else {"id": put.id, "question": put.text, **change.to_json()}
                for put, change in self.answers
            ],
        }

    def lines(self) -> Iterator[str]:
        """Yield the lines people read: passages first, then answers."""
        signs = {"added": "+", "removed": "-", "changed": "~"}
        for passage in self.passages:
            aspects = f"  ({', '.join(passage.aspects)})" if passage.aspects else ""
            yield f"{signs[passage.how]} {passage.id}{aspects}"
            if passage.before != passage.after:
                yield from (f"    - {line}" for line in (passage.before or "").splitlines())
                yield from (f"    + {line}" for line in (passage.after or "").splitlines())
        for number, (put, change) in enumerate(self.answers):
            if not change.touched and (not number or self.answers[number - 1][1].touched):
                yield "\nAnswers that stand on no passage that changes:"
            status = (
                change.before
                if change.before == change.after
                else f"{change.before} → {change.after}"
            )
            yield f"\n{put.id}  [{status}]" + ("" if put.hidden else f"  {put.text}")
            if put.hidden:
                continue
            yield from (f"    - {text}" for text in change.gone)
            yield from (f"    + {text}" for text in change.new)
            if change.reordered:
                yield "    the same in another order"
            elif not change.gone and not change.new and change.notices:
                yield "    the same, with other notices"


def _compare(settings: LibrarySettings, old: Path, questions: list[Put]) -> Compared:
    from bot.commands.progress import announce, build_progress
    from retrieval.differences import answer_change, passages_changed
    from retrieval.encoder import load_encoder
    from retrieval.index.store import IndexStore
    from retrieval.knowledge.reading import read_knowledge
    from retrieval.library import Library

    encoder = load_encoder(
        settings.encoder,
        query_prefix=settings.encoder_query_prefix,
        passage_prefix=settings.encoder_passage_prefix,
    )
    today = dt.datetime.now(tz=dt.UTC).date()
    with build_progress() as progress:

        def opened(folder: Path, state: Path) -> tuple[Index, Library]:
            index = IndexStore(folder, state, announce).open(encoder, progress)
            return index, Library(index, encoder, lambda: today)

        new_index, new_library = opened(settings.knowledge, settings.state)
        with _beside(settings.state) as scratch:
            old_index, old_library = opened(old, scratch)
            passages = passages_changed(old_index.contents.passages, new_index.contents.passages)
            changed = {change.id for change in passages}
            own = _own_questions(read_knowledge(old), read_knowledge(settings.knowledge))
            put = list({each.text: each for each in reversed([*questions, *own])}.values())[::-1]
            answers = []
            for each in _counted(put, progress):
                before, after = old_library.answer(each.text), new_library.answer(each.text)
                if change := answer_change(before, after, changed):
                    answers.append((each, change))
    answers.sort(key=lambda answer: not answer[1].touched)
    return Compared(len(put), passages, answers)


@contextmanager
def _beside(state: Path) -> Iterator[Path]:
    """Give a scratch state folder that begins with the index of ``state``: what both versions hold
    need not be encoded again."""
    with TemporaryDirectory(prefix="daricheh-", ignore_cleanup_errors=True) as scratch:
        if (state / "index").is_dir():
            shutil.copytree(state / "index", Path(scratch) / "index")
        yield Path(scratch)


def _own_questions(old: Read, new: Read) -> list[Put]:
    """Return what the documents that differ say they answer, before or after."""
    from bot.commands.knowledge.question_set import Put

    before = {document.path: document for document in old.documents}
    after = {document.path: document for document in new.documents}
    differing = [
        document
        for path in sorted(before.keys() | after.keys())
        for document in (before.get(path), after.get(path))
        if document is not None and before.get(path) != after.get(path)
    ]
    return [
        Put(f"{document.id}@{document.language}", question.text)
        for document in differing
        for question in document.questions
    ]


def _counted(questions: list[Put], progress: Progress) -> Iterator[Put]:
    for done, put in enumerate(questions, 1):
        yield put
        progress("Asking both", done, len(questions))
