"""The two forms of a line in the log."""

from __future__ import annotations

import datetime as dt
import json
import logging

from bot.operating.settings import LogFormat


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger and message, and no other part of a record.

    What a library hangs on a record besides (``extra``) may be anything, and is left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        time = dt.datetime.fromtimestamp(record.created, tz=dt.UTC)
        return json.dumps(
            {
                "time": time.isoformat(timespec="milliseconds"),
                "level": record.levelname,
                "logger": record.name,
                "message": record.getMessage(),
            }
        )


def formatter(log_format: LogFormat) -> logging.Formatter:
    """Return what writes lines of that form."""
    if log_format == "json":
        return JsonLines()
    return logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
