"""Whether a clause turns round what its source says, or the other way."""

from __future__ import annotations

from retrieval.checking.clauses import Clause, Word
from retrieval.checking.cues import Cue, verb_base
from retrieval.checking.sameness import Sameness
from retrieval.language.detect import is_persian_script

# A word of the source as like as this to a statement's word is taken for it.
_SAME = 0.75
# Of a source's clause, so much must be in the statement before its "not" is missed there.
_COVERED = 0.6


def negation_fault(
    clause: Clause, sources: list[Clause], whole: list[Clause], same: Sameness
) -> str | None:
    """Return the words whose "not" was added or lost in ``clause``, None where none was.

    ``sources`` are the clauses that it is aligned to, ``whole`` the sentences they stand in.
    """
    own, theirs = _nots(clause), [cue for source in whole for cue in _nots(source)]
    turning = [cue for source in whole for cue in _turning(source)]
    for cue in own:
        anchor = _anchor(clause, cue)
        if not turning:
            return cue.text
        if anchor is None:
            continue
        held = [source for source in whole if _holds(source, anchor, same)]
        if held and not any(_near_turn(source, anchor, same) for source in held):
            return f"{anchor.surface}: {cue.text}"
    if not theirs:
        return None
    mine = _turning(clause)
    for source in sources:
        for cue in _nots(source):
            anchor = _anchor(source, cue)
            if anchor is not None and _holds(clause, anchor, same):
                if not mine:
                    return f"{anchor.surface}: {cue.text}"
            elif not mine and _share(source, clause, same) >= _COVERED:
                return cue.text
    return None


def _nots(clause: Clause) -> list[Cue]:
    return [cue for cue in clause.cues if cue.kind == "not"]


def _turning(clause: Clause) -> list[Cue]:
    return [cue for cue in clause.cues if cue.kind in ("not", "refusing", "never")]


def _anchor(clause: Clause, cue: Cue) -> Word | None:
    """Return the word that ``cue`` turns round: what follows it, in Persian what stands before."""
    before = [word for word in clause.content if word.at < cue.at]
    after = [word for word in clause.content if word.at >= cue.at + cue.size]
    if is_persian_script(cue.text):
        order = (before[::-1], after)
    else:
        order = (after, before[::-1])
    return next((side[0] for side in order if side), None)


def _holds(clause: Clause, word: Word, same: Sameness) -> bool:
    return bool(clause.content) and same.best([word], clause.content)[0] >= _SAME


def _near_turn(clause: Clause, anchor: Word, same: Sameness) -> bool:
    """Return whether a word that turns stands within five words of what is like ``anchor``."""
    places = [word.at for word in clause.content if same.best([anchor], [word])[0] >= _SAME]
    return any(abs(cue.at - at) <= 5 for cue in _turning(clause) for at in places)


def _share(source: Clause, clause: Clause, same: Sameness) -> float:
    if not source.content or not clause.content:
        return 0.0
    likeness = same.best(source.content, clause.content)
    return sum(like >= _SAME for like in likeness) / len(likeness)


__all__ = ["negation_fault", "verb_base"]
