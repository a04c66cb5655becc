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

# A question, and other words to put it in.
Reworded = tuple[EvalQuestion, str]
# Puts questions in other words, and returns what came of each in the same order.
AskAll = Callable[[Sequence[Reworded]], Iterable[Asked]]
_AT_ONCE = 8  # questions handed to a process together
_library: OneSearchLibrary | None = None


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


def _open(settings: LibrarySettings) -> None:
    global _library
    _library = OneSearchLibrary.open(settings)


def _ask(pair: Reworded) -> Asked:
    assert _library is not None
    question, text = pair
    return ask(question, _library, text)
