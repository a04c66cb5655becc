"""A plan's levels as a picture that is readable on a phone: one bar an area.

Persian is shaped and ordered by HarfBuzz and FriBiDi through Raqm, which Pillow's wheels carry.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from retrieval.flows import AreaLevel, Plan

WIDTH, MARGIN, ROW = 1080, 72, 190  # pixels
BAR, GAP, ROUND = 40, 14, 12
TITLE, LABEL = 60, 48  # font sizes
COLOURS = 32  # a third of the size, for slow lines
PAPER, INK, FAINT, EMPTY = "#ffffff", "#1d2733", "#5d6b78", "#dfe5ea"
# From the lowest level to the highest; told apart by lightness too, and the level is written out.
FILLS = ("#b3413a", "#d59a2e", "#5a9e52", "#1f6f5c")


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    file = resources.files("bot.telegram").joinpath("font/Vazirmatn-Medium.ttf")
    with file.open("rb") as stream:
        return ImageFont.truetype(
            io.BytesIO(stream.read()), size, layout_engine=ImageFont.Layout.RAQM
        )


def drawn(plan: Plan, unanswered: str) -> bytes:
    """Return the picture as PNG; ``unanswered`` is the text of an area without a level."""
    height = 2 * MARGIN + TITLE * 2 + ROW * len(plan.areas)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    pen = _Pen(ImageDraw.Draw(image), right_to_left=plan.language == "fa")
    pen.start(MARGIN, plan.title, TITLE, INK)
    for at, area in enumerate(plan.areas):
        _area(pen, area, MARGIN + TITLE * 2 + ROW * at, unanswered)
    stream = io.BytesIO()
    image.quantize(COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _area(pen: _Pen, area: AreaLevel, top: int, unanswered: str) -> None:
    if area.step is None or area.level_label is None:
        pen.start(top, unanswered.format(area=area.label), LABEL, FAINT)
    else:
        pen.start(top, area.label, LABEL, INK)
        pen.end(top, area.level_label, LABEL, FAINT)
    filled = 0 if area.step is None else area.step + 1
    fill = FILLS[(filled - 1) * (len(FILLS) - 1) // max(1, area.steps - 1)] if filled else EMPTY
    for place in range(area.steps):
        pen.segment(top + LABEL * 2, place, area.steps, fill if place < filled else EMPTY)


class _Pen:
    """Draws from where a reader of the language starts."""

    def __init__(self, draw: ImageDraw.ImageDraw, *, right_to_left: bool) -> None:
        self._draw = draw
        self._right_to_left = right_to_left

    def start(self, top: int, text: str, size: int, colour: str) -> None:
        """Write at the side where lines start, smaller where it would not fit."""
        self._write(top, text, size, colour, at_start=True)

    def end(self, top: int, text: str, size: int, colour: str) -> None:
        """Write at the side where lines end."""
        self._write(top, text, size, colour, at_start=False)

    def segment(self, top: int, place: int, of: int, colour: str) -> None:
        """Draw one part of a bar, ``place`` from the start."""
        width = (WIDTH - 2 * MARGIN - GAP * (of - 1)) / of
        left = MARGIN + place * (width + GAP)
        if self._right_to_left:
            left = WIDTH - left - width
        box = (left, top, left + width, top + BAR)
        self._draw.rounded_rectangle(box, ROUND, fill=colour)

    def _write(self, top: int, text: str, size: int, colour: str, *, at_start: bool) -> None:
        direction = "rtl" if self._right_to_left else "ltr"
        most = (WIDTH - 2 * MARGIN) * (1.0 if size == TITLE else 0.62)
        while size > 20 and self._draw.textlength(text, _font(size), direction) > most:
            size -= 2
        right = self._right_to_left == at_start
        self._draw.text(
            (WIDTH - MARGIN if right else MARGIN, top),
            text,
            fill=colour,
            font=_font(size),
            anchor="ra" if right else "la",
            direction=direction,
        )
