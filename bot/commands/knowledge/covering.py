"""``daricheh knowledge coverage``: what the folder holds on each topic, and where it is thin."""

from __future__ import annotations

import datetime as dt
import json

from bot.commands.options import AsJson, Knowledge, State, library_settings

_HEAD = (
    "topic", "en", "fa", "passages", "official", "research", "report.", "practit.", "partisan",
    "undated", "<6 mon.", "<1 year", "<3 years", "older", "newest",
)  # fmt: skip


def coverage(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Count what there is on each topic: by language, by kind of source, by age.

    Documents and passages are counted in each language, sources once however often they are
    cited, ages once a document, by the day its facts held.
    """
    from retrieval.knowledge.holdings import holdings
    from retrieval.knowledge.reading import read_knowledge
    from retrieval.knowledge.shared_files import read_topics

    folder = library_settings(knowledge, state).knowledge
    found = holdings(read_knowledge(folder).documents, read_topics(folder), dt.date.today())
    if as_json:
        print(json.dumps([each.to_json() for each in found], ensure_ascii=False, indent=2))
        return
    rows: list[tuple[str, ...]] = [_HEAD]
    for each in found:
        passages = "/".join(map(str, each.passages.values()))
        numbers = (*each.tiers.values(), each.undated, *each.ages.values())
        rows.append(
            (
                each.topic,
                *map(str, each.documents.values()),
                passages,
                *map(str, numbers),
                str(each.newest or "-"),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        first, *others = (
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]))
