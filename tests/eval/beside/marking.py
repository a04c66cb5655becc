"""What a hit counts as: the gold it holds, whichever way the document was cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from retrieval.passages import Passage
from tests.eval.beside.contenders import Found

# Two texts are compared by runs of so many words.
_RUN = 5
# A piece stands for a passage if it holds this share of it, or is made up of it to this share.
SHARE = 0.5


class Marker:
    """Tells which of our passages a hit stands for."""

    def __init__(self, passages: Mapping[str, Sequence[Passage]]) -> None:
        """``passages`` are those of each document, by ``document@language``."""
        self._by_id = {one.id: one for own in passages.values() for one in own}
        self._runs = {
            name: [(passage.key, runs(passage.text)) for passage in own]
            for name, own in passages.items()
        }

    def keys(self, found: Iterable[Found], gold: Iterable[str]) -> list[str]:
        """Return the keys (``document#section.n``) that ``found`` stands for, best first, none
        twice: translations and overlapping pieces count once.

        A piece that holds several passages stands for each ``gold`` one among them, or for the
        first where none is; one that stands for no passage counts as itself.
        """
        wanted = set(gold)
        keys: dict[str, None] = {}
        for place, one in enumerate(found):
            held = self._held(one) or [f"{one.id}#piece.{place}"]
            right = [key for key in held if wanted & {key.rpartition(".")[0], _document(key)}]
            keys.update(dict.fromkeys(right or held[:1]))
        return list(keys)

    def _held(self, found: Found) -> list[str]:
        if found.id in self._by_id:
            return [self._by_id[found.id].key]
        own = runs(found.text)
        return [
            key
            for key, other in self._runs.get(found.id, ())
            if own & other and len(own & other) >= SHARE * min(len(own), len(other))
        ]


def _document(key: str) -> str:
    return key.partition("#")[0]


def runs(text: str) -> set[tuple[str, ...]]:
    """Return the runs of five words of ``text``; the whole of it where it has fewer."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}
