"""Small SVG plots, coloured by the page's style (classes ``s0``, ``s1``, ... for the series)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from tests.eval.drops import Drop
from tests.eval.groups import Means
from tests.eval.risk import Calibration

# Units of the viewBox: about a phone's pixels, so that text there is as small as it may get.
_WIDTH, _LABELS, _RIGHT = 360, 132, 14
_ROW = 26
_SQUARE, _MARGIN = 300, 40


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps values from ``low`` to ``high`` onto ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def means_plot(means: Means, groups: Mapping[str, str], measures: Sequence[str]) -> Markup:
    """Return a row a measure, in it a dot with its interval for each of ``groups``: group by the
    name it is shown under."""
    across = Axis(0, 1, _LABELS, _WIDTH - _RIGHT)
    rows = [m for m in measures if any(m in means.get(group, {}) for group in groups.values())]
    parts = [_grid(across, (0, 0.25, 0.5, 0.75, 1), len(rows))]
    for number, measure in enumerate(rows):
        middle = _ROW * number + _ROW / 2
        parts.append(_label(measure, middle))
        for series, group in enumerate(groups.values()):
            mean = means.get(group, {}).get(measure)
            if mean is not None:
                y = middle + 6 * (series - (len(groups) - 1) / 2)
                title = f"{measure}, {list(groups)[series]}: {mean.value:.3f} ({mean.n} questions)"
                ends = across(mean.low), across(mean.high)
                parts.append(_dot(series, across(mean.value), y, ends, title))
    return _svg(parts, _WIDTH, _ROW * len(rows) + 22, "Measures by language, with 95 % intervals")


def drops_plot(drops: Sequence[Drop], measure: str) -> Markup:
    """Return a row a perturbation: how much of ``measure`` was lost, with its interval."""
    rows = [one for one in drops if measure in one.lost]
    ends = [end for one in rows for end in (one.lost[measure].low, one.lost[measure].high)]
    reach = max(0.1, *map(abs, ends)) if ends else 0.1
    across = Axis(-reach, reach, _LABELS, _WIDTH - _RIGHT)
    parts = [_grid(across, (-reach, 0, reach), len(rows))]
    for number, one in enumerate(rows):
        middle = _ROW * number + _ROW / 2
        lost = one.lost[measure]
        title = f"{one.name}: {lost.value:+.3f} of {measure} lost ({lost.n} questions)"
        parts.append(_label(one.name, middle))
        parts.append(
            _dot(0, across(lost.value), middle, (across(lost.low), across(lost.high)), title)
        )
    return _svg(
        parts, _WIDTH, _ROW * len(rows) + 22, f"How much {measure} is lost where typed otherwise"
    )


def risk_plot(risk: Mapping[str, Calibration]) -> Markup:
    """Return the curve of risk over coverage of each split, and the chosen thresholds on it."""
    far = _SQUARE + _MARGIN
    across, up = Axis(0, 1, _MARGIN, far), Axis(0, 1, _SQUARE + 10, 10)
    parts = []
    for value in (0, 0.25, 0.5, 0.75, 1):
        x, y = across(value), up(value)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{up(0)}" y2="{up(1)}"/>')
        parts.append(f'<line class="grid" x1="{across(0)}" x2="{across(1)}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text class="tick" x="{x}" y="{up(0) + 14}">{value:g}</text>')
        parts.append(f'<text class="tick end" x="{across(0) - 5}" y="{y + 3}">{value:g}</text>')
    for series, (split, line) in enumerate(risk.items()):
        points = " ".join(f"{across(p.coverage)},{up(p.risk)}" for p in line.curve)
        parts.append(f'<polyline class="s{series}" points="{points}"/>')
        for name, point in line.chosen.items():
            x, y = across(point.coverage), up(point.risk)
            title = f"{split}: {name} from {point.threshold:.2f} on"
            parts.append(_dot(series, x, y, (x, x), title))
            parts.append(f'<text class="name" x="{x}" y="{y - 8}">{escape(name)}</text>')
    parts.append(f'<text class="tick" x="{across(0.5)}" y="{up(0) + 28}">share spoken to</text>')
    turned = f"rotate(-90 10 {up(0.5)})"
    parts.append(
        f'<text class="tick" x="10" y="{up(0.5)}" transform="{turned}">of these wrongly</text>'
    )
    return _svg(parts, _WIDTH, _SQUARE + 46, "Risk over coverage")


def _grid(across: Axis, values: Iterable[float], rows: int) -> str:
    lines = [
        f'<line class="grid" x1="{across(v)}" x2="{across(v)}" y1="0" y2="{_ROW * rows}"/>'
        f'<text class="tick" x="{across(v)}" y="{_ROW * rows + 14}">{v:.2g}</text>'
        for v in values
    ]
    return "".join(lines)


def _label(text: str, y: float) -> str:
    return f'<text class="end" x="{_LABELS - 10}" y="{y + 4}">{escape(text)}</text>'


def _dot(series: int, x: float, y: float, ends: tuple[float, float], title: str) -> str:
    low, high = ends
    return (
        f'<g class="s{series}"><title>{escape(title)}</title>'
        f'<line x1="{low}" x2="{high}" y1="{y}" y2="{y}"/><circle cx="{x}" cy="{y}" r="3.5"/></g>'
    )


def _svg(parts: Sequence[str], width: float, height: float, label: str) -> Markup:
    return Markup(  # noqa: S704 - made of numbers and escaped texts
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
