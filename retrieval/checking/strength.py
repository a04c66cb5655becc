"""Whether a clause says more surely, of more, or more safely than its source does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.checking.clauses import Clause
from retrieval.checking.cues import borne_by, kept_by
from retrieval.checking.verdict import Fault, Kind

_KINDS: dict[str, Kind] = {
    "universal": "quantifier",
    "never": "quantifier",
    "only": "quantifier",
    "most": "quantifier",
    "some": "quantifier",
    "certain": "modality",
    "wholly": "modality",
    "safe": "modality",
    "must": "modality",
    "may": "modality",
}
# A Persian verb that tells somebody to do something.
_TOLD = re.compile(r"^(?:ن|ب)?\w{2,}(?:ید|ین)$")


def strength_faults(
    clause: Clause, sources: Iterable[Clause], whole: Iterable[Clause], advice: bool
) -> list[Fault]:
    """Return what ``clause`` makes stronger than its source.

    ``sources`` are the clauses it is aligned to, ``whole`` the sentences they stand in; in
    ``advice``, what is told to be done may be put as a "must".
    """
    there = {cue.kind for source in whole for cue in source.cues}
    near = {cue.kind for source in sources for cue in source.cues}
    faults: list[Fault] = []
    own = {cue.kind for cue in clause.cues}
    for cue in clause.cues:
        bearing = borne_by().get(cue.kind)
        if bearing is None or there.intersection(bearing):
            continue
        if cue.kind == "must" and advice:
            continue
        faults.append(Fault(_KINDS[cue.kind], cue.text))
    for kind in ("may", "some", "most"):
        if kind in near and not own.intersection(kept_by()[kind]):
            lost = next(cue.text for s in sources for cue in s.cues if cue.kind == kind)
            faults.append(Fault(_KINDS[kind], f"without “{lost}”"))
    return faults


def is_told(clause: Clause) -> bool:
    """Return whether ``clause`` tells somebody what to do."""
    return any(_TOLD.match(word) for word in clause.words)
