"""Questions put by as many processes as there are cores, each with a library of its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from retrieval.settings import LibrarySettings
from tests.eval.asking import Asked, OneSearchLibrary, ask
from tests.eval.questions import EvalQuestion

# A question, and other words to put it in: None for its own.
Worded = tuple[EvalQuestion, str | None]
# Puts questions, and returns what came of each in the same order.
AskAll = Callable[[Sequence[Worded]], Iterable[Asked]]
_AT_ONCE = 32  # questions handed to a process together
_library: OneSearchLibrary | None = None


class _OneCoreLibrary(OneSearchLibrary):
    """As many of these as there are cores would only get in each other's way with more threads.
    Passages are found again and again, and not read anew."""

    threads = 1
    kept = 1000


@contextmanager
def crew(settings: LibrarySettings) -> Iterator[AskAll]:
    """Give what asks the library of ``settings``, whose index is built already."""
    # Started afresh rather than forked: Chroma and onnxruntime have threads.
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_open,
        initargs=(settings,),
    ) as processes:
        yield lambda pairs: processes.map(_ask, pairs, chunksize=_AT_ONCE)


def here(library: OneSearchLibrary) -> AskAll:
    """Return what asks ``library`` in this process, one question after another."""
    return lambda pairs: (ask(question, library, text) for question, text in pairs)


def as_typed_here(library: OneSearchLibrary, others: AskAll) -> AskAll:
    """Return what puts questions in their own words to ``library`` (its language model belongs to
    one process) and leaves other words to the ``others``."""

    def ask_all(pairs: Sequence[Worded]) -> Iterator[Asked]:
        reworded = iter(others([pair for pair in pairs if pair[1] is not None]))
        for question, text in pairs:
            yield ask(question, library) if text is None else next(reworded)

    return ask_all


def _open(settings: LibrarySettings) -> None:
    global _library
    _library = _OneCoreLibrary.open(settings)


def _ask(pair: Worded) -> Asked:
    assert _library is not None
    question, text = pair
    return ask(question, _library, text)
