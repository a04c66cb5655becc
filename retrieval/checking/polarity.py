"""Whether a statement turns round what its source says, or leaves out what turned it."""

from __future__ import annotations

from retrieval.checking.cues import Cue
from retrieval.checking.pairing import Pairing
from retrieval.checking.verdict import Fault


def negation_faults(pair: Pairing, across: bool) -> list[Fault]:
    """Return the "not"s that the statement adds to its source or loses, each with its words.

    ``across`` two languages the words beside a "not" are compared less strictly.
    """
    own = [cue for cue in pair.own.cues if "not" in cue.kinds]
    turning = [cue for cue in pair.own.cues if cue.kinds & {"not", "refusing", "never"}]
    theirs = [cue for cue in pair.source.cues if cue.kinds & {"not", "refusing", "never"}]
    faults: list[Fault] = []
    found = pair.matched(own, theirs)
    free = len(theirs) - len(found)
    for n, cue in enumerate(own):
        if n in found:
            continue
        if free > 0 and (across or pair.is_reworded(cue)):
            free -= 1
            continue
        faults.append(Fault("negation", f"added “{cue.text}”"))
    nots = [cue for cue in theirs if "not" in cue.kinds]
    answered = {nots[m] for m in pair.matched(turning, nots).values()}
    spare = len(turning) - len(answered)
    for cue in nots:
        if cue in answered or not pair.is_told(cue):
            continue
        if spare > 0 and across:
            spare -= 1
            continue
        faults.append(Fault("negation", f"lost “{cue.text}”"))
    return faults


__all__ = ["Cue", "negation_faults"]
