"""A progress bar on stderr, where someone watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def bar() -> Iterator[Callable[[str, int, int], None]]:
    """Give what shows how far it is: ``show(what, done, total)``."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bars:
        task = bars.add_task("")

        def show(what: str, done: int, total: int) -> None:
            bars.update(task, description=what, completed=done, total=total)

        yield show


@contextmanager
def steps(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give what counts steps of one job: ``step(how_many_more)``."""
    done = 0
    with bar() as show:

        def step(more: int) -> None:
            nonlocal done
            done += more
            show(what, done, total)

        yield step
