"""The index as others use it: opened if it is up to date, built beside the old one if not.

The folder ``index`` of the state directory holds one folder a version and the file ``current``,
which names the version that serves. A build writes a folder of its own and then replaces
``current`` in one step, so that whatever happens to a build, the old version serves.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailableError
from retrieval.index.build import (
    Make,
    Progress,
    Report,
    knowledge_to_index,
    silent,
    write_version,
)
from retrieval.index.flows import FlowContents, read_flows
from retrieval.index.headers import read_headers
from retrieval.index.hold import Hold, alone, is_held
from retrieval.index.vectors import Vectors, VectorsIndex
from retrieval.index.version import FORMAT, Contents, Manifest, file_digests, read_contents
from retrieval.index.words import WordsIndex
from retrieval.judging.model import learning_digest
from retrieval.judging.neighbours import Neighbours
from retrieval.knowledge.documents import AnyHeader
from retrieval.memory import clear_up, hand_back

_CURRENT = "current"
_BUILDING = "building-"


@dataclass(frozen=True, slots=True)
class Index:
    """One version of the index, open. ``name`` is that of its folder, never the same for two
    builds; ``made`` is when it was made, in seconds since the epoch. Its files stay as long as
    ``hold`` does."""

    name: str
    manifest: Manifest
    made: float
    contents: Contents
    headers: tuple[AnyHeader, ...]
    flows: FlowContents
    vectors: Vectors
    words: WordsIndex
    intents: NDArray[np.float32]
    neighbours: Neighbours
    hold: Hold


def open_version(folder: Path, vectors: Vectors | None = None) -> Index:
    """Return the version in ``folder``; its vectors lie there too, where none are given.

    Raises ``OSError``, ``ValueError``, ``KeyError`` or ``ChromaError`` where it is damaged.
    """
    hold = Hold(folder)
    contents = read_contents(folder)
    opened = Index(
        folder.name,
        Manifest.from_json((folder / "manifest.json").read_text("utf-8")),
        (folder / "manifest.json").stat().st_mtime,
        contents,
        read_headers(folder),
        read_flows(folder),
        vectors or VectorsIndex(folder / "vectors"),
        WordsIndex.load(folder / "words", len(contents.passages)),
        np.load(folder / "intents.npy"),
        Neighbours.load(folder),
        hold,
    )
    hand_back()
    return opened


class IndexStore:
    """The versions of the index under a state directory, made from a knowledge folder.

    ``announce`` is told, in one line of English for the operator, whatever is not as it should be.
    ``make`` makes a new version where one is needed; without, it is made in this process.
    """

    def __init__(
        self,
        knowledge: Path,
        state: Path,
        announce: Callable[[str], None] = lambda _: None,
        make: Make | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._folder = state / "index"
        self._announce = announce
        self._make = make

    def manifest(self, encoder: str) -> Manifest:
        """Return what an index made now, by the encoder of that name, would be made from."""
        return Manifest(FORMAT, encoder, learning_digest(), file_digests(self._knowledge))

    def current(self) -> Path | None:
        """Return the folder of the version that serves, if there is one."""
        try:
            name = (self._folder / _CURRENT).read_text("utf-8").strip()
        except OSError:
            return None
        folder = self._folder / name
        return folder if name and (folder / "manifest.json").is_file() else None

    def newest(self, encoder: str) -> str | None:  # noqa: ARG002 - there is one for all
        """Return the name of the version that serves, if there is one."""
        folder = self.current()
        return folder.name if folder else None

    def open(self, encoder: Encoder, progress: Progress = silent) -> Index:
        """Return the index, built or brought up to date first where that is needed.

        Where that fails the old version serves, if the same encoder made it, and the failure is
        announced; otherwise ``IndexUnavailableError`` is raised.
        """
        try:
            self.update(encoder, progress)
        except IndexUnavailableError as error:
            if self._servable(encoder) is None:
                raise
            self._announce(f"{error} The index made before it goes on serving.")
        folder = self._servable(encoder)
        if folder is None:
            raise IndexUnavailableError("The index vanished while it was opened. Try again.")
        try:
            return open_version(folder)
        except (OSError, ValueError, KeyError, ChromaError) as error:
            raise IndexUnavailableError(
                f"The index in {folder} is damaged. Remove {self._folder}; it is made again at the "
                "next start."
            ) from error

    def _servable(self, encoder: Encoder) -> Path | None:
        folder = self.current()
        if folder is None:
            return None
        try:
            manifest = Manifest.from_json((folder / "manifest.json").read_text("utf-8"))
        except (OSError, TypeError, ValueError):
            return None
        return folder if (manifest.format, manifest.encoder) == (FORMAT, encoder.name) else None

    def update(self, encoder: Encoder, progress: Progress = silent) -> Report | None:
        """Build a new version unless the current one is up to date; return what was done.

        Raises ``IndexUnavailableError`` where it cannot be built; the old version is untouched.
        """
        if self._is_up_to_date(encoder):
            return None
        if self._make is not None:
            return self._make(progress, self._announce)
        try:
            with alone(self._folder, self._announce):
                # Another process may have built it while this one waited.
                if self._is_up_to_date(encoder):
                    return None
                report = self._build(encoder, progress)
            clear_up()
            return report
        except OSError as error:
            raise IndexUnavailableError(mend(error, self._folder)) from error
        except ChromaError as error:
            raise IndexUnavailableError(
                f"Chroma could not write the index in {self._folder}: {error}. "
                "Check free disk space and permissions."
            ) from error

    def _is_up_to_date(self, encoder: Encoder) -> bool:
        current = self.current()
        wanted = self.manifest(encoder.name)
        return current is not None and current.name.partition("-")[0] == wanted.id

    def _build(self, encoder: Encoder, progress: Progress) -> Report:
        old = self._servable(encoder)
        if old is None and (other := self.current()) is not None:
            name = Manifest.from_json((other / "manifest.json").read_text("utf-8")).encoder
            self._announce(
                f"The index was made by {name} in an older form or with another encoder; "
                f"it is made anew with {encoder.name}."
            )
        manifest = self.manifest(encoder.name)
        knowledge = knowledge_to_index(self._knowledge, self._announce)
        for leftover in self._folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        # Never the same folder twice: Chroma keeps what it knows of a path as long as somebody in
        # the process has it open, whatever becomes of the files.
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self._folder))
        try:
            report = write_version(
                building,
                knowledge,
                manifest,
                encoder,
                lambda: VectorsIndex(old / "vectors").by_digest() if old else {},
                progress,
            )
            self._switch(building, f"{manifest.id}-{building.name.removeprefix(_BUILDING)}")
        finally:
            shutil.rmtree(building, ignore_errors=True)
        return report

    def _switch(self, built: Path, name: str) -> None:
        """Put ``built`` in place under ``name`` and point ``current`` to it, in one step."""
        before = self.current()
        built.rename(self._folder / name)
        pointer = self._folder / f"{_CURRENT}.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._folder / _CURRENT)
        keep = {name, before.name if before else name}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in keep and not is_held(folder):
                shutil.rmtree(folder, ignore_errors=True)


def mend(error: OSError, folder: Path) -> str:
    """Return what kept the index from being written to ``folder``, and what to do about it."""
    if error.errno == errno.ENOSPC:
        return f"The disk is full: the index in {folder} was not written. Free some space."
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return (
            f"The index cannot be written to {folder}. "
            "Give write permission, or name another place with --state DIR."
        )
    return f"The index in {folder} was not written: {error.strerror or error}."
