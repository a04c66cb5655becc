"""For each topic people come with, whether a right document is among the first results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from retrieval.knowledge.documents import Language

FILE = Path(__file__).parent / "questions.yaml"
# How many results are looked at: what fits on a telephone's screen.
FIRST = 3
LANGUAGES: tuple[Language, ...] = ("en", "fa")


class Topic(BaseModel):
    """A topic: the ids of the documents any of which is right, and its questions by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: str
    documents: frozenset[str] = Field(min_length=1)
    en: tuple[str, str, str]
    fa: tuple[str, str, str]

    def questions(self, language: Language) -> tuple[str, str, str]:
        """Return the three questions in ``language``."""
        return self.en if language == "en" else self.fa


@dataclass(frozen=True, slots=True)
class Row:
    """A topic in a language: its questions, and those that found no right document."""

    topic: str
    language: Language
    asked: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many questions found a right document."""
        return len(self.asked) - len(self.missed)


def read_topics(file: Path = FILE) -> list[Topic]:
    """Return the topics of ``file``; raise pydantic's ``ValidationError`` naming what is wrong."""
    return TypeAdapter(list[Topic]).validate_python(yaml.safe_load(file.read_text("utf-8")))


def rows(topics: Iterable[Topic], search: Callable[[str], Sequence[str]]) -> list[Row]:
    """Return a row for each topic and language; ``search`` names the documents found for a
    question, best first, a document as often as it was found."""
    found = []
    for topic in topics:
        for language in LANGUAGES:
            asked = topic.questions(language)
            missed = tuple(
                question
                for question in asked
                if topic.documents.isdisjoint(search(question)[:FIRST])
            )
            found.append(Row(topic.topic, language, asked, missed))
    return found


def table(made: Sequence[Row], misses: bool = False) -> str:
    """Return ``made`` as lines of text, the totals last; with ``misses`` also which questions
    found nothing right."""
    width = max(len(row.topic) for row in made)
    lines = []
    for row in made:
        lines.append(f"{row.topic:{width}}  {row.language}  {row.found} of {len(row.asked)}")
        if misses:
            lines.extend(f"    {question}" for question in row.missed)
    for name, part in (("all", made), *((lang, _of(made, lang)) for lang in LANGUAGES)):
        total = sum(len(row.asked) for row in part)
        hits = sum(row.found for row in part)
        lines.append(
            f"{name}: {hits} of {total} found among the first {FIRST} ({hits / total:.3f})"
        )
    return "\n".join(lines)


def _of(made: Sequence[Row], language: Language) -> list[Row]:
    return [row for row in made if row.language == language]
