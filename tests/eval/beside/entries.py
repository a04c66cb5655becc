"""Who takes part: each contender with each model, on the same passages or cut by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.encoder.bundled import BUNDLED
from tests.eval.beside.contenders import NAMES

# The models by what they are called here; the English one's folder is found in the environment.
ENGLISH, OURS = "MiniLM", "ours"


@dataclass(frozen=True, slots=True)
class Entry:
    """``name`` is a contender's module, or "search" or "answer" for Daricheh; ``split`` says that
    it cuts the documents itself."""

    name: str
    model: str
    split: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it is Daricheh."""
        return self.name not in NAMES

    @property
    def key(self) -> str:
        """A short name, good for a folder."""
        return "-".join((self.name, self.model, *(("own-pieces",) if self.split else ())))

    @property
    def label(self) -> str:
        """How a table calls it."""
        own = {"search": "Daricheh, search", "answer": "Daricheh, whole answer"}
        return {**NAMES, **own}[self.name] + (", cutting itself" if self.split else "")


# What the others' figures are set against: the same job, passages for a question.
REFERENCE = Entry("search", OURS)


def entries() -> Iterator[Entry]:
    """Yield all that take part, the one the others are compared with first."""
    yield REFERENCE
    yield Entry("answer", OURS)
    yield Entry("search", ENGLISH)
    for model, split in ((ENGLISH, False), (OURS, False), (ENGLISH, True)):
        yield from (Entry(name, model, split) for name in NAMES)


def model_paths(english: str) -> dict[str, dict[bool, str]]:
    """Return what each model is called by for ours (True) and for the others (False)."""
    return {
        ENGLISH: {True: english, False: english},
        OURS: {True: "bundled", False: str(BUNDLED)},
    }
