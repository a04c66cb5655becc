"""Logging that cannot tell what a person wrote, who they are, or the bot's token.

Libraries log what they handle: httpx logs the URL, and the bot's token is part of it;
python-telegram-bot logs whole updates at DEBUG; a traceback can carry a message in an exception's
text. Filtering such lines one by one would miss the next one. So every record is emptied where it
is made, before any handler (ours or one that a library adds) sees it, and only what is known to be
harmless is let through:

- from our own packages: the message's template, where it is a literal of the source (so that an
  f-string cannot carry anything in). ``retrieval`` may show numbers (it knows no person); ``bot``
  shows only what is wrapped in ``Shown``;
- from any other package: which file and line spoke, and nothing of what it said;
- of an exception: its class and the lines it passed through, never its text.
"""

from __future__ import annotations

import logging
import re
import resource
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TextIO

from bot.operating.log_lines import formatter
from bot.operating.settings import LogFormat

HIDDEN = "…"
FRAMES = 6  # places shown of an exception's way, the nearest first
OWN = ("bot", "retrieval")
_PLACEHOLDER = re.compile(r"%%|%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")


class Shown:
    """A value that a developer has judged fit for the log: a count, a setting, a method's name."""

    def __init__(self, value: str | int | float) -> None:
        self.value = value

    def __str__(self) -> str:
        return str(self.value)


def describe(error: BaseException) -> str:
    """Return an exception's class and the places it passed through, without its text.

    Causes follow, innermost last: ``NetworkError at a.py:3 < b.py:9; from ReadError at c.py:1``.
    """
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{type(current).__qualname__} at {_places(current.__traceback__)}")
        current = current.__cause__ or current.__context__
    return "; from ".join(parts)


def _places(trace: TracebackType | None) -> str:
    frames = [
        f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in traceback.walk_tb(trace)
    ]
    return " < ".join(frames[: -FRAMES - 1 : -1]) or "unknown place"


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-2:])


def _is_own(name: str) -> bool:
    return str(name).split(".", 1)[0] in OWN


def _is_literal(message: object, pathname: str, lineno: int) -> bool:
    """Whether ``message`` stands as it is in the code of the line that logs it."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_filename == pathname and frame.f_lineno == lineno:
            return message in code.co_consts
        frame = frame.f_back
    return False


def _template(name: str, message: str, args: tuple[object, ...]) -> str:
    numbers = name.split(".", 1)[0] == "retrieval"
    waiting = iter(args)

    def fill(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        value = next(waiting, None)
        if isinstance(value, Shown):
            return str(value)
        if numbers and isinstance(value, int | float):
            return match[0] % value if match[0][-1] not in "sr" else str(value)
        return HIDDEN

    return _PLACEHOLDER.sub(fill, message)


class QuietRecord(logging.LogRecord):
    """A log record that holds nothing of its arguments or its exception but what may be shown."""

    def __init__(
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        args: Any,
        exc_info: Any,
        func: str | None = None,
        *_unused: Any,
        **_more: Any,
    ) -> None:
        error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
        if isinstance(msg, str) and _is_own(name) and _is_literal(msg, pathname, lineno):
            text = _template(name, msg, args if isinstance(args, tuple) else ())
        else:
            text = f"spoke at {_short(pathname)}:{lineno}"
        if isinstance(error, BaseException):
            text = f"{text}: {describe(error)}"
        super().__init__(name, level, pathname, lineno, text, (), None, func, None)


def set_up(level: str, log_format: LogFormat = "text", stream: TextIO | None = None) -> None:
    """Make all logging of this process go to ``stream`` (default: stderr) in the quiet form, as
    lines of text or of JSON.

    Also stops what bypasses logging: uncaught exceptions, warnings, errors in logging itself, and
    core dumps (a core dump is the memory, and so the conversations, on disk).
    """
    logging.setLogRecordFactory(QuietRecord)
    logging.raiseExceptions = False
    handler = logging.StreamHandler(stream or sys.stderr)
    if level != "DEBUG":  # a line per request would tell when people write
        handler.addFilter(lambda record: _is_own(record.name) or record.levelno >= logging.WARNING)
    handler.setFormatter(formatter(log_format))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_in_thread
    warnings.showwarning = _warning
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


_log = logging.getLogger(__name__)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("stopped by an uncaught exception", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    _log.critical("uncaught exception in a thread: %s", _described(args.exc_value))


def _unraisable(args: sys.UnraisableHookArgs) -> None:
    _log.error("exception that could not be raised: %s", _described(args.exc_value))


def _described(error: BaseException | None) -> Shown:
    return Shown(describe(error) if error is not None else "unknown")


def _warning(
    message: Warning | str,  # noqa: ARG001  its text may hold anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    _log.warning("%s at %s", Shown(category.__qualname__), Shown(f"{_short(filename)}:{lineno}"))
