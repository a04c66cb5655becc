"""Long work shown on stderr: a bar where someone watches, a line a stage where nobody does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from retrieval.index.build import Progress as BuildProgress

_STAGES = {
    "encode": "Encoding texts",
    "vectors": "Writing vectors",
    "words": "Counting words",
}


@contextmanager
def build_progress() -> Iterator[BuildProgress]:
    """Give a callback that shows the progress of an index build."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done)

        yield show


def _lines() -> BuildProgress:
    def show(stage: str, done: int, total: int) -> None:
        if done == total:
            print(f"{_STAGES.get(stage, stage)}: {total} done.", file=sys.stderr)

    return show


def announce(message: str) -> None:
    """Tell the operator something on stderr."""
    print(f"daricheh: {message}", file=sys.stderr)
