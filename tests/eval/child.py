"""A measurement in a process of its own: what one holds in memory is not charged to the next."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retrieval.settings import PROJECT


def measured(
    module: str,
    arguments: Sequence[str | Path],
    *,
    python: Path = Path(sys.executable),
    environment: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Run ``python -m module arguments`` from the project's folder; return the JSON object in the
    last line it prints. Its stderr, with its progress, is shown as it comes.

    Raises ``RuntimeError`` with the command where it does not end well.
    """
    command = [str(python), "-m", module, *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        raise RuntimeError(f"{' '.join(command)} ended with status {done.returncode}.")
    found: dict[str, Any] = json.loads(lines[-1])
    return found
