"""A plan: how far along each area is, and which advice helps most."""

from __future__ import annotations

from collections import Counter

from retrieval.flows.quoting import Quoting
from retrieval.flows.screens import AreaChange, AreaLevel, Changes, Plan, ShownAdvice
from retrieval.knowledge.conditions import Answers
from retrieval.knowledge.documents import Language
from retrieval.knowledge.flows import Advice, Flow, Level, PlanResult, Step


def area_levels(
    flow: Flow, result: PlanResult, answers: Answers, language: Language
) -> tuple[AreaLevel, ...]:
    """Return the level of each area: the share of the points that the answered questions offer."""
    levels = sorted(result.levels, key=lambda level: level.at_least)
    made = []
    for area in result.areas:
        share = _share(flow, answers, area.id)
        reached = [n for n, level in enumerate(levels) if share is not None and _in(share, level)]
        level = levels[reached[-1]] if reached else None
        made.append(
            AreaLevel(
                id=area.id,
                label=area.label.of(language),
                level=level.id if level else None,
                level_label=level.label.of(language) if level else None,
                share=share,
                step=reached[-1] if reached else None,
                steps=len(levels),
            )
        )
    return tuple(made)


def _in(share: int, level: Level) -> bool:
    return share >= level.at_least


def _share(flow: Flow, answers: Answers, area: str) -> int | None:
    """Return the per cent of the points of ``area`` that were reached; None without an answer."""
    reached = most = 0
    for step in flow.steps:
        chosen = answers.get(step.id)
        if chosen:
            reached += sum(o.points.get(area, 0) for o in step.options if o.id in chosen)
            most += most_points(step, area)
    return round(100 * reached / most) if most else None


def most_points(step: Step, area: str) -> int:
    """Return the most points that ``step`` can give for ``area``."""
    points = [option.points.get(area, 0) for option in step.options]
    return sum(points) if step.multiple else max(points)


def advised(flow: Flow, result: PlanResult, answers: Answers) -> list[Advice]:
    """Return the advice that ``answers`` call for: the one that helps more first, and among equals
    one for each area, the least far along first, before a second for any."""
    wanted: set[str] = set()
    for step in flow.steps:
        chosen = answers.get(step.id)
        if chosen:
            for option in step.options:
                wanted.update(option.helps if option.id in chosen else option.lacks)
    shares = {area.id: _share(flow, answers, area.id) or 0 for area in result.areas}
    rank: dict[str, tuple[int, int, int]] = {}
    before: Counter[tuple[int, str]] = Counter()
    called = [advice for advice in result.advice if advice.id in wanted]
    for advice in called:
        turn = before[advice.weight, advice.area]
        before[advice.weight, advice.area] += 1
        rank[advice.id] = (-advice.weight, turn, shares[advice.area])
    return sorted(called, key=lambda advice: rank[advice.id])


def plan(
    flow: Flow, result: PlanResult, answers: Answers, quoting: Quoting, language: Language
) -> tuple[tuple[AreaLevel, ...], tuple[ShownAdvice, ...]]:
    """Return the levels and all advice called for, with its statements, best first. Advice whose
    passages are gone is left out."""
    shown = []
    for advice in advised(flow, result, answers):
        statements = quoting.statements(advice.quotes, answers, again=True)
        if statements:
            label = advice.label.of(language)
            shown.append(ShownAdvice(advice.id, label, advice.area, statements))
    return area_levels(flow, result, answers, language), tuple(shown)


def changes(before: Plan, after: Plan) -> Changes:
    """Return what changed from one plan to a later one of the same flow and language."""
    old = {area.id: area for area in before.areas}
    areas = tuple(_change(old[area.id], area) for area in after.areas if area.id in old)
    was = {advice.id: advice.label for advice in (*before.top, *before.rest)}
    now = {advice.id: advice.label for advice in (*after.top, *after.rest)}
    return Changes(
        areas,
        tuple(label for name, label in was.items() if name not in now),
        tuple(label for name, label in now.items() if name not in was),
    )


def _change(before: AreaLevel, after: AreaLevel) -> AreaChange:
    if before.step is None or after.step is None:
        return AreaChange(before, after, None)
    if before.step == after.step:
        return AreaChange(before, after, "same")
    return AreaChange(before, after, "up" if after.step > before.step else "down")
