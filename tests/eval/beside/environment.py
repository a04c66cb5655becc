"""An environment of its own for the others: made once, made anew when what it holds changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from retrieval.settings import PROJECT

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
_STAMP = "ready"


def environment(place: Path, announce: Callable[[str], None]) -> Path:
    """Return the Python of an environment in ``place`` that holds the others and this project's
    own dependencies; raise ``RuntimeError`` with the mend where it cannot be made."""
    python = place / "bin" / "python"
    wanted = _wanted()
    stamp = place / _STAMP
    if python.exists() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    if place.exists() and any(place.iterdir()) and not (place / "pyvenv.cfg").is_file():
        raise RuntimeError(f"{place} holds something else. Name an empty folder with --place.")
    announce(f"Setting up {place} (once; some minutes and 2 GB, more where torch brings CUDA) ...")
    shutil.rmtree(place, ignore_errors=True)
    venv.create(place, with_pip=True)
    command: list[Path | str] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
    ]
    done = subprocess.run(
        [*command, "-r", REQUIREMENTS, "--editable", f"{PROJECT}[eval]"],
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(
            f"{place} could not be set up; pip says why above. Check the network and the disk "
            "(2 GB), then run this again."
        )
    stamp.write_text(wanted, "utf-8")
    return python


def _wanted() -> str:
    files = (REQUIREMENTS, PROJECT / "pyproject.toml")
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return f"{digest.hexdigest()} {sys.version_info.major}.{sys.version_info.minor}"
