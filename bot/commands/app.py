"""The command itself: what it offers, and how errors and interruptions end."""

from __future__ import annotations

import io
import sys

import typer

from bot.commands import asking, knowledge, serving
from retrieval.errors import DarichehError

app = typer.Typer(
    name="daricheh",
    help="Questions on blocking, summonses and safer alternatives in Iran, answered in Persian "
    "and English, every statement with the passage it stands on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(asking.ask)
app.command()(asking.search)
app.command()(serving.bot)
app.add_typer(knowledge.app, name="knowledge")


def main() -> None:
    """Run the command; say an expected error in one line on stderr and end with status 1."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except DarichehError as error:
        print(f"daricheh: {error}", file=sys.stderr)
        raise SystemExit(1) from None
