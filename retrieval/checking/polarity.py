"""Whether a statement turns round what its source says, or leaves out what turned it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.checking.clauses import Clause
from retrieval.checking.cues import Cue
from retrieval.checking.opposites import are_opposite
from retrieval.checking.pairing import Pairing
from retrieval.checking.verdict import Fault
from retrieval.language.detect import is_persian_script
from retrieval.language.normalise import HALF_SPACE

# These turn round a detail, which may be left out together with them.
_DETAILS = frozenset({"without", "بدون", "بی"})
# Beside a "not" of their sentence these only go on with it: "not to a friend, nor to a bot".
_GOING_ON = frozenset({"نه", "nor", "neither"})
_POINTING = frozenset({"it", "them", "that", "this", "one", "آن", "این", "ان"})
_OR = frozenset({"or", "nor", "یا"})
# From this mean likeness of its words on a clause is made of another.
_MADE_OF, _MADE_OF_ACROSS = 0.6, 0.5
# From this share of its words on that a clause tells, it tells it whole.
_WHOLE = 0.7
# And from this on, a "not" that is left over there may be the one that it says in other words.
_LEFT_OVER = 0.45
# From this on, the only "not" of the one is the only one of the other, whatever it stands beside.
_SAME_CLAUSE = 0.8
_FEWEST = 3
# Words between a refusal and the "not" that takes it back, at most.
_NEAR = 2
# As like as this a word is the same.
_ITSELF = 0.95
_TURNING = frozenset({"not", "refusing", "never"})


def negation_faults(pair: Pairing, across: bool) -> list[Fault]:
    """Return the "not"s that the statement adds to its source or loses, each with its words.

    ``across`` two languages a "not" may be answered by any that is left over in its clause.
    """
    own, theirs = _turning(pair.own), _turning(pair.source)
    found = pair.matched(own, theirs)
    free = [cue for m, cue in enumerate(theirs) if m not in found.values()]
    kept = [cue for m, cue in enumerate(theirs) if m in found.values()]
    added: list[Cue] = []
    for n, cue in enumerate(own):
        if n in found or "not" not in cue.kinds:
            continue
        answer = next((other for other in free if _answers(pair, cue, other, across)), None)
        if answer is not None:
            free.remove(answer)
            kept.append(answer)
        elif not _says_only(pair, cue) and not _opposed(pair, cue):
            added.append(cue)
    lost = [
        cue
        for cue in free
        if "not" in cue.kinds
        # «بی‌خطر» is "harmless": no word of its own turns it round there
        and not (across and "safe" in cue.kinds)
        and pair.is_told(cue)
        and not _points(pair.source, cue)
        and not _goes_on(pair, cue, theirs, kept)
        and not any(_joined(pair.source, cue, other) for other in kept)
        and not _shared(pair, cue)
    ]
    refusals = [cue for n, cue in enumerate(own) if n not in found and "not" not in cue.kinds]
    lost = [cue for cue in lost if not _refused(pair, refusals, cue)]
    if not added and not lost:
        lost = _turned(pair, kept, across)
    return [
        *(Fault("negation", f"contrary “{word}”") for word in _contraries(pair)),
        *(Fault("negation", f"added “{cue.text}”") for cue in added),
        *(Fault("negation", f"lost “{cue.text}”") for cue in lost),
    ]


def _turned(pair: Pairing, kept: Sequence[Cue], across: bool) -> list[Cue]:
    """Return the "not"s of the clauses that clauses of the statement without any are made of.

    For statements whose words are others than the source's: which clause of it a clause is made of
    is told by all its words together. A "not" that another clause of the statement has is asked for
    again only of one that tells the whole clause.
    """
    turned = {pair.own_scopes[cue.at] for cue in _turning(pair.own)}
    theirs = _turning(pair.source)
    lost: list[Cue] = []
    for own, shares in pair.shares.items():
        best = max(shares, key=shares.__getitem__)
        if own in turned or shares[best] < (_MADE_OF_ACROSS if across else _MADE_OF):
            continue
        nots = [
            cue
            for cue in theirs
            if pair.source_scopes[cue.at] == best
            and (cue not in kept or _tells_whole(pair, own, cue))
            and "not" in cue.kinds
            and not _is_detail(cue)
            and not _goes_on(pair, cue, theirs, kept)
        ]
        lost += nots[:1]
    return lost


def _tells_whole(pair: Pairing, own: int, cue: Cue) -> bool:
    """Return whether a clause of the statement tells the whole clause of ``cue``, and the word that
    it is about."""
    about = pair.source_beside(cue)[:1]
    words = pair.own_words.get(own, [])  # none where a clause is all small words
    told = all(any(pair.likeness[n, m] >= pair.same for n in words) for m in about)
    return told and pair.told_by(own, pair.source_scopes[cue.at]) >= _WHOLE


def _turning(clause: Clause) -> list[Cue]:
    """Return the cues that turn ``clause`` round.

    Persian says "never" beside a verb that is negated itself: alone it turns nothing round.
    """
    return [
        cue
        for cue in clause.cues
        if cue.kinds & _TURNING and not (cue.kinds == {"never"} and is_persian_script(cue.text))
    ]


def _refused(pair: Pairing, refusals: list[Cue], cue: Cue) -> bool:
    """Return whether one of ``refusals``, of the statement, says what ``cue`` of the source does;
    take it out, as each says one."""
    said = next((one for one in refusals if pair.speaks_of(one, cue)), None)
    if said is not None:
        refusals.remove(said)
    return said is not None


def _is_detail(cue: Cue) -> bool:
    return cue.text in _DETAILS or cue.text.startswith(f"بی{HALF_SPACE}")


def _answers(pair: Pairing, cue: Cue, other: Cue, across: bool) -> bool:
    """Return whether ``other``, left over in the source, may say what ``cue`` does."""
    if not pair.speaks_of(cue, other) or (across and "safe" in other.kinds - cue.kinds):
        return False
    if any("refusing" in o.kinds and abs(o.at - cue.at) <= _NEAR for o in _turning(pair.own)):
        return False  # "do not avoid" does not say "do not"
    share = pair.share(cue, other)
    if share >= _LEFT_OVER and (across or pair.is_reworded(cue)):
        return True
    alone = (
        _alone(pair.own, pair.own_scopes, cue),
        _alone(pair.source, pair.source_scopes, other),
    )
    return (
        share >= _SAME_CLAUSE
        and all(alone)
        and not _is_detail(other)
        and ("never" in cue.kinds) == ("never" in other.kinds)
        and len(pair.own_words.get(pair.own_scopes[cue.at], ())) >= _FEWEST
    )


def _alone(clause: Clause, scopes: Sequence[int], cue: Cue) -> bool:
    """Return whether no other cue turns round the clause of ``cue``."""
    return all(one == cue or scopes[one.at] != scopes[cue.at] for one in _turning(clause))


def _says_only(pair: Pairing, cue: Cue) -> bool:
    """Return whether ``cue`` says "only" together with an "except", as the source does."""
    scope = pair.own_scopes[cue.at]
    excepting = any("except" in o.kinds and pair.own_scopes[o.at] == scope for o in pair.own.cues)
    return excepting and any(
        "only" in other.kinds and pair.speaks_of(cue, other) for other in pair.source.cues
    )


def _opposed(pair: Pairing, cue: Cue) -> bool:
    """Return whether the source says the contrary of the word that ``cue`` turns round, and not
    that word itself."""
    own = pair.own_scopes[cue.at]
    return any(
        are_opposite(pair.own.content[n], other)
        and pair.clauses_meet(own, pair.source_scopes[other.at])
        for n in pair.own_beside(cue)[:2]
        if pair.held[n] < _ITSELF
        for other in pair.source.content
    )


def _contraries(pair: Pairing) -> list[str]:
    """Return the words of the statement whose contrary the source says in their place: no "not" is
    in either clause, nor the word itself in the source."""
    turned = {pair.own_scopes[cue.at] for cue in _turning(pair.own)}
    theirs = {pair.source_scopes[cue.at] for cue in _turning(pair.source)}
    return [
        word.surface
        for n, word in enumerate(pair.own.content)
        if pair.held[n] < _ITSELF
        and pair.own_scopes[word.at] not in turned
        and any(
            are_opposite(word, other)
            and pair.source_scopes[other.at] not in theirs
            and pair.clauses_meet(pair.own_scopes[word.at], pair.source_scopes[other.at])
            for other in pair.source.content
        )
    ]


def _goes_on(pair: Pairing, cue: Cue, others: Iterable[Cue], kept: Iterable[Cue]) -> bool:
    """Return whether ``cue`` of the source only goes on with a "not" of its sentence, or begins a
    row of them that is told."""
    if cue.text not in _GOING_ON:
        return False
    before = [other for other in others if other.at < cue.at]
    row = [other for other in kept if other.text in _GOING_ON]
    return any(pair.one_sentence(pair.source_scopes, other, cue) for other in (*before, *row))


def _joined(clause: Clause, cue: Cue, other: Cue) -> bool:
    """Return whether two cues are joined by an "or": «نمی‌تواند یا نمی‌خواهد»."""
    first, last = sorted((cue.at, other.at))
    return last - first == _NEAR and clause.words[first + 1] in _OR


def _points(clause: Clause, cue: Cue) -> bool:
    """Return whether ``cue`` is about something named before: "without it"."""
    return not _POINTING.isdisjoint(clause.words[cue.at + cue.size : cue.at + cue.size + 1])


def _shared(pair: Pairing, cue: Cue) -> bool:
    """Return whether the words that ``cue`` is about are told behind a "not" and an "or": "do not
    pay or install"."""
    places = [pair.own.content[pair.telling[m]].at for m in pair.source_beside(cue)[:1]
              if m in pair.telling]  # fmt: skip
    return any(
        other.at < at
        and pair.one_sentence(pair.own_scopes, other, at)
        and not _OR.isdisjoint(pair.own.words[other.at : at])
        for at in places
        for other in _turning(pair.own)
    )
