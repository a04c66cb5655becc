"""The two files of the knowledge folder that are not documents: its topics and its glossary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from retrieval.errors import KnowledgeError

TOPICS_FILE = "topics.yaml"
GLOSSARY_FILE = "glossary.yaml"


class Topic(BaseModel):
    """A subject that documents are filed under, with its label in each language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    en: str
    fa: str


class Term(BaseModel):
    """A word of the field: its forms in each language and script, and what it means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    en: tuple[str, ...]
    fa: tuple[str, ...]
    finglish: tuple[str, ...] = ()
    definition: dict[str, str] = {}


_topics: TypeAdapter[tuple[Topic, ...]] = TypeAdapter(tuple[Topic, ...])
_terms: TypeAdapter[tuple[Term, ...]] = TypeAdapter(tuple[Term, ...])


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """Return the topics of ``folder``: none where it has no topics file."""
    topics: tuple[Topic, ...] = _read(folder / TOPICS_FILE, _topics)
    return topics


def read_glossary(folder: Path) -> tuple[Term, ...]:
    """Return the terms of ``folder``: none where it has no glossary."""
    terms: tuple[Term, ...] = _read(folder / GLOSSARY_FILE, _terms)
    return terms


def _read(path: Path, adapter: TypeAdapter[Any]) -> Any:
    if not path.is_file():
        return ()
    try:
        return adapter.validate_python(yaml.safe_load(path.read_text("utf-8")) or ())
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path} is not valid YAML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path}: entry {place}: {first['msg']}.") from None
