"""``daricheh knowledge gaps``: what people asked about and the folder could not answer."""

from __future__ import annotations

import json
import sys
from collections import Counter

from bot.commands.options import AsJson, Knowledge, State, settings_of


def gaps(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Name the topics people asked about that the bot could not answer, most asked first.

    No question is ever kept: the bot counts labels of topics.yaml, in steps of ten, a week at a
    time, and only where DARICHEH_GAPS=on. bot/PRIVACY.md says what these counts still reveal.
    """
    from bot.gaps import STEP, read_gaps
    from bot.settings import BotSettings
    from retrieval.knowledge.shared_files import read_topics

    settings = settings_of(BotSettings, knowledge, state)
    weeks = read_gaps(settings.state)
    labels = {topic.id: topic for topic in read_topics(settings.knowledge)}
    total: Counter[str] = Counter()
    for counts in weeks.values():
        total.update(counts)
    rows = [
        {
            "topic": topic,
            "en": labels[topic].en if topic in labels else topic,
            "fa": labels[topic].fa if topic in labels else topic,
            "at_least": number,
            "weeks": {week: counts[topic] for week, counts in weeks.items() if topic in counts},
        }
        for topic, number in sorted(total.items(), key=lambda item: (-item[1], item[0]))
    ]
    if as_json:
        print(json.dumps({"on": settings.gaps, "step": STEP, "topics": rows}, ensure_ascii=False))
    for row in () if as_json else rows:
        print(f"{row['at_least']:>6}+  {row['topic']:<22} {row['en']}  ·  {row['fa']}")
    if not settings.gaps:
        print("The bot does not count: set DARICHEH_GAPS=on where it runs.", file=sys.stderr)
    elif not rows:
        print(f"No topic has been asked about {STEP} times without an answer.", file=sys.stderr)
