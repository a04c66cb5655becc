"""What was spoken of before, so that "and on Android?" can be understood.

Of the turn before only the stems of its content words and the passages that answered it are
handed on. A question that can stand by itself is searched by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.language.normalise import search_form
from retrieval.language.words import surface_words, tokens

# How much of what was spoken of before counts beside the question's own words, its own vector and
# its own scores. `python -m tests.eval.followups` prints what other values find.
WORDS, VECTOR, DOCUMENT = 0.5, 0.6, 1.0
# A question of so few content words leans on the one before it; one that opens with "and" or says
# "it" may have more.
FEW, SOME = 2, 4
# What is handed on to the turn after the next.
MOST_STEMS, MOST_PASSAGES = 8, 4


@dataclass(frozen=True, slots=True)
class Context:
    """What an answered question leaves for the next one: ``stems`` of its content words, the
    newest first, and the ids of the passages that its answer showed. Empty: nothing before.

    ``words`` are the next question in full, where a model has put it so: searched instead of the
    half that was written, but not judged, and not handed on."""

    stems: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.stems or self.passages)

    @property
    def documents(self) -> frozenset[str]:
        """The documents that were spoken of."""
        return frozenset(passage.partition("#")[0] for passage in self.passages)


NOTHING = Context()


@lru_cache(maxsize=1)
def _data() -> dict[str, frozenset[str]]:
    text = resources.files("retrieval.search").joinpath("data/followups.yaml").read_text("utf-8")
    loaded: dict[str, list[str]] = yaml.safe_load(text)
    return {name: frozenset(search_form(word) for word in words) for name, words in loaded.items()}


def leans_on_context(searched: str, stems: Sequence[str]) -> bool:
    """Return whether the question ``searched`` with these content words is half a question: too
    few words to say what it is about, or words that point back."""
    if len(stems) <= FEW:
        return True
    words, data = surface_words(searched), _data()
    return len(stems) <= SOME and (
        words[0] in data["opening"] or any(word in data["pointing"] for word in words)
    )


def own_stems(searched: str) -> tuple[str, ...]:
    """Return the stems of what half a question says itself, without the words that point back."""
    back = _data()["opening"] | _data()["pointing"]
    words = [word for word in surface_words(searched) if word not in back]
    return tuple(dict.fromkeys(tokens(" ".join(words))))


def handed_on(stems: Iterable[str], passages: Iterable[str], before: Context) -> Context:
    """Return the context that a question with ``stems``, answered by ``passages``, leaves behind;
    ``before`` is what it leaned on itself."""
    return Context(
        tuple(dict.fromkeys((*stems, *before.stems)))[:MOST_STEMS],
        tuple(dict.fromkeys(passages))[:MOST_PASSAGES] or before.passages,
    )
