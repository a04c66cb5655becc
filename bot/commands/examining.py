"""``daricheh doctor``: what is not as it should be, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from bot import quiet
from bot.commands.options import AsJson, Knowledge, State, settings_of
from retrieval.errors import DarichehError

if TYPE_CHECKING:
    from rich.text import Text

    from bot.operating.doctor.finding import Finding, Level

_LOOKS: dict[Level, tuple[str, str]] = {
    "ok": ("ok     ", "green"),
    "warning": ("warning", "yellow"),
    "fault": ("fault  ", "bold red"),
}


def doctor(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Examine everything the bot leans on: token, network and proxy, clock, index, knowledge, disk,
    memory, versions, and the servers that are configured.

    Each line says what was found and, where something is wrong, the mend. A fault keeps the bot
    from answering: then the status is 1. Warnings leave it at 0. No secret is shown.
    """
    quiet.set_up("ERROR")  # HTTP libraries log addresses, and the token is part of one
    findings = _examined(knowledge, state)
    faulty = _json(findings) if as_json else _lines(findings)
    if faulty:
        raise typer.Exit(1)


def _examined(knowledge: Knowledge, state: State) -> Iterable[Finding]:
    from bot.operating.doctor.examination import examine
    from bot.operating.doctor.finding import fault
    from bot.settings import BotSettings

    try:
        settings = settings_of(BotSettings, knowledge, state)
    except DarichehError as error:
        return [fault("settings", str(error), "Correct it in the environment or in .env.")]
    return examine(settings)


def _json(findings: Iterable[Finding]) -> bool:
    """Print one object; return whether there is a fault."""
    found = list(findings)
    rows = [
        {"check": each.check, "level": each.level, "what": each.what, "mend": each.mend}
        for each in found
    ]
    faulty = any(each.level == "fault" for each in found)
    print(json.dumps({"ok": not faulty, "findings": rows}, ensure_ascii=False, indent=2))
    return faulty


def _lines(findings: Iterable[Finding]) -> bool:
    """Print a line a finding as it comes; return whether there is a fault."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    counts: dict[Level, int] = {"ok": 0, "warning": 0, "fault": 0}
    for each in findings:
        counts[each.level] += 1
        console.print(_line(each))
    console.print(f"\n{counts['fault']} faults, {counts['warning']} warnings.")
    return counts["fault"] > 0


def _line(finding: Finding) -> Text:
    from rich.text import Text

    word, style = _LOOKS[finding.level]
    line = Text.assemble((word, style), f"  {finding.check}: {finding.what}")
    if finding.mend:
        line.append(f"\n         → {finding.mend}", style="dim" if finding.level == "ok" else "")
    return line
