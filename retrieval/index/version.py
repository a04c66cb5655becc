"""A version of the index: one folder that is complete or absent, and what it was made from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from retrieval.knowledge.flow_reading import flow_paths
from retrieval.knowledge.reading import document_paths
from retrieval.knowledge.shared_files import GLOSSARY_FILE, TOPICS_FILE, Term, Topic
from retrieval.passages import Passage

# Raise it whenever what is stored, or the way text is turned into words or passages, changes.
FORMAT = 11


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version was made from. Two equal manifests mean that nothing has changed."""

    format: int
    encoder: str
    examples: str
    files: dict[str, str]

    def to_json(self) -> str:
        """Return the manifest as it is written to disk."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what ``to_json`` wrote; raise ``TypeError`` or ``ValueError`` if it is not that."""
        return cls(**json.loads(text))

    @property
    def id(self) -> str:
        """A short name for this version: equal for equal manifests."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]


def file_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file the index is made from, by its path in ``folder``."""
    shared = [folder / name for name in (GLOSSARY_FILE, TOPICS_FILE) if (folder / name).is_file()]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (*document_paths(folder), *flow_paths(folder), *shared)
    }


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question that a document says it answers, and the position of the passage that does."""

    text: str
    passage: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a version holds beside its vectors and words."""

    passages: tuple[Passage, ...]
    questions: tuple[KnownQuestion, ...]
    topics: tuple[Topic, ...]
    terms: tuple[Term, ...]


_passages: TypeAdapter[list[Passage]] = TypeAdapter(list[Passage])
_topics: TypeAdapter[tuple[Topic, ...]] = TypeAdapter(tuple[Topic, ...])
_terms: TypeAdapter[tuple[Term, ...]] = TypeAdapter(tuple[Term, ...])
_questions: TypeAdapter[tuple[KnownQuestion, ...]] = TypeAdapter(tuple[KnownQuestion, ...])


def write_contents(folder: Path, contents: Contents) -> None:
    """Write ``contents`` into ``folder``."""
    (folder / "passages.json").write_bytes(_passages.dump_json(list(contents.passages)))
    (folder / "questions.json").write_bytes(_questions.dump_json(contents.questions))
    (folder / "topics.json").write_bytes(_topics.dump_json(contents.topics))
    (folder / "terms.json").write_bytes(_terms.dump_json(contents.terms))


def read_contents(folder: Path) -> Contents:
    """Read what ``write_contents`` wrote."""
    return Contents(
        tuple(_passages.validate_json((folder / "passages.json").read_bytes())),
        _questions.validate_json((folder / "questions.json").read_bytes()),
        _topics.validate_json((folder / "topics.json").read_bytes()),
        _terms.validate_json((folder / "terms.json").read_bytes()),
    )
