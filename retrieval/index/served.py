"""The index on a Chroma server that several processes share.

A build puts the vectors and the files of a new version into collections of its own, and then names
it in the register (see ``register``). A process that opens it fetches the files once into the
folder ``served`` of its state directory; only the vectors are asked for over the network.

Unlike in a folder of its own, a process does not bring this index up to date when it opens it: in
the middle of a rolling update old and new processes, with older and newer knowledge, would replace
each other's. ``daricheh knowledge index`` publishes; a process only does where there is nothing
that it could use.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from retrieval.encoder import Encoder
from retrieval.errors import IndexUnavailableError, ServerGoneError
from retrieval.index import files
from retrieval.index.build import (
    Make,
    Progress,
    Report,
    knowledge_to_index,
    silent,
    write_version,
)
from retrieval.index.chroma_server import Address, connected
from retrieval.index.hold import Hold, alone, is_held
from retrieval.index.register import (
    LEASE,
    Form,
    Lease,
    Version,
    files_of,
    lease,
    registered,
    server_time,
    vectors_of,
)
from retrieval.index.served_vectors import ServedVectors
from retrieval.index.store import Index, mend, open_version
from retrieval.index.vectors import Place, VectorsIndex
from retrieval.index.version import FORMAT, Manifest, file_digests
from retrieval.judging.model import learning_digest
from retrieval.memory import clear_up

_UNFINISHED = "unfinished-"
_VERSION = "version.json"
# How long a question, and a build, waits for the server.
ASKING, BUILDING = 5.0, 120.0  # seconds


class ServedStore:
    """The versions of the index on the Chroma server at ``address``.

    ``announce`` is told, in one line of English for the operator, whatever is not as it should be;
    ``lease_seconds`` is how long the right to build outlives a builder that died. ``make`` makes
    and publishes a new version where one is needed; without, it is made in this process.
    """

    def __init__(
        self,
        address: Address,
        knowledge: Path,
        state: Path,
        announce: Callable[[str], None] = lambda _: None,
        lease_seconds: float = LEASE,
        make: Make | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._folder = state / "served"
        self._announce = announce
        self._lease_seconds = lease_seconds
        self._make = make
        self._asking = connected(address, ASKING)
        self._building = connected(address, BUILDING)

    def manifest(self, encoder: str) -> Manifest:
        """Return what an index made now, by the encoder of that name, would be made from."""
        return Manifest(FORMAT, encoder, learning_digest(), file_digests(self._knowledge))

    def newest(self, encoder: str) -> str | None:
        """Return the name of the version that serves a process with the encoder of that name.

        Raises ``IndexUnavailableError`` where the server does not answer.
        """
        with _said():
            version = self._newest(encoder)
            return version.name if version else None

    def open(self, encoder: Encoder, progress: Progress = silent) -> Index:
        """Return the index; built and published first where the server holds none to be used.

        Where the server does not answer, the version that was fetched last is opened, and what is
        asked of its vectors waits for the server. ``IndexUnavailableError`` is raised where there
        is none.
        """
        try:
            with _said():
                if self._newest(encoder.name) is None:
                    self.update(encoder, progress)
                version = self._newest(encoder.name)
                if version is None:
                    raise IndexUnavailableError(
                        "The index vanished while it was opened. Try again."
                    )
                self._say_if_outgrown(version)
                self._fetch(version)
        except ServerGoneError as error:
            last = self._fetched_last(encoder.name)
            if last is None:
                raise
            self._announce(f"{error} The index fetched before serves, by words alone.")
            version = last
        try:
            folder = self._folder / version.name
            return open_version(folder, ServedVectors(self._asking, version.vectors))
        except (OSError, ValueError, KeyError) as error:
            raise IndexUnavailableError(
                f"The index in {folder} is damaged. Remove it; it is fetched again at the next "
                "start."
            ) from error

    def update(self, encoder: Encoder, progress: Progress = silent) -> Report | None:
        """Build and publish a new version unless the newest is made from the knowledge as it is;
        return what was done.

        One process builds at a time. Raises ``IndexUnavailableError`` where it cannot be built; the
        old version serves on.
        """
        try:
            with _said():
                if self._is_up_to_date(encoder):
                    return None
                if self._make is not None:
                    return self._make(progress, self._announce)
                with lease(self._building, self._announce, self._lease_seconds) as held:
                    # Another process may have built it while this one waited.
                    if self._is_up_to_date(encoder):
                        return None
                    report = self._build(encoder, held, progress)
                clear_up()
                return report
        except OSError as error:
            raise IndexUnavailableError(mend(error, self._folder)) from error

    def _newest(self, encoder: str) -> Version | None:
        own = form_with(encoder)
        return next((v for v in registered(self._asking) if v.form == own), None)

    def _is_up_to_date(self, encoder: Encoder) -> bool:
        newest = self._newest(encoder.name)
        return newest is not None and newest.manifest == self.manifest(encoder.name).id

    def _say_if_outgrown(self, version: Version) -> None:
        if self._knowledge.is_dir() and version.manifest != self.manifest(version.encoder).id:
            self._announce(
                f"The index that serves was not made from {self._knowledge} as it is now. "
                "`daricheh knowledge index` publishes one that is."
            )

    def _build(self, encoder: Encoder, held: Lease, progress: Progress) -> Report:
        manifest = self.manifest(encoder.name)
        knowledge = knowledge_to_index(self._knowledge, self._announce)
        held.sweep()
        with self._unfinished() as folder:
            name = f"{manifest.id}-{folder.name.removeprefix(_UNFINISHED)}"
            place = Place(self._building, vectors_of(name))
            known = partial(self._known, encoder)
            report = write_version(folder, knowledge, manifest, encoder, known, progress, place)
            listing = files.send(self._building, files_of(name), folder)
            now = server_time(self._building)
            form = form_with(encoder.name)
            version = Version(name, *form, manifest=manifest.id, listing=listing, since=now)
            held.publish(version)
            self._keep(folder, version)
        held.sweep()
        return report

    def _known(self, encoder: Encoder) -> dict[str, NDArray[np.float32]]:
        newest = self._newest(encoder.name)
        if newest is None:
            return {}
        return VectorsIndex(Place(self._building, newest.vectors)).by_digest()

    def _fetch(self, version: Version) -> None:
        """Have the files of ``version`` in a folder of its name: whole, or not at all."""
        if (self._folder / version.name / _VERSION).is_file():
            return
        try:
            with alone(self._folder, lambda _: None), self._unfinished() as folder:
                if (self._folder / version.name).is_dir():  # fetched by another while this waited
                    return
                files.fetch(self._building, version.files, version.listing, folder)
                self._keep(folder, version)
        except OSError as error:
            raise IndexUnavailableError(mend(error, self._folder)) from error

    def _keep(self, folder: Path, version: Version) -> None:
        """Put the files of ``version``, whole in ``folder``, in their place; remove those of others
        that nobody reads."""
        before = self._fetched_last(version.encoder)
        (folder / _VERSION).write_text(json.dumps(asdict(version)), "utf-8")
        folder.rename(self._folder / version.name)
        keep = {version.name, before.name if before else version.name}
        for other in self._folder.iterdir():
            if other.is_dir() and other.name not in keep and not is_held(other):
                shutil.rmtree(other, ignore_errors=True)

    def _fetched_last(self, encoder: str) -> Version | None:
        versions = []
        for path in self._folder.glob(f"*/{_VERSION}"):
            with contextlib.suppress(OSError, TypeError, ValueError):
                versions.append(Version(**json.loads(path.read_text("utf-8"))))
        own = [version for version in versions if version.form == form_with(encoder)]
        return max(own, key=lambda version: version.since, default=None)

    @contextlib.contextmanager
    def _unfinished(self) -> Iterator[Path]:
        """Give an empty folder that is removed in the end, if it still bears its name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._folder))
        hold = Hold(folder)
        try:
            yield folder
        finally:
            del hold
            shutil.rmtree(folder, ignore_errors=True)


def form_with(encoder: str) -> Form:
    """Return the form of what this program makes with the encoder of that name, and can use."""
    return FORMAT, encoder, learning_digest()


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Turn what Chroma raises into an error that says what to do."""
    try:
        yield
    except ChromaError as error:
        raise IndexUnavailableError(
            f"The Chroma server refused what was asked of it: {error}. Its log may say more; "
            "`daricheh knowledge index` publishes the index anew."
        ) from error
