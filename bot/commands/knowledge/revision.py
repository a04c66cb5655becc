"""The knowledge folder as it was at a git revision, laid out in a scratch folder."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.errors import DarichehError


@contextmanager
def other_version(against: str, knowledge: Path) -> Iterator[Path]:
    """Give the folder that ``against`` names: a folder, or a git revision of ``knowledge``.

    Raises ``DarichehError`` where it is neither.
    """
    if Path(against).is_dir():
        yield Path(against)
        return
    packed = _archive(against, knowledge)
    with TemporaryDirectory(prefix="daricheh-") as scratch:
        folder = Path(scratch) / "knowledge"
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield folder


def _archive(revision: str, knowledge: Path) -> bytes:
    """Return ``knowledge`` at ``revision`` as a tar file."""
    if revision.startswith("-"):
        raise DarichehError(f"{revision} is neither a folder nor a git revision.")
    try:
        done = subprocess.run(  # noqa: S603 - the revision is checked, no shell
            ["git", "-C", str(knowledge), "archive", "--format=tar", revision, "."],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise DarichehError(
            f"{_refusal(revision)} git is not installed: name a folder with --against."
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise DarichehError(f"{_refusal(revision)} git says: {said[-1] if said else 'nothing'}")
    return done.stdout


def _refusal(revision: str) -> str:
    """Return how a message begins about what ``--against`` named."""
    return f"{revision} is no folder, and as a git revision it cannot be had."
