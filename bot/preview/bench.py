"""What is previewed: the knowledge folder as it stands now, indexed apart from what is served.

A half-written edit must not reach the index that a bot serves from. So the preview keeps an index
of its own, begun as a copy of the served one: only what was edited is encoded again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.encoder import Encoder, load_encoder
from retrieval.errors import DarichehError
from retrieval.index.build import Progress, silent
from retrieval.index.store import IndexStore
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.lint import lint
from retrieval.knowledge.reading import Knowledge, read_knowledge
from retrieval.knowledge.shared_files import read_topics
from retrieval.library import Library
from retrieval.settings import LibrarySettings


@dataclass(frozen=True, slots=True)
class State:
    """The knowledge at one moment.

    ``library`` is an older one while the knowledge is still being indexed (``pending``) and where
    it cannot be: ``trouble`` says why.
    """

    knowledge: Knowledge
    faults: tuple[Fault, ...]
    library: Library | None
    pending: bool = True
    trouble: str | None = None


class Bench:
    """Reads and indexes the knowledge folder anew whenever asked, in ``scratch``.

    ``guest`` is a file outside the folder that is previewed as if it stood in it.
    """

    def __init__(
        self,
        settings: LibrarySettings,
        scratch: Path,
        guest: Path | None = None,
        announce: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._origin = settings.knowledge
        self._guest = guest
        self._state = scratch / "state"
        self.folder = scratch / "knowledge" if guest else settings.knowledge
        self._encoder: Encoder = load_encoder(
            settings.encoder,
            query_prefix=settings.encoder_query_prefix,
            passage_prefix=settings.encoder_passage_prefix,
        )
        self._announce = announce
        self._library: Library | None = None
        served = settings.state / "index"
        if served.is_dir():
            shutil.copytree(served, self._state / "index")

    def signature(self) -> str:
        """Return what changes whenever a previewed file does: its name, size or time of change."""
        seen = hashlib.sha256()
        for path in sorted({*_files(self._origin), *self._guests()}):
            try:
                found = path.stat()
            except OSError:  # removed between listing and looking
                continue
            seen.update(f"{path}\0{found.st_mtime_ns}\0{found.st_size}\0".encode())
        return seen.hexdigest()

    def look(self) -> State:
        """Return the knowledge as it stands now, with the library as it was before."""
        if self._guest is not None:
            self._lay_out()
        knowledge = read_knowledge(self.folder)
        today = dt.datetime.now(tz=dt.UTC).date()
        faults = tuple(lint(knowledge, read_topics(self.folder), today))
        return State(knowledge, faults, self._library)

    def indexed(self, state: State, progress: Progress = silent) -> State:
        """Return ``state`` with the library made from it; with the one before, and the reason,
        where it cannot be indexed."""
        trouble = None
        try:
            store = IndexStore(self.folder, self._state, self._announce)
            store.update(self._encoder, progress)
            self._library = Library(store.open(self._encoder), self._encoder)
        except DarichehError as error:
            trouble = str(error)
        return replace(state, library=self._library, pending=False, trouble=trouble)

    def _guests(self) -> list[Path]:
        """Return the guest and its translations, which lie beside it."""
        if self._guest is None:
            return []
        stem = self._guest.name.split(".")[0]
        return [
            path
            for path in self._guest.parent.glob(f"{stem}.??.md")
            if path.is_file() and path != self._guest
        ] + [self._guest]

    def _lay_out(self) -> None:
        """Copy the knowledge folder, with the guests in the place of what bears their names."""
        shutil.rmtree(self.folder, ignore_errors=True)
        guests = self._guests()
        names = {path.name for path in guests}
        for path in _files(self._origin):
            if path.name not in names:
                place = self.folder / path.relative_to(self._origin)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, place)
        for path in guests:
            shutil.copy(path, self.folder / path.name)


def _files(folder: Path) -> Iterable[Path]:
    return (
        path
        for path in folder.rglob("*")
        if path.suffix in (".md", ".yaml") and path.is_file() and not path.name.startswith(".")
    )
