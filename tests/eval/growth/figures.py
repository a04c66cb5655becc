"""The figures of every size, as a table and as what a plot draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from tests.eval.growth.plot import Line, Panel

Row = Mapping[str, float]

# What the table shows: the head of a column, the figure, and how it is written.
_COLUMNS = (
    ("passages", "size", "{:,.0f}"),
    ("vectors, ms (p95)", "dense", "{:.1f} ({:.1f})"),
    ("words, ms (p95)", "words", "{:.1f} ({:.1f})"),
    ("whole search, ms (p95)", "whole", "{:.1f} ({:.1f})"),
    ("processor, ms: vectors, words, whole", "cpu", "{:.1f}, {:.1f}, {:.1f}"),
    ("opening, s", "open_s", "{:.1f}"),
    ("memory, MB", "steady_mb", "{:,.0f}"),
    ("building, s: vectors, words", "build", "{:,.0f}, {:,.0f}"),
    ("processor, s: vectors, words", "build_cpu", "{:,.0f}, {:,.0f}"),
    ("memory to build, MB", "peak_build_mb", "{:,.0f}"),
    ("disk, MB", "disk_mb", "{:,.0f}"),
    ("encoding (reckoned)", "encoding", "{}"),
    ("true nearest found", "true_nearest", "{:.3f}"),
    ("gold in the first 5", "hit@5", "{:.3f}"),
)
# The figures that share a cell.
_TOGETHER = {
    **{name: (f"{name}_ms", f"{name}_p95_ms") for name in ("dense", "words", "whole")},
    "cpu": ("dense_cpu_ms", "words_cpu_ms", "whole_cpu_ms"),
    "build": ("vectors_s", "words_s"),
    "build_cpu": ("vectors_cpu_s", "words_cpu_s"),
}


def row(size: int, built: Row, asked: Row, passages_a_second: float) -> dict[str, float]:
    """Return all figures of one size; encoding is reckoned from the speed on the folder's own."""
    disk = built["vectors_disk_mb"] + built["words_disk_mb"] + built["passages_disk_mb"]
    build = {**built, "peak_build_mb": built["peak_mb"], "disk_mb": disk}
    return {**build, **asked, "size": size, "encoding_s": size / passages_a_second}


def table(rows: Sequence[Row]) -> str:
    """Return ``rows`` as a Markdown table, a line a size."""
    lines = [
        "| " + " | ".join(head for head, _, _ in _COLUMNS) + " |",
        "|" + " --- |" * len(_COLUMNS),
    ]
    for one in rows:
        cells = [_cell(one, name, form) for _, name, form in _COLUMNS]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(one: Row, name: str, form: str) -> str:
    if name == "encoding":
        return duration(one["encoding_s"])
    return form.format(*(one[figure] for figure in _TOGETHER.get(name, (name,))))


def duration(seconds: float) -> str:
    """Return ``seconds`` in the unit a person would name."""
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"


def panels(rows: Sequence[Row]) -> list[Panel]:
    """Return what is drawn: time of a question, memory and disk, time to build, over size."""

    def line(name: str, figure: str) -> Line:
        return Line(name, [(one["size"], one[figure]) for one in rows])

    return [
        Panel(
            "A question, ms (median)",
            [
                line("whole search", "whole_ms"),
                line("whole, processor", "whole_cpu_ms"),
                line("vectors, processor", "dense_cpu_ms"),
                line("words, processor", "words_cpu_ms"),
            ],
        ),
        Panel(
            "Memory and disk, MB",
            [
                line("memory, answering", "steady_mb"),
                line("memory, building", "peak_build_mb"),
                line("disk", "disk_mb"),
            ],
        ),
        Panel(
            "Time of the processor, s",
            [
                line("building vectors", "vectors_cpu_s"),
                line("building words", "words_cpu_s"),
                line("opening", "open_cpu_s"),
                line("encoding (reckoned)", "encoding_s"),
            ],
        ),
    ]


# Of the processor, so that other work on the machine is not taken for growth.
_GROWING = (
    "whole_cpu_ms",
    "dense_cpu_ms",
    "words_cpu_ms",
    "open_cpu_s",
    "vectors_cpu_s",
    "words_cpu_s",
)


def broken_first(rows: Sequence[Row]) -> list[str]:
    """Return, a line each, what grows faster than the pile, from one size to the next."""
    return [
        f"{name}: {after[name] / before[name]:.1f} times from {before['size']:,.0f} "
        f"to {after['size']:,.0f} passages, {after['size'] / before['size']:.0f} times as many"
        for before, after in pairwise(rows)
        for name in _GROWING
        if after[name] / before[name] > 1.2 * after["size"] / before["size"]
    ]
