"""The command itself: what it offers, and how errors and interruptions end."""

from __future__ import annotations

import io
import os
import sys

import typer

from bot.commands import asking, backing_up, evaluating, examining, knowledge, serving
from retrieval.errors import DarichehError
from retrieval.memory import keep_one_heap

app = typer.Typer(
    name="daricheh",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def main_job(context: typer.Context) -> None:
    """Questions on blocking, summonses and safer alternatives in Iran, answered in Persian and
    English, every statement with the passage it stands on.

    Without a command: the Telegram bot where DARICHEH_TELEGRAM_TOKEN is set, else the same
    conversation in this terminal.
    """
    if context.invoked_subcommand is None:
        if serving.has_token():
            serving.bot()
        else:
            asking.ask()


app.command()(asking.ask)
app.command()(asking.search)
app.command()(serving.bot)
app.command()(examining.doctor)
app.command()(backing_up.backup)
app.command()(backing_up.restore)
app.command("eval", context_settings=evaluating.PASSED_ON)(evaluating.evaluate)
app.add_typer(knowledge.app, name="knowledge")


def main() -> None:
    """Run the command; say an expected error in one line on stderr and end with status 1."""
    keep_one_heap()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except DarichehError as error:
        print(f"daricheh: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except OSError as error:
        if error.filename is not None:
            raise
        # Only a stream fails without a name: standard output, on a full disk.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing left to flush
        print(f"daricheh: The output cannot be written: {error.strerror}.", file=sys.stderr)
        raise SystemExit(1) from None
