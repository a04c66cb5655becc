"""What an import did, file by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.drafts.likeness import Likeness
from retrieval.drafts.source import Flag

_SHOWN = 5  # files named a group; the JSON report names all
_IN_FULL = 10  # files told one by one


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that became a draft. ``draft`` is the draft's path within the drafts folder."""

    file: str
    draft: str
    title: str | None
    language: str
    words: int
    licence: str | None
    dropped: tuple[str, ...]
    flags: tuple[Flag, ...]
    likenesses: tuple[Likeness, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``knowledge import --json`` prints for this file."""
        return {
            "file": self.file,
            "draft": self.draft,
            "title": self.title,
            "language": self.language,
            "words": self.words,
            "licence": self.licence,
            "dropped": list(self.dropped),
            "flags": [flag.to_json() for flag in self.flags],
            "like": [likeness.to_json() for likeness in self.likenesses],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All files of an import: those taken, and for the others the reason why not."""

    folder: str
    taken: tuple[Taken, ...]
    skipped: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``knowledge import --json`` prints."""
        return {
            "folder": self.folder,
            "taken": [taken.to_json() for taken in self.taken],
            "skipped": [{"file": file, "reason": reason} for file, reason in self.skipped],
        }

    def lines(self) -> Iterator[str]:
        """Yield the report as a person reads it: one group a finding, a few files each."""
        yield f"{len(self.taken)} drafts in {self.folder}; {len(self.skipped)} files left out."
        if len(self.taken) <= _IN_FULL:
            for taken in self.taken:
                yield from _in_full(taken)
        else:
            flags = ((f"Flagged: {f.kind}", t.file, f.excerpt) for t in self.taken for f in t.flags)
            yield from _groups(flags)
            alike = (
                (f"Like {_place(o)}", t.file, f"{o.other}: {o.how}")
                for t in self.taken
                for o in t.likenesses
            )
            yield from _groups(alike)
            unlicensed = (("No licence found", t.file, "") for t in self.taken if not t.licence)
            yield from _groups(unlicensed)
            yield from _groups(("Noted", t.file, note) for t in self.taken for note in t.notes)
        yield from _groups((f"Left out: {reason}", file, "") for file, reason in self.skipped)


def _place(likeness: Likeness) -> str:
    return "the knowledge folder" if likeness.other.startswith("knowledge: ") else "each other"


def _in_full(taken: Taken) -> Iterator[str]:
    yield f"\n{taken.file} -> {taken.draft}"
    yield f"  {taken.language}, {taken.words} words: {taken.title or '(no title)'}"
    yield f"  licence: {taken.licence or 'none found'}"
    yield from (f"  dropped: {what}" for what in taken.dropped)
    yield from (f"  FLAGGED {flag.kind}: {flag.excerpt}" for flag in taken.flags)
    yield from (f"  like {likeness.other}: {likeness.how}" for likeness in taken.likenesses)
    yield from (f"  note: {note}" for note in taken.notes)


def _groups(found: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, file, detail in found:
        groups[name].append((file, detail))
    for name, entries in sorted(groups.items()):
        yield f"\n{name} ({len(entries)})"
        for file, detail in entries[:_SHOWN]:
            yield f"  {file}" + (f": {detail}" if detail else "")
        if len(entries) > _SHOWN:
            yield f"  … and {len(entries) - _SHOWN} more; --json names all"
