"""The picture of a plan: both directions, shaped letters, a size for slow lines."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, features

from bot.telegram import chart
from bot.telegram.texts import load
from retrieval.answering.answer import Language
from retrieval.flows import Plan, Press
from tests.small.shelf import shelf

GREY = (223, 229, 234)


def plan(language: Language, *second: Press) -> Plan:
    """Return a plan of which only the accounts were answered."""
    guide = shelf().guides["ready"]
    state = guide.start()
    skipped = ("ways", "apps", "second", "lock", "place")
    answers = {press.step: press for press in second}
    for step in skipped:
        state = guide.press(state, answers.get(step, Press("skip", step))).state
    screen = guide.screen(state, language)
    assert isinstance(screen, Plan)
    return screen


def picture(shown: Plan) -> Image.Image:
    png = chart.drawn(shown, load()[shown.language].flows.unanswered)
    return Image.open(io.BytesIO(png)).convert("RGB")


def bar(image: Image.Image, area: int) -> list[bool]:
    """Return which third of an area's bar is filled, from the left."""
    top = chart.MARGIN + chart.TITLE * 2 + chart.ROW * area + chart.LABEL * 2 + chart.BAR // 2
    spots = (chart.WIDTH // 5, chart.WIDTH // 2, chart.WIDTH * 4 // 5)
    colours = [image.getpixel((left, top)) for left in spots]
    return [
        max(abs(a - b) for a, b in zip(colour, GREY, strict=True)) > 20
        for colour in colours
        if isinstance(colour, tuple)
    ]


def test_persian_can_be_shaped_here() -> None:
    assert features.check("raqm")


@pytest.mark.parametrize(
    ("language", "filled"), [("en", [True, False, False]), ("fa", [False, False, True])]
)
def test_a_bar_fills_from_where_the_reader_starts(language: Language, filled: list[bool]) -> None:
    shown = plan(language, Press("choose", "second", "no"))
    assert bar(picture(shown), 2) == filled
    assert bar(picture(plan(language)), 2) == [False, False, False]
    full = plan(language, Press("choose", "second", "yes"))
    assert bar(picture(full), 2) == [True, True, True]


def test_letters_are_joined_and_run_from_right_to_left() -> None:
    font = chart._font(chart.LABEL)
    pen = ImageDraw.Draw(Image.new("RGB", (10, 10)))
    joined = pen.textlength("محکم", font, "rtl")
    apart = sum(pen.textlength(letter, font, "rtl") for letter in "محکم")
    assert joined < 0.9 * apart


def test_the_picture_is_small_enough_for_a_slow_line_and_wide_enough_for_a_phone() -> None:
    shown = plan("fa", Press("choose", "second", "yes"))
    png = chart.drawn(shown, load()["fa"].flows.unanswered)
    assert len(png) < 40_000
    assert picture(shown).width == 1080
