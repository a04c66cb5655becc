"""The dashboard shows figures that there are, by labels that they have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from bot.operating.exposition import Figures, Moment
from bot.operating.health import Part
from bot.operating.meters import Meters
from retrieval.settings import PROJECT

BOARD = PROJECT / "deploy" / "grafana" / "dashboard.json"
_NAME = re.compile(r"daricheh_\w+")
_BY = re.compile(r"by \(([^)]*)\)")
_LEGEND = re.compile(r"\{\{(\w+)\}\}")
_PROMETHEUS = {"le", "instance", "job"}


def board() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(BOARD.read_text("utf-8"))
    return read


def figures() -> dict[str, set[str]]:
    """Return the labels of every sample that a page may hold, by its name."""
    parts: dict[Part, bool] = {"poller": True}
    page = Figures(Meters()).page(Moment(index="0" * 16, index_made=1.0), parts).decode()
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def expressions() -> Iterator[tuple[str, str]]:
    """Yield every expression of the board, with its legend."""
    for each in board()["annotations"]["list"]:
        yield each["expr"], ""
    for panel in board()["panels"]:
        for target in panel["targets"]:
            yield target["expr"], target["legendFormat"]


def test_every_figure_of_the_dashboard_is_shown_by_the_bot_with_these_labels() -> None:
    there = figures()
    for expression, legend in expressions():
        names = _NAME.findall(expression)
        assert names, expression
        assert set(names) <= there.keys(), expression
        labels = {word.strip() for group in _BY.findall(expression) for word in group.split(",")}
        labels |= set(_LEGEND.findall(legend))
        known = set.union(*(there[name] for name in names)) | _PROMETHEUS
        assert labels <= known, expression


def test_every_figure_of_the_bot_is_on_the_dashboard() -> None:
    shown = {name for expression, _ in expressions() for name in _NAME.findall(expression)}
    assert figures().keys() - shown == set()


def test_panels_lie_beside_each_other_and_say_what_they_show() -> None:
    places = [panel["gridPos"] for panel in board()["panels"]]
    taken = [
        (x, y)
        for place in places
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
    assert len({panel["id"] for panel in board()["panels"]}) == len(places)


def test_no_window_is_shorter_than_the_figures_about_people_stand_still() -> None:
    """They move every five minutes at most: over less, a rate would be nothing or a leap."""
    for expression, _ in expressions():
        if re.search(r"daricheh_(?:answers|updates|stage)", expression):
            assert set(re.findall(r"\[(\w+)\]", expression)) == {"1h"}
