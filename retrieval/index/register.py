"""Which versions a Chroma server holds, which of them serves, and who may make the next one.

Chroma changes one collection's name or metadata in one step, and never gives one name to two. That
is all there is to build on, and enough: the list of versions is the metadata of one collection, and
the right to build is a collection that only one can make.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from chromadb.errors import ChromaError, NotFoundError

from retrieval.errors import DarichehError, IndexUnavailableError

PREFIX = "daricheh-"
_REGISTER = f"{PREFIX}register"
_LEASE = f"{PREFIX}lease"
_GIVEN_UP = f"{PREFIX}given-up-"
_PAGE = 100
# A version that was replaced is kept this long, whatever came after it: time enough for every
# replica to look for a newer one, and for a rolling update to end.
LIFETIME = 3600.0  # seconds
# Beyond that: how many versions of a form stay, and of how many forms (see ``Version.form``).
VERSIONS, FORMS = 2, 2
Form = tuple[int, str, str]
LEASE = 60.0  # seconds that the right to build outlives its holder


@dataclass(frozen=True, slots=True)
class Version:
    """A version that the server holds whole. ``learned`` and ``manifest`` are the ids of what the
    judging was learned from and of all that it was made from, ``listing`` the digest of the list of
    its files, ``since`` the server's time when it was made current, in seconds."""

    name: str
    format: int
    encoder: str
    learned: str
    manifest: str
    listing: str
    since: float

    @property
    def form(self) -> Form:
        """What a process must be to use it. Old and new processes side by side may differ here:
        each uses the newest version of its own form."""
        return self.format, self.encoder, self.learned

    @property
    def vectors(self) -> str:
        """The collection of its vectors."""
        return vectors_of(self.name)

    @property
    def files(self) -> str:
        """The collection of its other files."""
        return files_of(self.name)


def vectors_of(version: str) -> str:
    """Return the name of the collection that holds the vectors of ``version``."""
    return f"{PREFIX}{version}.vectors"


def files_of(version: str) -> str:
    """Return the name of the collection that holds the other files of ``version``."""
    return f"{PREFIX}{version}.files"


def kept(versions: Sequence[Version], now: float) -> tuple[Version, ...]:
    """Return those of ``versions``, newest first, that somebody may still need at ``now``."""
    forms = list(dict.fromkeys(version.form for version in versions))[:FORMS]
    seen: Counter[Form] = Counter()
    staying = []
    for place, version in enumerate(versions):
        seen[version.form] += 1
        newest = version.form in forms and seen[version.form] <= VERSIONS
        replaced = versions[place - 1].since if place else now
        if newest or now - replaced < LIFETIME:
            staying.append(version)
    return tuple(staying)


def registered(client: Client) -> tuple[Version, ...]:
    """Return the versions that the server holds, newest first."""
    try:
        stored = client.get_collection(_REGISTER).metadata
    except NotFoundError:
        return ()
    return tuple(Version(**version) for version in json.loads(stored["versions"]))


def server_time(client: Client) -> float:
    """Return the time by the server's clock, in seconds: the one clock that all share."""
    return client.heartbeat() / 1e9


class Lease:
    """The right to publish a version, while it is held."""

    def __init__(self, client: Client, collection: Collection) -> None:
        self._client = client
        self._collection = collection

    def publish(self, version: Version) -> None:
        """Make ``version``, which the server holds whole, the current one, in one step.

        Raises ``IndexUnavailableError`` where the lease was lost meanwhile.
        """
        now = server_time(self._client)
        versions = kept((version, *registered(self._client)), now)
        text = json.dumps([asdict(each) for each in versions])
        register = self._client.get_or_create_collection(_REGISTER, metadata={"versions": "[]"})
        self.check()
        register.modify(metadata={"versions": text})

    def check(self) -> None:
        """Raise ``IndexUnavailableError`` where somebody else has taken the lease."""
        try:
            held = self._client.get_collection(_LEASE).id == self._collection.id
        except NotFoundError:
            held = False
        if not held:
            raise IndexUnavailableError(
                "This build stood still for so long that another process took its place. "
                "The index was not published; try again."
            )

    def sweep(self) -> None:
        """Remove what belongs to no version: what builds that died left behind, old versions, and
        leases given up. Collections that are not this project's are left alone."""
        versions = registered(self._client)
        staying = {_REGISTER, _LEASE, *(v.vectors for v in versions), *(v.files for v in versions)}
        self.check()
        for name in [name for name in _names(self._client) if name not in staying]:
            with contextlib.suppress(NotFoundError):
                self._client.delete_collection(name)


@contextlib.contextmanager
def lease(
    client: Client, announce: Callable[[str], None], seconds: float = LEASE
) -> Iterator[Lease]:
    """Hold the right to build; wait for another process that has it.

    Who holds it renews it. That of a process that died is free after ``seconds``.
    """
    collection = _taken(client, announce, seconds)
    done = threading.Event()
    renewing = threading.Thread(
        target=_renew, args=(client, collection, seconds, done), daemon=True
    )
    renewing.start()
    try:
        yield Lease(client, collection)
    finally:
        done.set()
        renewing.join()
        # By its own id: a lease that somebody else has taken meanwhile is not touched.
        with contextlib.suppress(DarichehError, ChromaError):
            _give_up(client, collection)


def _taken(client: Client, announce: Callable[[str], None], seconds: float) -> Collection:
    said = False
    while True:
        now = server_time(client)
        try:
            return client.create_collection(_LEASE, metadata={"until": now + seconds})
        except ChromaError:
            other = _lease_of_another(client)
            if other is None:  # given back in this moment, or it was refused for another reason
                return client.create_collection(_LEASE, metadata={"until": now + seconds})
        left = float(other.metadata["until"]) - now
        if left <= 0:
            with contextlib.suppress(NotFoundError):
                _give_up(client, other)
            continue
        if not said:
            announce("Another process is building the index; waiting for it.")
            said = True
        time.sleep(min(1.0, left))


def _lease_of_another(client: Client) -> Collection | None:
    try:
        return client.get_collection(_LEASE)
    except NotFoundError:
        return None


def _renew(client: Client, held: Collection, seconds: float, done: threading.Event) -> None:
    while not done.wait(seconds / 3):
        # A server that does not answer fails the build itself.
        with contextlib.suppress(DarichehError, ChromaError):
            held.modify(metadata={"until": server_time(client) + seconds})


def _give_up(client: Client, held: Collection) -> None:
    """Free the lease ``held``, and no other: a name can change hands, an id cannot."""
    name = f"{_GIVEN_UP}{uuid.uuid4().hex}"
    held.modify(name=name)
    client.delete_collection(name)


def _names(client: Client) -> list[str]:
    names: list[str] = []
    while True:
        page = client.list_collections(limit=_PAGE, offset=len(names))
        names += [collection.name for collection in page]
        if len(page) < _PAGE:
            return [name for name in names if name.startswith(PREFIX)]
