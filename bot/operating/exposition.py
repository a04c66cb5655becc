"""The figures in the form that Prometheus reads."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.operating.health import Part
from bot.operating.meters import FAILURES, LANGUAGES, STAGES, STATUSES, UPDATE_KINDS, Meters
from bot.operating.stepwise import stepped

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
# Seconds for which the figures about people stand still, so that the moment at which one moves
# says little about when the tenth person asked.
STAND = 300.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What is true at one moment: the library in use, and what waits.

    ``overdue`` are deletions that should have happened minutes ago.
    """

    index: str | None = None
    index_made: float | None = None
    documents: int = 0
    stale: int = 0
    waiting: int = 0
    due: int = 0
    overdue: int = 0
    memory: int = 0


class Figures(Collector):
    """Collects what is shown. ``clock`` gives seconds that never run backwards."""

    def __init__(self, meters: Meters, clock: Callable[[], float] = time.monotonic) -> None:
        self._meters = meters
        self._clock = clock
        self._since = time.time()
        self._people: list[Metric] = []
        self._taken: float | None = None
        self._moment = Moment()
        self._checks: Mapping[Part, bool] = {}
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def page(self, moment: Moment, checks: Mapping[Part, bool]) -> bytes:
        """Return the page for ``moment``, and for what is in order then, in UTF-8."""
        self._moment, self._checks = moment, checks
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics; see ``Collector.collect``."""
        now = self._clock()
        if self._taken is None or now - self._taken >= STAND:
            self._taken, self._people = now, list(_people(self._meters, self._moment))
        yield from self._people
        yield from _trouble(self._meters, self._moment)
        yield from _library(self._moment)
        yield from _process(self._moment, self._since)
        yield _checked(self._checks)


def _people(meters: Meters, moment: Moment) -> Iterator[Metric]:
    """Yield what is about people, each count in whole steps."""
    answers = CounterMetricFamily(
        "daricheh_answers", "Answers, in steps of ten.", labels=("status", "language")
    )
    for status in STATUSES:
        for language in LANGUAGES:
            count = stepped(meters.answers[status, language])
            answers.add_metric((status, language), count)
    yield answers
    updates = CounterMetricFamily(
        "daricheh_updates", "Updates from Telegram, in steps of ten.", labels=("kind",)
    )
    for kind in UPDATE_KINDS:
        updates.add_metric((kind,), stepped(meters.updates[kind]))
    yield updates
    stages = HistogramMetricFamily(
        "daricheh_stage_seconds",
        "How long the stages of answering take, in steps of ten.",
        labels=("stage",),
    )
    for stage in STAGES:
        durations = meters.stages[stage]
        buckets = [
            ("+Inf" if edge == float("inf") else str(edge), float(count))
            for edge, count in durations.buckets
        ]
        stages.add_metric((stage,), buckets, durations.total)
    yield stages
    yield GaugeMetricFamily(
        "daricheh_due_deletions", "Messages to be deleted, in steps of ten.", stepped(moment.due)
    )


def _trouble(meters: Meters, moment: Moment) -> Iterator[Metric]:
    """Yield what an operator has to see at once."""
    yield GaugeMetricFamily(
        "daricheh_waiting_updates", "Updates in hand, in steps of ten.", stepped(moment.waiting)
    )
    yield GaugeMetricFamily(
        "daricheh_overdue_deletions",
        "Messages that should have been deleted five minutes ago and are not.",
        moment.overdue,
    )
    failures = CounterMetricFamily(
        "daricheh_telegram_failures", "Failed requests to Telegram.", labels=("failure",)
    )
    for failure in FAILURES:
        failures.add_metric((failure,), meters.failures[failure])
    yield failures


def _library(moment: Moment) -> Iterator[Metric]:
    if moment.index is not None:
        yield InfoMetricFamily(
            "daricheh_index", "The version of the index in use.", {"version": moment.index}
        )
    if moment.index_made is not None:
        yield GaugeMetricFamily(
            "daricheh_index_made_timestamp_seconds", "When it was made.", moment.index_made
        )
    yield GaugeMetricFamily(
        "daricheh_documents", "Documents of the library in use.", moment.documents
    )
    yield GaugeMetricFamily(
        "daricheh_stale_documents", "Those past the day of their review.", moment.stale
    )


def _process(moment: Moment, since: float) -> Iterator[Metric]:
    """Yield what the process is. Not the time it computes: that would tell of single questions."""
    yield GaugeMetricFamily("daricheh_memory_bytes", "Resident memory.", moment.memory)
    yield GaugeMetricFamily("daricheh_start_timestamp_seconds", "When it started.", since)
    yield InfoMetricFamily(
        "daricheh_build",
        "What runs.",
        {"version": _version(), "python": platform.python_version()},
    )


def _checked(checks: Mapping[Part, bool]) -> Metric:
    family = GaugeMetricFamily(
        "daricheh_check", "1 where that part is in order, else 0.", labels=("part",)
    )
    for part, held in checks.items():
        family.add_metric((part,), int(held))
    return family


def _version() -> str:
    try:
        return version("daricheh")
    except PackageNotFoundError:
        return "unknown"
