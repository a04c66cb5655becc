"""A plan as a message, and as plain text to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.telegram.message import Message
from bot.telegram.paragraphs import CLOSE, Shape, paragraphs
from bot.telegram.render import day, number
from bot.telegram.richtext import Block
from bot.telegram.statements import HEADING, ITEM, listed, marks, pages
from bot.telegram.texts import Texts
from retrieval.answering.answer import Citation
from retrieval.flows import AreaLevel, Changes, Plan, ShownAdvice

FULL, EMPTY = "●", "○"
BOX = "☐ "


def plan_blocks(plan: Plan, texts: Texts, changes: Changes | None) -> Iterator[Block]:
    """Yield the levels, what changed, what helps most and the rest as a list."""
    yield from _levels(plan, texts)
    if changes is not None:
        yield from _changes(changes, plan, texts)
    if not plan.top:
        yield from paragraphs(texts.flows.no_advice, plan.language)
        return
    yield from paragraphs(texts.flows.top, plan.language, HEADING)
    for at, advice in enumerate(plan.top, start=1):
        lead = f"{number(at, plan.language)}. "
        gap = 1 if at == 1 else 2
        yield from paragraphs(advice.label, plan.language, Shape(tag="b", lead=lead, gap=gap))
        yield from listed(advice.statements, plan.language)
    if plan.rest:
        yield from paragraphs(texts.flows.rest, plan.language, HEADING)
        for advice in plan.rest:
            shape = ITEM._replace(tail=marks(_numbers(advice), plan.language))
            yield from paragraphs(advice.label, plan.language, shape)


def as_text(plan: Plan, texts: Texts) -> list[Message]:
    """Return the plan as text to keep: levels, all advice to tick off, and where it comes from."""
    language = plan.language
    blocks = [*paragraphs(plan.title, language), *_levels(plan, texts)]
    for advice in (*plan.top, *plan.rest):
        blocks += paragraphs(advice.label, language, Shape(lead=BOX))
        blocks += listed(advice.statements, language)
    if plan.citations:
        blocks += paragraphs(texts.sources.title, language)
    for (publisher, date), numbers in _by_publisher(plan.citations).items():
        dated = day(date, texts, language) if date else texts.sources.undated
        shape = Shape(lead=f"{marks(numbers, language).strip()} ", gap=1)
        blocks += paragraphs(f"{publisher} · {dated}", language, shape)
    blocks += paragraphs(texts.flows.trace, language)
    return pages(blocks)


def _levels(plan: Plan, texts: Texts) -> Iterator[Block]:
    for at, area in enumerate(plan.areas):
        yield from paragraphs(
            _level(area, texts),
            plan.language,
            CLOSE if at else Shape(),
        )


def _level(area: AreaLevel, texts: Texts) -> str:
    if area.step is None or area.level_label is None:
        return f"{EMPTY * area.steps} {texts.flows.unanswered.format(area=area.label)}"
    dots = FULL * (area.step + 1) + EMPTY * (area.steps - area.step - 1)
    return f"{dots} {texts.flows.level.format(area=area.label, level=area.level_label)}"


def _changes(changes: Changes, plan: Plan, texts: Texts) -> Iterator[Block]:
    language = plan.language
    yield from paragraphs(texts.flows.since, language, HEADING)
    moved = [change for change in changes.areas if change.direction in ("up", "down")]
    for change in moved:
        text = texts.flows.moved.format(
            area=change.after.label,
            before=change.before.level_label,
            after=change.after.level_label,
        )
        yield from paragraphs(text, language, ITEM)
    if not moved:
        yield from paragraphs(texts.flows.unmoved, language, ITEM)
    for heading, labels in (
        (texts.flows.settled, changes.settled),
        (texts.flows.fresh, changes.fresh),
    ):
        if labels:
            yield from paragraphs(heading, language)
        for text in labels:
            yield from paragraphs(text, language, ITEM)


def _by_publisher(citations: Sequence[Citation]) -> dict[tuple[str, str | None], list[int]]:
    """Return the numbers of the citations by publisher and date: a list to keep is short."""
    found: dict[tuple[str, str | None], list[int]] = {}
    for citation in citations:
        found.setdefault((citation.publisher, citation.date), []).append(citation.n)
    return found


def _numbers(advice: ShownAdvice) -> list[int]:
    return [n for statement in advice.statements for n in statement.citations]
