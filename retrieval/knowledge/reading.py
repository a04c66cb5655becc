"""The knowledge folder to documents and faults. A bad document never takes the others down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from retrieval.errors import KnowledgeError
from retrieval.knowledge.documents import AnyHeader, Document
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.fields import field_sections
from retrieval.knowledge.flow_reading import FlowFile, read_flows
from retrieval.knowledge.markdown import (
    FrontMatter,
    FrontMatterError,
    read_front_matter,
    read_sections,
)
from retrieval.knowledge.unreviewed import unreviewed_faults

UNWRITTEN = "TODO:"  # what a skeleton holds where something is to be written
_headers: TypeAdapter[Any] = TypeAdapter(AnyHeader)
_KINDS = "article, guidance, tool, platform or contact"
# What to write, by the type of pydantic's complaint; the rest falls to its own message.
_MENDS = {
    "missing": "Add the line `{field}: ...` to the front matter.",
    "extra_forbidden": "Remove it, or correct the spelling of its name.",
    "union_tag_invalid": f"Write `kind:` with {_KINDS}.",
    "union_tag_not_found": f"Add `kind:` with {_KINDS}.",
    "date_from_datetime_parsing": "Write a date that exists, as YYYY-MM-DD.",
    "date_parsing": "Write a date that exists, as YYYY-MM-DD.",
    "date_type": "Write a date that exists, as YYYY-MM-DD.",
    "tuple_type": "Write a list: `[one, two]`, or one `- item` a line.",
    "too_short": "Write at least one.",
    "string_too_short": "Write some text.",
    "string_type": "Write text; quote it where YAML reads it as something else.",
}
_PATTERN_MENDS = {
    "url": "Write a full address that begins with https://, or null.",
    "id": "Write lower-case Latin letters and digits joined by hyphens.",
    "key": "Write lower-case Latin letters and digits joined by hyphens.",
    "topics": "Write topic ids from topics.yaml: lower-case words joined by hyphens.",
    "date": "Write YYYY-MM-DD, YYYY-MM or YYYY, or null when undated.",
    "source": "Write the key of one of the document's sources.",
}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was read: the documents and flows that hold, and the faults of all."""

    folder: Path
    documents: tuple[Document, ...]
    faults: tuple[Fault, ...]
    flows: tuple[FlowFile, ...] = ()


def document_paths(folder: Path) -> list[Path]:
    """Return the document files of ``folder``, sorted; raise ``KnowledgeError`` if there is none.

    Files whose name is not ``<id>.<language>.md`` (a README, say) are not documents, unless they
    begin with front matter.
    """
    if not folder.is_dir():
        raise KnowledgeError(
            f"There is no knowledge folder at {folder}. Name one with --knowledge DIR or "
            "DARICHEH_KNOWLEDGE."
        )
    return sorted(
        path
        for path in folder.rglob("*.md")
        if path.is_file() and not path.name.startswith(".") and path.stem != "README"
    )


def read_knowledge(folder: Path) -> Knowledge:
    """Read all documents and flows of ``folder``; raise ``KnowledgeError`` if it is missing."""
    paths = document_paths(folder)
    documents: list[Document] = []
    faults: list[Fault] = []
    for path in paths:
        result = read_document(path, folder)
        if isinstance(result, Document):
            documents.append(result)
        else:
            faults.extend(result)
    kept, twice = _without_twins(documents)
    flows, flow_faults = read_flows(folder)
    found = sorted([*faults, *twice, *flow_faults])
    return Knowledge(folder, tuple(kept), tuple(found), tuple(flows))


def _without_twins(documents: Iterable[Document]) -> tuple[list[Document], list[Fault]]:
    """Keep the first document of each id and language; name the others as faults."""
    first: dict[tuple[str, str], Document] = {}
    faults = []
    for document in documents:
        twin = first.setdefault((document.id, document.language), document)
        if twin is not document:
            faults.append(
                Fault(
                    document.path,
                    2,
                    f"The id `{document.id}` ({document.language}) is already used by {twin.path}.",
                    "Give each document its own id; translations share one id and differ in "
                    "language.",
                )
            )
    return list(first.values()), faults


def read_document(path: Path, folder: Path) -> Document | list[Fault]:
    """Read one file: its document, or everything that is wrong with it."""
    name = path.relative_to(folder).as_posix()
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return [Fault(name, 1, f"Not UTF-8 (byte {error.start}).", "Save the file as UTF-8.")]
    except OSError as error:
        return [Fault(name, 1, f"Cannot be read: {error.strerror}.", "Check its permissions.")]
    try:
        front, body = read_front_matter(text)
    except FrontMatterError as error:
        return [Fault(name, error.line, error.problem, error.mend)]
    if unreviewed := unreviewed_faults(name, front, body):
        return unreviewed
    try:
        header = _headers.validate_python(front.values)
    except ValidationError as error:
        return [_schema_fault(name, front, item) for item in _causes(error.errors())]
    sections = read_sections(body, header.title, front.end + 1)
    if not sections:
        return [
            Fault(
                name,
                front.end,
                "The document has no text.",
                "Write at least one section: a line `## Heading` and text below it.",
            )
        ]
    if unwritten := _unwritten(name, text):
        return unwritten
    written = {section.id for section in sections}
    made = field_sections(header, front.line_of)
    return Document(
        name, header, (*sections, *(section for section in made if section.id not in written))
    )


def _unwritten(name: str, text: str) -> list[Fault]:
    """Return the lines that a skeleton left to be written: until then nobody shall read it."""
    return [
        Fault(
            name,
            number,
            f"A part is still to be written: {line.strip()[:60]}.",
            f"Write it, and remove `{UNWRITTEN}` with what it says.",
            lint="unwritten",
        )
        for number, line in enumerate(text.split("\n"), 1)
        if UNWRITTEN in line
    ]


def _causes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out complaints that a list is empty only because its items are at fault themselves."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not any(
            len(at) > len(error["loc"]) and at[: len(error["loc"])] == error["loc"] for at in places
        )
    ]


def _schema_fault(name: str, front: FrontMatter, error: ErrorDetails) -> Fault:
    # The first part of the place is the kind that the discriminator chose, not a field.
    place = tuple(error["loc"])
    kind = front.values.get("kind")
    if place and place[0] == kind:
        place = place[1:]
    place = place or ("kind",)
    field = ".".join(str(part) for part in place)
    named = next((part for part in reversed(place) if isinstance(part, str)), "kind")
    mend = _MENDS.get(error["type"], "")
    if error["type"] == "string_pattern_mismatch":
        mend = _PATTERN_MENDS.get(named, "Write it in the form the handbook shows.")
    elif error["type"] == "literal_error":
        mend = f"Write one of {error.get('ctx', {}).get('expected', '')}."
    problem = {
        "missing": f"`{field}` is missing.",
        "extra_forbidden": f"`{field}` is not a field of kind {kind}.",
        "tuple_type": f"`{field}` is not a list.",
        "literal_error": f"`{field}` cannot be {error['input']!r}.",
        "date_from_datetime_parsing": f"`{field}` is not a date: {error['input']!r}.",
        "too_short": f"`{field}` is empty.",
    }.get(error["type"], f"`{field}`: {error['msg']}.")
    return Fault(name, front.line_of(place), problem, mend.format(field=named))
