"""Lines over size on two logarithmic axes, as one SVG that stands by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM, _RIGHT = 420, 230, 54, 30, 34, 150
# Told apart by people who do not tell red from green (Okabe and Ito, 2008), and by their dashes.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#7f7f7f")
_DASHES = ("", "6 3", "2 3", "9 3 2 3")


@dataclass(frozen=True, slots=True)
class Line:
    """A named series of points (size, value), both above 0."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines that share a vertical axis."""

    title: str
    lines: Sequence[Line]


def plot(panels: Sequence[Panel]) -> str:
    """Return ``panels``, one below the other, as the text of an SVG file."""
    height = _HEIGHT * len(panels)
    drawn = "".join(_panel(panel, _HEIGHT * place) for place, panel in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + _RIGHT} {height}" '
        f'width="{_WIDTH + _RIGHT}" height="{height}" font-family="sans-serif" font-size="11">'
        f'<rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>\n'
    )


def _panel(panel: Panel, down: float) -> str:
    points = [point for line in panel.lines for point in line.points]
    across = _decades([x for x, _ in points])
    up = _decades([y for _, y in points])
    bottom, top = down + _HEIGHT - _BOTTOM, down + _TOP
    parts = [f'<text x="{_LEFT}" y="{down + 16}" font-weight="bold">{escape(panel.title)}</text>']
    for power in range(across[0], across[1] + 1):
        x = _place(power, across, _LEFT, _WIDTH)
        parts.append(_rule(x, x, bottom, top))
        parts.append(f'<text x="{x}" y="{bottom + 14}" text-anchor="middle">{10**power:,}</text>')
    for power in range(up[0], up[1] + 1):
        y = _place(power, up, bottom, top)
        parts.append(_rule(_LEFT, _WIDTH, y, y))
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{10.0**power:,g}</text>')
    parts.append(
        f'<text x="{_WIDTH}" y="{bottom + 27}" text-anchor="end" fill="#555">passages</text>'
    )
    for place, line in enumerate(panel.lines):
        colour = _COLOURS[place % len(_COLOURS)]
        dash = _DASHES[place % len(_DASHES)]
        spots = [
            (_place(log10(x), across, _LEFT, _WIDTH), _place(log10(y), up, bottom, top), x, y)
            for x, y in line.points
        ]
        path = " ".join(f"{x},{y}" for x, y, _, _ in spots)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dash}"/>'
        )
        parts += [
            f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}">'
            f"<title>{escape(line.name)}: {value:,.4g} at {size:,.0f}</title></circle>"
            for x, y, size, value in spots
        ]
        key = top + 8 + 16 * place
        parts.append(
            f'<line x1="{_WIDTH + 10}" x2="{_WIDTH + 30}" y1="{key - 4}" y2="{key - 4}" '
            f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
            f'<text x="{_WIDTH + 34}" y="{key}">{escape(line.name)}</text>'
        )
    return "".join(parts)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten that hold ``values`` between them, never the same twice."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _place(power: float, ends: tuple[int, int], start: float, end: float) -> float:
    return round(start + (power - ends[0]) / (ends[1] - ends[0]) * (end - start), 1)


def _rule(x1: float, x2: float, y1: float, y2: float) -> str:
    return f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" stroke="#ddd"/>'
