"""``daricheh knowledge``: the maintainer's work, one module a command."""

from __future__ import annotations

import typer

from bot.commands.knowledge import (
    checking,
    comparing,
    covering,
    importing,
    indexing,
    judged,
    previewing,
    reviewing,
    showing,
    starting,
    unanswered,
)

app = typer.Typer(
    name="knowledge",
    help="Check, renew and index the knowledge folder.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command()(starting.new)
app.command()(checking.lint)
app.command()(showing.show)
app.command()(comparing.diff)
app.command()(reviewing.stale)
app.command()(covering.coverage)
app.command()(unanswered.gaps)
app.command()(judged.feedback)
app.command()(indexing.index)
app.command()(previewing.preview)
app.command("import")(importing.import_)
