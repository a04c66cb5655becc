"""Whether a statement leaves out what its source makes it depend on: "if", "unless", «مگر»."""

from __future__ import annotations

from retrieval.checking.pairing import Pairing
from retrieval.checking.verdict import Fault

# Of a clause that hangs on a condition so much must be told, and of the condition less than this.
_TOLD, _UNTOLD = 0.6, 0.4
# Words after which "if" asks, rather than making a condition.
_ASKING = frozenset("ask asks asked know knows check see sure tell say says find".split())
# "Even if" is no condition; behind these, one is made for what follows it alone.
_EVEN = frozenset({"even", "حتی"})
_INTO = frozenset({"that", "and", "تا", "که", "و"})


def condition_faults(pair: Pairing) -> list[Fault]:
    """Return the conditions of the source that the statement lets go while it tells the clause
    before or behind them. One that makes a condition of its own is not looked at."""
    if any("condition" in cue.kinds for cue in pair.own.cues):
        return []
    faults = []
    for cue in pair.source.cues:
        before = frozenset(pair.source.words[: cue.at][-1:])
        if "condition" not in cue.kinds or before & (_ASKING | _EVEN):
            continue
        scope = pair.source_scopes[cue.at + cue.size - 1]
        sentence = pair.sentence_of(scope)
        hanging = [pair.told_of([scope + 1]), pair.told_of(n for n in sentence if n > scope)]
        if not before & _INTO:
            hanging += [pair.told_of([scope - 1]), pair.told_of(n for n in sentence if n < scope)]
        if max(hanging) >= _TOLD and pair.told_of([scope]) < _UNTOLD:
            faults.append(Fault("condition", f"lost “{cue.text}”"))
    return faults
