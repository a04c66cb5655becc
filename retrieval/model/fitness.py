"""What a composed statement has to be before it is checked against its passages at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retrieval.checking import Written
from retrieval.checking.cues import cues_of
from retrieval.knowledge.documents import Language
from retrieval.language.detect import is_persian_script
from retrieval.language.words import surface_words
from retrieval.passages import Passage

LONGEST = 400  # characters
# Words that people stake their safety on, by kind (`retrieval/checking/data/cues.yaml`). The check
# weighs them by clause; here they must stand in the passages whatever else does.
_GRAVE = frozenset({"never", "safe", "certain", "wholly"})


def is_fit(written: Written, passages: Mapping[int, Passage], language: Language) -> bool:
    """Return whether a statement may be checked: one that states something, of a length to read, in
    the language of the answer, not on what to do and what to avoid at once (one heading stands
    above it), and without a "never", "safe" or "certainly" of its own."""
    if len(written.text) > LONGEST or is_persian_script(written.text) != (language == "fa"):
        return False
    if written.text.endswith(("?", "؟")):  # a heading that was copied
        return False
    cited = [passages[n] for n in written.citations if n in passages]
    roles = {passage.role for passage in cited}
    if len(roles) > 1 and "avoid" in roles:
        return False
    return _grave(written.text) <= _grave("\n".join(passage.text for passage in cited))


def whole(statements: Iterable[Written]) -> list[Written]:
    """Return ``statements`` with the halves of a sentence («…؛») put together: what turns one half
    round often stands in the other."""
    joined: list[Written] = []
    for one in statements:
        if joined and joined[-1].text.endswith("؛") and joined[-1].citations == one.citations:
            joined[-1] = Written(f"{joined[-1].text} {one.text}", one.citations)
        else:
            joined.append(one)
    return joined


def _grave(text: str) -> frozenset[str]:
    kinds = (cue.kinds for cue in cues_of(surface_words(text)))
    return frozenset(kind for each in kinds for kind in each) & _GRAVE
