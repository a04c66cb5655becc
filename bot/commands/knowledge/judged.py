"""``daricheh knowledge feedback``: which passages people call wrong, and which help."""

from __future__ import annotations

import json
import sys

from bot.commands.options import AsJson, Knowledge, State, settings_of


def feedback(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Name the passages that people judged in the bot, those called wrong first.

    Counts by passage alone, in steps, a week at a time; nobody is attached to them and there is no
    free text. bot/PRIVACY.md says what these counts still reveal.
    """
    from bot.feedback import REASONS, STEP, STEP_WRONG, read_feedback
    from bot.settings import BotSettings

    settings = settings_of(BotSettings, knowledge, state)
    judged = read_feedback(settings.state)

    def urgency(passage: str) -> tuple[int, int, int, str]:
        counts = judged[passage]
        wrong = sum(counts.get(reason, 0) for reason in REASONS)
        return -counts.get("dangerous", 0), -wrong, -counts.get("no", 0), passage

    rows = [
        {"passage": passage, "at_least": judged[passage]} for passage in sorted(judged, key=urgency)
    ]
    if as_json:
        steps = {"step": STEP, "step_wrong": STEP_WRONG}
        print(json.dumps({"on": settings.feedback, **steps, "passages": rows}, ensure_ascii=False))
    for passage in () if as_json else sorted(judged, key=urgency):
        counts = judged[passage]
        said = [
            f"{verdict} {counts[verdict]}+"
            for verdict in (*REASONS, "no", "yes")
            if verdict in counts
        ]
        print(f"{passage}  {', '.join(said)}")
    if not settings.feedback:
        print("The bot does not ask: set DARICHEH_FEEDBACK=on where it runs.", file=sys.stderr)
    elif not rows:
        print(
            f"No passage has been called wrong {STEP_WRONG} times or judged {STEP} times.",
            file=sys.stderr,
        )
