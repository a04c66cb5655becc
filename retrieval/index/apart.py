"""An index made in a process of its own, beside the one that answers.

A build takes more memory than answering does, and the C library never gives all of it back: here it
goes when the process ends. That process yields the processor to whoever answers, and ends when the
process that started it does, however that came about.

It is ``python -m retrieval.index.apart``. Its settings come in its environment, its news go to its
standard output, a JSON array a line, and it lives as long as its standard input stays open.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from pydantic import SecretStr

from retrieval.errors import (
    DarichehError,
    EncoderError,
    IndexUnavailableError,
    KnowledgeError,
    ServerGoneError,
)
from retrieval.index.build import Progress, Report
from retrieval.memory import keep_one_heap
from retrieval.model.settings import ModelSettings
from retrieval.settings import PROJECT, LibrarySettings

_PREFIX = "DARICHEH_"
_ERRORS: dict[str, type[DarichehError]] = {
    kind.__name__: kind
    for kind in (EncoderError, IndexUnavailableError, KnowledgeError, ServerGoneError)
}
_PATIENT = 10  # of nice(2): whoever answers goes first


class Apart:
    """Makes the index that ``settings`` describe, in a process of its own."""

    def __init__(self, settings: LibrarySettings) -> None:
        self._environment = _environment(settings)
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, progress: Progress, announce: Callable[[str], None]) -> Report | None:
        """Make the index as ``Store.update`` does, and return or raise the same.

        Raises ``IndexUnavailableError`` also where the process cannot be started, or ended before
        it was done.
        """
        try:
            process = subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                encoding="utf-8",
                # Ctrl-C is for the process that answers, which then ends this one.
                start_new_session=True,
            )
        except OSError as error:
            raise IndexUnavailableError(
                f"No process could be started to make the index: {error.strerror}."
            ) from error
        with process:
            self._process = process
            try:
                for line in process.stdout or ():
                    news, *more = json.loads(line)
                    if news == "progress":
                        progress(*more)
                    elif news == "announce":
                        announce(*more)
                    else:
                        return _outcome(news, more)
                raise IndexUnavailableError(_end(process.wait()))
            finally:
                process.kill()
                self._process = None

    def stop(self) -> None:
        """End a build that is under way: what it has written so far is of no account."""
        if process := self._process:
            process.kill()


def _outcome(news: str, more: list[Any]) -> Report | None:
    if news == "failed":
        kind, text = more
        raise _ERRORS.get(kind, IndexUnavailableError)(text)
    return Report(*more) if news == "made" else None


def _end(status: int) -> str:
    """Return how a process ended that was not done, and what to do about it."""
    if status == -signal.SIGKILL:
        return (
            "The process that makes the index was killed, most likely for its memory. Give the "
            "machine more, or run `daricheh knowledge index` while the bot is stopped."
        )
    return (
        f"The process that makes the index ended with status {status}. "
        "`daricheh knowledge index` says why."
    )


def _environment(settings: LibrarySettings) -> dict[str, str]:
    """Return the environment of the process: this one's, but of the project's settings only those
    that an index is made by, as they are here, whatever they came from."""
    given = {
        f"{_PREFIX}{name.upper()}": _text(getattr(settings, name))
        for name in LibrarySettings.model_fields
        if name not in ModelSettings.model_fields and getattr(settings, name) is not None
    }
    others = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(_PREFIX) and name != "PYTHONPATH"
    }
    places = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**others, **given, "PYTHONPATH": os.pathsep.join(places)}


def _text(value: Any) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def main() -> None:
    """Make the index that the environment describes, and tell of it on standard output."""
    keep_one_heap()
    os.nice(_PATIENT)
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    # Whatever else is printed must not be taken for news.
    news = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def tell(*what: Any) -> None:
        print(json.dumps(what), file=news, flush=True)

    try:
        report = _made(tell)
    except DarichehError as error:
        tell("failed", type(error).__name__, str(error))
    else:
        if report is None:
            tell("fresh")
        else:
            tell("made", *astuple(report))


def _made(tell: Callable[..., None]) -> Report | None:
    from retrieval.encoder import load_encoder
    from retrieval.index.stores import store_of

    settings = LibrarySettings(_env_file=None)
    encoder = load_encoder(
        settings.encoder,
        query_prefix=settings.encoder_query_prefix,
        passage_prefix=settings.encoder_passage_prefix,
    )
    store = store_of(settings, lambda line: tell("announce", line))
    return store.update(encoder, lambda *step: tell("progress", *step))


def _end_with_the_other() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
