"""The screens of a guided conversation as Telegram messages. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.telegram import flow_plan
from bot.telegram.flow_comparison import comparison_blocks
from bot.telegram.message import Button, Message, Press
from bot.telegram.paragraphs import BULLET, CLOSE, paragraphs
from bot.telegram.render import Rows, label, number
from bot.telegram.richtext import Block
from bot.telegram.statements import HEADING, listed, pages, sources_button
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer, Language, Statement
from retrieval.flows import (
    Case,
    Changes,
    Comparison,
    Plan,
    Question,
    Screen,
    ShownBlock,
    Stopped,
)
from retrieval.flows import Press as FlowPress

TICK, BOX = "✓ ", "☐ "
# What a button asks of the bot and not of the flow.
AS_TEXT, AS_PICTURE, GO_ON = "t", "p", "g"
# What stands side by side on a small phone: buttons share a row evenly, so the longest decides.
ROW_LENGTH, ROW_BUTTONS = 36, 3  # characters, buttons


def shown(
    screen: Screen,
    texts: Texts,
    key: str,
    changes: Changes | None = None,
    said_first: str | None = None,
    *,
    protect: bool = False,
) -> list[Message]:
    """Return the messages of a screen, its buttons under the last.

    ``key`` names what holds the screen's sources. ``changes`` are those since an earlier plan;
    ``said_first`` is a line above all else. Only a message that is sent ``protect``-ed is so after
    it was edited.
    """
    language = screen.language
    blocks: list[Block] = []
    if isinstance(screen, Stopped):
        blocks += paragraphs(texts.flows.stopped.format(command=f"/{screen.flow}"), language)
        return pages(blocks, [(_button(screen, "restart", texts.flows.restart),)])
    if said_first:
        blocks += paragraphs(said_first, language)
    if isinstance(screen, Question):
        blocks += _question_blocks(screen, texts)
        return pages(blocks, _question_rows(screen, texts, key), protect=protect)
    blocks += paragraphs(screen.title, language, HEADING)
    if isinstance(screen, Plan):
        blocks += flow_plan.plan_blocks(screen, texts, changes)
    elif isinstance(screen, Case):
        blocks += _titled(screen.blocks, language)
    else:
        blocks += comparison_blocks(screen, texts)
        blocks += _titled(screen.blocks, language)
    for notice in screen.notices:
        blocks += paragraphs(notice, language)
    if screen.closing:
        blocks += paragraphs(screen.closing, language)
    if isinstance(screen, Plan):
        blocks += paragraphs(texts.flows.keep, language)
    return pages(blocks, _result_rows(screen, texts, key), protect=protect)


def offer(screen: Question, texts: Texts) -> list[Message]:
    """Return the line that offers to go on where a question came in between."""
    text = texts.flows.interrupted.format(
        title=screen.title,
        number=number(screen.number, screen.language),
        total=number(screen.total, screen.language),
    )
    rows = [(Button(texts.flows.go_on, Press("flow", f"{screen.flow}:{GO_ON}")),)]
    return pages(list(paragraphs(text, screen.language)), rows)


def to_hold(screen: Screen) -> Answer | None:
    """Return the screen's statements with their citations, so that the sources can be shown."""
    if isinstance(screen, Stopped) or not screen.citations:
        return None
    return Answer(
        "",
        screen.language,
        "answered",
        tuple(_statements(screen)),
        citations=screen.citations,
    )


def _statements(screen: Question | Plan | Case | Comparison) -> Iterator[Statement]:
    if isinstance(screen, Question):
        yield from screen.first
    elif isinstance(screen, Plan):
        for advice in (*screen.top, *screen.rest):
            yield from advice.statements
    else:
        if isinstance(screen, Comparison):
            for tool in (*screen.options, *screen.uses):
                yield from (cell.statement for cell in tool.cells if cell.statement)
                yield from tool.limits
        for block in screen.blocks:
            yield from block.statements


def _question_blocks(screen: Question, texts: Texts) -> Iterator[Block]:
    language = screen.language
    progress = texts.flows.progress.format(
        number=number(screen.number, language), total=number(screen.total, language)
    )
    yield from paragraphs(f"{screen.title} · {progress}", language, HEADING)
    if screen.opening:
        yield from paragraphs(screen.opening, language)
    if screen.first:
        yield from paragraphs(texts.flows.at_once, language, HEADING)
        yield from listed(screen.first, language)
        for notice in screen.notices:
            yield from paragraphs(notice, language)
    yield from paragraphs(screen.text, language)
    if screen.multiple:
        yield from paragraphs(texts.flows.several, language, CLOSE)


def _question_rows(screen: Question, texts: Texts, key: str) -> Rows:
    language = screen.language
    rows: list[tuple[Button, ...]] = []
    if screen.citations:
        rows.append((sources_button(screen.citations, texts, key, language),))
    choices = [
        Button(
            label(f"{TICK if choice.ticked else ''}{choice.label}", language),
            _press(screen.flow, choice.press),
        )
        for choice in screen.choices
    ]
    rows += side_by_side(choices)
    step = [
        Button(text, _press(screen.flow, press))
        for press, text in (
            (screen.back, texts.flows.back),
            (screen.skip, texts.flows.skip),
            (screen.done, texts.flows.done),
        )
        if press is not None
    ]
    if step:
        rows.append(tuple(step))
    rows.append(_ends(screen, texts))
    return rows


def _result_rows(screen: Plan | Case | Comparison, texts: Texts, key: str) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if screen.citations:
        rows.append((sources_button(screen.citations, texts, key, screen.language),))
    if isinstance(screen, Plan):
        rows.append(
            (
                Button(texts.flows.as_text, Press("flow", f"{screen.flow}:{AS_TEXT}")),
                Button(texts.flows.as_picture, Press("flow", f"{screen.flow}:{AS_PICTURE}")),
            )
        )
    if screen.back is not None:
        rows.append((Button(texts.flows.back, _press(screen.flow, screen.back)),))
    rows.append(_ends(screen, texts))
    return rows


def side_by_side(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Return rows of buttons: short ones side by side, long ones each on its own."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        row = (*rows[-1], button) if rows else (button,)
        longest = max(len(each.label) for each in row)
        fits = longest * len(row) <= ROW_LENGTH and len(row) <= ROW_BUTTONS
        if rows and fits:
            rows[-1] = row
        else:
            rows.append((button,))
    return rows


def _ends(screen: Screen, texts: Texts) -> tuple[Button, ...]:
    return (
        _button(screen, "restart", texts.flows.restart),
        _button(screen, "stop", texts.flows.stop),
    )


def _button(screen: Screen, kind: str, text: str) -> Button:
    press = FlowPress("restart") if kind == "restart" else FlowPress("stop")
    return Button(text, _press(screen.flow, press))


def _press(flow: str, press: FlowPress) -> Press:
    return Press("flow", f"{flow}:{press.to_data()}")


def _titled(shown_blocks: Sequence[ShownBlock], language: Language) -> Iterator[Block]:
    for block in shown_blocks:
        yield from paragraphs(block.title, language, HEADING)
        yield from listed(block.statements, language, BOX if block.checklist else BULLET)
