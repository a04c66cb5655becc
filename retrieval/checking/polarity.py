"""Whether a statement turns round what its source says, or leaves out what turned it."""

from __future__ import annotations

from retrieval.checking.clauses import Clause
from retrieval.checking.cues import Cue
from retrieval.checking.pairing import Pairing
from retrieval.checking.verdict import Fault
from retrieval.language.detect import is_persian_script

# These turn round a detail, which may be left out together with them.
_DETAILS = frozenset({"without", "بدون", "بی"})
# From this mean likeness of its words on a clause is made of another.
_MADE_OF = 0.6
# And from this on, a "not" that is left over there may be the one that it says in other words.
_LEFT_OVER = 0.45
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
        own_free = [
            other
            for other in free
            if pair.speaks_of(cue, other) and pair.share(cue, other) >= _LEFT_OVER
        ]
        if own_free and (across or pair.is_reworded(cue)):
            free.remove(own_free[0])
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


def turned_clauses(pair: Pairing) -> list[Fault]:
    """Return the "not"s of the clauses that clauses of the statement without any are made of, where
    no other clause of it has them.

    For statements whose words are others than the source's: which clause of it a clause is made of
    is told by all its words together.
    """
    own_turning, theirs = _turning(pair.own), _turning(pair.source)
    turned = {pair.own_scopes[cue.at] for cue in own_turning}
    kept = {theirs[m] for m in pair.matched(own_turning, theirs).values()}
    faults = []
    for own, shares in pair.shares.items():
        best = max(shares, key=shares.__getitem__)
        nots = [
            cue
            for cue in pair.source.cues
            if pair.source_scopes[cue.at] == best
            and cue not in kept
            and "not" in cue.kinds
            and "safe" not in cue.kinds
            and cue.text not in _DETAILS
        ]
        if own not in turned and nots and shares[best] >= _MADE_OF:
            faults.append(Fault("negation", f"lost “{nots[0].text}”"))
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
