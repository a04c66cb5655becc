"""The files of a version beside its vectors, kept in a collection of the same Chroma server.

So everything that a version is made of comes from one place and under one name, and a process can
never search the vectors of one version with the words of another. A file lies there compressed, in
parts, as text: in the metadata, because Chroma would make what it takes for a document searchable.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from pathlib import Path, PurePosixPath

import numpy as np
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection

from retrieval.errors import IndexUnavailableError

_PART = 750_000  # bytes, a million characters as text: no request is large
_LISTING = "listing"
_NOWHERE = np.zeros((1, 1), dtype=np.float32)  # Chroma holds nothing without a vector


def send(client: Client, collection: str, folder: Path) -> str:
    """Put all files of ``folder`` into the new ``collection``; return the digest of their list."""
    place = client.create_collection(collection)
    listing: dict[str, dict[str, str | int]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        parts = _put(place, name, content)
        listing[name] = {"digest": hashlib.sha256(content).hexdigest(), "parts": parts}
    text = json.dumps(listing, sort_keys=True)
    _put(place, _LISTING, text.encode())
    return _digest(text)


def fetch(client: Client, collection: str, digest: str, folder: Path) -> None:
    """Write the files of ``collection`` into the empty ``folder``.

    Raises ``IndexUnavailableError`` where they are not what ``digest`` was given for.
    """
    place = client.get_collection(collection)
    text = _got(place, _LISTING, 1).decode()
    if _digest(text) != digest:
        raise _altered(collection)
    for name, file in json.loads(text).items():
        content = _got(place, name, file["parts"])
        if hashlib.sha256(content).hexdigest() != file["digest"] or not _is_inside(name):
            raise _altered(collection)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _put(place: Collection, name: str, content: bytes) -> int:
    packed = zlib.compress(content)
    starts = range(0, len(packed), _PART)
    for part, start in enumerate(starts):
        data = base64.b64encode(packed[start : start + _PART]).decode()
        place.add(ids=[f"{name}#{part}"], embeddings=_NOWHERE, metadatas=[{"data": data}])
    return len(starts)


def _got(place: Collection, name: str, parts: int) -> bytes:
    packed = bytearray()
    for part in range(parts):
        rows = place.get(ids=[f"{name}#{part}"], include=["metadatas"])["metadatas"]
        if not rows:
            raise _altered(place.name)
        packed += base64.b64decode(str(rows[0]["data"]))
    try:
        return zlib.decompress(packed)
    except zlib.error:
        raise _altered(place.name) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _altered(collection: str) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"The files in {collection} on the Chroma server are not those that were put there. "
        "Delete its collections that begin with daricheh-, and run `daricheh knowledge index`."
    )
