"""On which line of a document each field of its front matter stands."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from retrieval.knowledge.markdown import FrontMatter, read_front_matter


class FieldLines:
    """The lines of a document's front matter fields, read when first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _front(self) -> FrontMatter:
        text = self._path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        return read_front_matter(text)[0]

    def of(self, *place: str | int) -> int:
        """Return the line of the field at ``place``, or of the nearest one above it."""
        return self._front.line_of(place)

    def in_header(self, line: int) -> bool:
        """Return whether ``line`` belongs to the front matter."""
        return line <= self._front.end
