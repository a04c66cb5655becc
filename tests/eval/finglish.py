"""``python -m tests.eval.finglish``: how well Persian in Latin letters is read.

Prints how many words and stems of the Persian come back, of

- the folder's own Persian questions, put in Latin letters in several habits of typing;
- pairs of Finglish and Persian sentences (``--pairs FILE``: two columns, a tab between them). The
  first half is for development, the second only to report (``--rows report``);

how many of these questions are taken for Finglish, how many of the folder's English ones, and of
other English ones (``--english FILE``: one question a line); and how long a message takes.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from retrieval.index.words import WordsIndex
from retrieval.knowledge.reading import Knowledge, read_knowledge
from retrieval.knowledge.shared_files import Term, read_glossary
from retrieval.language.finglish import Lexicon, is_finglish, to_persian
from retrieval.language.normalise import HALF_SPACE, search_form
from retrieval.language.words import surface_words, tokens
from retrieval.settings import LibrarySettings
from tests.eval.perturb.finglish import to_latin
from tests.eval.perturb.habits import HABITS, typed_with
from tests.eval.perturb.register import formal

# How long a message of so many words may take, in milliseconds.
LIMIT, MESSAGE = 3.0, 15


@dataclass(frozen=True, slots=True)
class Reader:
    """Finglish as the library reads it over one knowledge folder."""

    lexicon: Lexicon
    words: frozenset[str]
    english: frozenset[str]

    @classmethod
    def of(cls, knowledge: Knowledge, terms: Iterable[Term]) -> Reader:
        """Return what reads with the words of ``knowledge`` and its glossary."""
        blocks = (
            block.text
            for document in knowledge.documents
            for section in document.sections
            for block in section.blocks
        )
        words = WordsIndex.build([*blocks, *questions(knowledge)]).surface
        known = [(latin, fa) for term in terms for latin in term.finglish for fa in term.fa]
        return cls(Lexicon.of(known), words, frozenset(w for w in words if w.isascii()))

    def read(self, text: str) -> str:
        """Return ``text`` in Persian letters."""
        return to_persian(text, self.lexicon, self.words)

    def takes(self, text: str) -> bool:
        """Return whether ``text`` is taken for Finglish."""
        return is_finglish(text, self.lexicon, self.english, self.words)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The share of the words that came back, in order, spaces inside them aside; of the stems.

    Both sides are put into formal Persian before: what is measured is not the register.
    """

    words: float
    stems: float


def agreement(read: Iterable[tuple[str, str]]) -> Agreement:
    """Compare pairs of what was read with what it should be."""
    words = stems = all_words = all_stems = 0
    for found, wanted in ((formal(found), formal(wanted)) for found, wanted in read):
        got, want = _plain(found), _plain(wanted)
        blocks = SequenceMatcher(None, got, want, autojunk=False).get_matching_blocks()
        words += sum(block.size for block in blocks)
        all_words += len(want)
        wanted_stems = Counter(tokens(wanted))
        stems += (wanted_stems & Counter(tokens(found))).total()
        all_stems += wanted_stems.total()
    return Agreement(words / max(all_words, 1), stems / max(all_stems, 1))


def _plain(text: str) -> list[str]:
    return [word.replace(HALF_SPACE, "") for word in surface_words(search_form(text))]


def questions(knowledge: Knowledge, language: str | None = None) -> list[str]:
    """Return the folder's own questions, in ``language`` or in all."""
    return [
        asked.text
        for document in knowledge.documents
        if language in (None, document.language)
        for asked in document.questions
    ]


def pairs(file: Path, rows: str) -> list[tuple[str, str]]:
    """Return the (Finglish, Persian) rows of ``file`` that are for ``rows``."""
    lines = file.read_text("utf-8").splitlines()[1:]
    kept = lines[: len(lines) // 2] if rows == "dev" else lines[len(lines) // 2 :]
    cut = [line.split("\t") for line in kept]
    return [(row[0], row[1]) for row in cut if len(row) == 2]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.finglish", description=__doc__)
    parser.add_argument("--pairs", type=Path, metavar="FILE", help="Finglish, tab, Persian")
    parser.add_argument("--rows", choices=["dev", "report"], default="dev", help="which of them")
    parser.add_argument("--english", type=Path, metavar="FILE", help="English questions, by line")
    options = parser.parse_args()
    if options.pairs and not options.pairs.is_file():
        parser.error(f"there is no file {options.pairs}")
    folder = LibrarySettings().knowledge
    knowledge = read_knowledge(folder)
    reader = Reader.of(knowledge, read_glossary(folder))
    if options.pairs:
        rows = pairs(options.pairs, options.rows)
        _print(f"{len(rows)} pairs", agreement((reader.read(latin), fa) for latin, fa in rows))
    persian = questions(knowledge, "fa")
    print(f"{len(persian)} Persian questions of the folder, typed in Latin letters:")
    for habit in HABITS:
        typed = [typed_with(habit, to_latin(text)) for text in persian]
        taken = statistics.fmean(reader.takes(text) for text in typed)
        read = ((reader.read(latin), fa) for latin, fa in zip(typed, persian, strict=True))
        _print(f"  {habit}: taken for Finglish {taken:.3f}", agreement(read))
    _taken("English questions of the folder", questions(knowledge, "en"), reader.takes)
    if options.english:
        _taken("other English questions", options.english.read_text().splitlines(), reader.takes)
    words = " ".join(map(to_latin, persian)).split()
    messages = [" ".join(words[at : at + MESSAGE]) for at in range(0, len(words), MESSAGE)]
    times = []
    for message in messages:
        started = time.process_time()
        reader.read(message)
        times.append((time.process_time() - started) * 1000)
    print(
        f"{MESSAGE} words take {statistics.median(times):.2f} ms of the processor (median; 95 in "
        f"100 at most {statistics.quantiles(times, n=20)[-1]:.2f}; {LIMIT} ms allowed)"
    )


def _print(what: str, found: Agreement) -> None:
    print(f"{what}: words {found.words:.3f}, stems {found.stems:.3f}")


def _taken(what: str, texts: list[str], takes: Callable[[str], bool]) -> None:
    print(f"{len(texts)} {what}: {statistics.fmean(map(takes, texts)):.4f} taken for Finglish")


if __name__ == "__main__":
    main()
