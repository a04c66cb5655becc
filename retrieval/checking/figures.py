"""The numbers, dates and names of a statement that its source does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from retrieval.checking.alignment import Aligned
from retrieval.checking.calendar import Date, is_borne
from retrieval.checking.clauses import Clause
from retrieval.checking.names import Names, missing
from retrieval.checking.verdict import Fault


def figure_faults(whole: Clause, aligned: Sequence[Aligned]) -> list[Fault]:
    """Return the numbers and dates of a statement that no sentence it stands on holds, or not as
    often."""
    sentences = list({id(a.sentence): a.sentence for a in aligned}.values())
    headings = list({id(a.source): a.source.heading for a in aligned}.values())
    numbers = Counter(n for s in sentences for n in s.clause.numbers)
    above = {n for heading in headings for n in heading.numbers}
    faults = [
        Fault("number", f"{n:g}")
        for n, count in sorted(Counter(whole.numbers).items())
        if n not in above and (n not in numbers or _doubled(n, count, numbers, whole.numbers))
    ]
    dates = Counter(d for s in sentences for d in s.clause.dates)
    others = [d for s in sentences for d in s.on] + [d for h in headings for d in h.dates]
    if any(not is_borne(d, whole.dates) for d in dates):
        others = []  # one was put in the place of another, or it is all of a day that is not told
    faults += [
        Fault("date", _written(d))
        for d, count in Counter(whole.dates).items()
        if not is_borne(d, [*dates, *others]) or (_doubled(d, count, dates, whole.dates))
    ]
    return faults


def _doubled(
    figure: float | Date,
    count: int,
    source: Mapping[float, int] | Mapping[Date, int],
    own: Collection[float] | Collection[Date],
) -> bool:
    """Return whether ``figure`` stands where the source has another: oftener than there, while one
    of the source is left out."""
    return 0 < source.get(figure, 0) < count and bool(set(source) - set(own))  # type: ignore[arg-type]


def name_faults(aligned: Sequence[Aligned], names: Names) -> list[Fault]:
    """Return the names that the sentence of their clause does not hold.

    A name of its heading or publisher will do, unless the sentence has another that the statement
    leaves out: then one was put in the place of the other.
    """
    told = frozenset(one for a in aligned for one in a.named.meant)
    faults: list[Fault] = []
    for a in aligned:
        sentence = a.sentence
        above = sentence.said_names | a.source.heading_names.meant
        surfaces = sentence.said_by | a.source.heading_surfaces
        replaced = any(ids.isdisjoint(told) for ids in sentence.names.known.values())
        lacking = set(missing(a.named, sentence.names.meant, sentence.surfaces))
        nowhere = set(missing(a.named, above, surfaces))
        for words in sorted(lacking if replaced else lacking & nowhere):
            tool = names.is_tool(a.named.known.get(words, ()))
            faults.append(Fault("tool" if tool else "name", words))
    return faults


def _written(date: Date) -> str:
    parts = (date.year, date.month, date.day)
    return "-".join(str(part) for part in parts if part is not None)
