"""The numbers, dates and names of a statement that its source does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.checking.alignment import Aligned
from retrieval.checking.calendar import Date, is_borne
from retrieval.checking.clauses import Clause
from retrieval.checking.names import Named, Names, missing
from retrieval.checking.verdict import Fault


def figure_faults(whole: Clause, aligned: Sequence[Aligned]) -> list[Fault]:
    """Return the numbers and dates of a statement that no sentence it stands on holds."""
    sentences = {id(a.sentence): a.sentence for a in aligned}.values()
    sources = {id(a.source): a.source for a in aligned}.values()
    numbers = {n for s in sentences for n in s.clause.numbers}
    numbers |= {n for s in sources for n in s.heading_numbers}
    dates = [d for s in sentences for d in (*s.clause.dates, *s.on)]
    dates += [d for s in sources for d in s.heading.dates]
    faults = [Fault("number", f"{n:g}") for n in sorted(whole.numbers - numbers)]
    faults += [Fault("date", _written(d)) for d in whole.dates if not is_borne(d, dates)]
    return faults


def name_faults(aligned: Sequence[Aligned], names: Names) -> list[Fault]:
    """Return the names that the sentence of their clause does not hold.

    A name of its heading or publisher will do, unless the sentence names another that the clause
    leaves out: then one was put in the place of the other.
    """
    faults: list[Fault] = []
    told = frozenset(one for a in aligned for one in names.of(a.clause.text).meant)
    for a in aligned:
        named = names.of(a.clause.text)
        sentence = a.sentence
        for words in missing(named, sentence.names.meant, sentence.surfaces):
            one = Named({k: v for k, v in named.known.items() if k == words}, frozenset())
            if words in named.others:
                one = Named({}, frozenset({words}))
            above = sentence.said_names | a.source.heading_names.meant
            surfaces = sentence.said_by | a.source.heading_surfaces
            replaced = sentence.names.meant - told
            if missing(one, above, surfaces) or replaced:
                tool = names.is_tool(named.known.get(words, ()))
                faults.append(Fault("tool" if tool else "name", words))
    return faults


def _written(date: Date) -> str:
    parts = (date.year, date.month, date.day)
    return "-".join(str(part) for part in parts if part is not None)
