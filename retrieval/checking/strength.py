"""Whether a statement says more surely, of more, or more safely than its source does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.checking.cues import Cue, borne_by, is_verb, kept_by
from retrieval.checking.pairing import Pairing
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
_TOLD = re.compile(r"^(?!ن?می)[آ-ی\u200c]{2,}(?:ید|ین)$")
# These still bind beside a "not".
_BINDING = frozenset("must should ought be sure make sure باید نباید می‌بایست بایستی حتما".split())
_MODAL = frozenset({"باید", "نباید", "شاید"})


def strength_faults(pair: Pairing) -> list[Fault]:
    """Return what the statement makes stronger than its source.

    What is advised may be put as a "must".
    """
    return [*_added(pair), *_bound(pair), *_let_go(pair)]


def _added(pair: Pairing) -> list[Fault]:
    """Return the strong words that no word of the source bears: each bears one."""
    strong = [cue for cue in pair.own.cues if cue.kinds & borne_by().keys()]
    faults: list[Fault] = []
    used: set[int] = set()
    for cue in strong:
        kinds = cue.kinds & borne_by().keys()
        bearing = {kind for own in kinds for kind in borne_by()[own]}
        free = [
            (n, other)
            for n, other in enumerate(pair.source.cues)
            if n not in used and other.kinds & bearing and pair.speaks_of(cue, other)
        ]
        found = pair.matched([cue], [other for _, other in free])
        if found:
            used.add(free[found[0]][0])
        elif free and pair.is_reworded(cue):
            used.add(free[0][0])
        elif not ("not" in cue.kinds and "never" in cue.kinds):
            faults.append(Fault(_KINDS[min(kinds)], f"added “{cue.text}”"))
    return faults


def _bound(pair: Pairing) -> list[Fault]:
    """Return the "must"s of clauses that speak of nothing the source says must be done, or
    advises."""
    theirs = {pair.source_scopes[cue.at] for cue in pair.source.cues if "must" in cue.kinds}
    return [
        Fault("modality", f"added “{cue.text}”")
        for cue in pair.own.cues
        if "must" in cue.kinds
        and not _needless(pair, cue)
        and not any(
            pair.clauses_meet(pair.own_scopes[cue.at], scope) for scope in theirs | pair.advised
        )
    ]


def _needless(pair: Pairing, cue: Cue) -> bool:
    """Return whether ``cue`` of the statement says that something need not be: "does not have to"
    binds nobody, "must not" does."""
    scope = pair.own_scopes[cue.at]
    return cue.text not in _BINDING and any(
        "not" in other.kinds and pair.own_scopes[other.at] == scope for other in pair.own.cues
    )


def _let_go(pair: Pairing) -> list[Fault]:
    """Return the words that hold the source back and that the statement lets go there."""
    faults: list[Fault] = []
    for cue in pair.source.cues:
        own = {k for other in pair.own.cues if pair.speaks_of(other, cue) for k in other.kinds}
        for kind in sorted(cue.kinds & kept_by().keys()):
            if not own.intersection(kept_by()[kind]) and pair.is_told(cue):
                faults.append(Fault(_KINDS[kind], f"lost “{cue.text}”"))
                break
    return faults


def tells(words: Sequence[str]) -> bool:
    """Return whether ``words``, in search form, tell somebody what to do."""
    return any(_TOLD.match(word) and is_verb(word) and word not in _MODAL for word in words)
