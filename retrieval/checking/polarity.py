"""Whether a statement turns round what its source says, or leaves out what turned it."""

from __future__ import annotations

from retrieval.checking.clauses import Clause
from retrieval.checking.cues import Cue
from retrieval.checking.pairing import Pairing
from retrieval.checking.verdict import Fault
from retrieval.language.detect import is_persian_script

_TURNING = frozenset({"not", "refusing", "never"})


def negation_faults(pair: Pairing, across: bool) -> list[Fault]:
    """Return the "not"s that the statement adds to its source or loses, each with its words.

    ``across`` two languages a "not" may be answered by any that is left over.
    """
    own, theirs = _turning(pair.own), _turning(pair.source)
    found = pair.matched(own, theirs)
    free = [cue for m, cue in enumerate(theirs) if m not in found.values()]
    faults: list[Fault] = []
    spare: list[int] = []
    for n, cue in enumerate(own):
        if n in found:
            continue
        if free and (across or pair.is_reworded(cue)):
            free.pop(0)
        elif "not" in cue.kinds:
            faults.append(Fault("negation", f"added “{cue.text}”"))
        else:
            spare.append(n)
    for cue in free:
        if across and "safe" in cue.kinds:
            continue  # «بی‌خطر» is "harmless": no word of its own turns it round there
        if "not" in cue.kinds and pair.is_told(cue):
            if spare:
                spare.pop()
            else:
                faults.append(Fault("negation", f"lost “{cue.text}”"))
    return faults


def _turning(clause: Clause) -> list[Cue]:
    """Return the cues that turn ``clause`` round.

    Persian says "never" beside a verb that is negated itself: alone it turns nothing round.
    """
    return [
        cue
        for cue in clause.cues
        if cue.kinds & _TURNING and not (cue.kinds == {"never"} and is_persian_script(cue.text))
    ]
