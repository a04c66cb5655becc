"""The page of figures: what it counts, how coarsely, and that no label can name anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from bot.operating.exposition import STAND, Figures, Moment
from bot.operating.meters import (
    FAILURES,
    LANGUAGES,
    STAGES,
    STATUSES,
    UPDATE_KINDS,
    Meters,
)
from bot.operating.stepwise import EDGES, STEP, Durations, stepped
from retrieval.answering.answer import Answer, Stages

VERSION = "0123456789abcdef"
MOMENT = Moment(
    index=VERSION, index_made=1.0, documents=262, stale=3, waiting=14, due=27, overdue=1, memory=1
)
# Every label there may be, and what each may say.
LABELS: dict[str, re.Pattern[str]] = {
    "status": re.compile("|".join(STATUSES)),
    "language": re.compile("|".join(LANGUAGES)),
    "kind": re.compile("|".join(UPDATE_KINDS)),
    "stage": re.compile("|".join(STAGES)),
    "failure": re.compile("|".join(FAILURES)),
    "part": re.compile("poller|telegram|redis|chroma"),
    "version": re.compile(r"[0-9a-f]{16}|\d+\.\d+\.\d+|unknown"),
    "python": re.compile(r"\d+\.\d+\.\d+\S{0,5}"),
    "le": re.compile("|".join(re.escape(str(edge)) for edge in EDGES) + r"|\+Inf"),
}


def values(page: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return the samples of a page, by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


def value(page: bytes, name: str, **labels: str) -> float:
    return values(page)[name, tuple(sorted(labels.items()))]


def strange_labels(page: bytes) -> set[str]:
    """Return the labels that are not of the lists above."""
    return {
        f"{label}={text}"
        for _, labels in values(page)
        for label, text in labels
        if label not in LABELS or not LABELS[label].fullmatch(text)
    }


def answer(number: int = 0) -> Answer:
    return Answer(f"question {number}", "fa", "urgent", seconds=0.2, stages=Stages(0.1, 0.07, 0.03))


def met(meters: Meters, given: Answer) -> None:
    """Have an answer looked up, written and given."""
    meters.looked_up(given, 0.3)
    meters.wrote(2.0)
    meters.answered(given)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_moves_before_the_tenth_question() -> None:
    meters, clock = Meters(), Clock()
    figures = Figures(meters, clock)
    before = values(figures.page(MOMENT, {}))
    for number in range(STEP - 1):
        met(meters, answer(number))
        meters.sent(0.4)
        meters.came("message")
        clock.now += STAND
        assert values(figures.page(MOMENT, {})) == before
    met(meters, answer())
    meters.came("message")
    clock.now += STAND
    page = figures.page(MOMENT, {})
    assert value(page, "daricheh_answers_total", status="urgent", language="fa") == STEP
    assert value(page, "daricheh_updates_total", kind="message") == STEP
    assert value(page, "daricheh_stage_seconds_count", stage="search") == STEP
    assert abs(value(page, "daricheh_stage_seconds_sum", stage="judge") - 0.7) < 1e-9
    assert abs(value(page, "daricheh_stage_seconds_sum", stage="wait") - 1.0) < 1e-9
    assert value(page, "daricheh_stage_seconds_sum", stage="write") == 2.0 * STEP
    assert value(page, "daricheh_stage_seconds_count", stage="send") == 0


def test_figures_about_people_stand_still_for_minutes() -> None:
    meters, clock = Meters(), Clock()
    figures = Figures(meters, clock)
    before = values(figures.page(MOMENT, {}))
    for number in range(2 * STEP):
        met(meters, answer(number))
    clock.now = STAND - 1
    assert values(figures.page(MOMENT, {})) == before
    clock.now = STAND
    page = figures.page(MOMENT, {})
    assert value(page, "daricheh_answers_total", status="urgent", language="fa") == 2 * STEP


def test_trouble_shows_at_once_and_exactly() -> None:
    meters = Meters()
    figures = Figures(meters, Clock())
    figures.page(MOMENT, {})
    for status in (None, 429, 409, 502, 504, 200, 400, 403):
        meters.replied(status)
    page = figures.page(MOMENT, {"telegram": False})
    failures = {f: value(page, "daricheh_telegram_failures_total", failure=f) for f in FAILURES}
    assert failures == {"network": 1, "too_many": 1, "conflict": 1, "server": 2}
    assert value(page, "daricheh_overdue_deletions") == 1
    assert value(page, "daricheh_check", part="telegram") == 0
    assert value(page, "daricheh_waiting_updates") == 10


def test_the_library_is_told_by_version_age_and_what_is_stale() -> None:
    page = Figures(Meters()).page(MOMENT, {})
    assert value(page, "daricheh_index_info", version=VERSION) == 1
    assert value(page, "daricheh_index_made_timestamp_seconds") == 1.0
    assert value(page, "daricheh_documents") == 262
    assert value(page, "daricheh_stale_documents") == 3


def test_every_label_comes_from_a_closed_list() -> None:
    meters = Meters()
    for status in STATUSES:
        for language in LANGUAGES:
            met(meters, Answer("who am I", language, status))
    for kind in (*UPDATE_KINDS, "chat 7340912655", ""):
        meters.came(kind)
    page = Figures(meters).page(MOMENT, {"poller": True, "telegram": True, "redis": False})
    assert strange_labels(page) == set()
    names = {name for (name, _) in values(page)}
    assert not [name for name in names if not name.startswith("daricheh_")]


def test_the_search_for_strange_labels_finds_one() -> None:
    assert strange_labels(b'# TYPE a gauge\na{chat="1"} 1\na{kind="7340912655"} 1\n') == {
        "chat=1",
        "kind=7340912655",
    }


@given(st.lists(st.floats(0, 100)))
def test_durations_show_whole_steps_that_only_grow(seconds: Iterable[float]) -> None:
    durations = Durations()
    before = durations.buckets
    for each in seconds:
        durations.add(each)
        counts = [count for _, count in durations.buckets]
        assert counts == sorted(counts)
        assert all(count == stepped(count) for count in counts)
        assert all(new >= old for new, (_, old) in zip(counts, before, strict=True))
        before = durations.buckets


def test_a_duration_falls_into_the_first_bucket_that_holds_it() -> None:
    durations = Durations()
    for _ in range(STEP):
        durations.add(0.1)
    counts = dict(durations.buckets)
    assert (counts[0.05], counts[0.1], counts[float("inf")]) == (0, STEP, STEP)
    assert abs(durations.total - 1.0) < 1e-9
