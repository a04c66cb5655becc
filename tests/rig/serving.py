"""llama.cpp's OpenAI-compatible server on loopback, for as long as the rig runs."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONTEXT = 8192  # tokens
LOADING = 300.0  # seconds the server has to load the weights


@contextmanager
def served(python: Path, model: Path, log: Path, threads: int) -> Iterator[str]:
    """Give the base URL of a server of ``model``. Raises ``RuntimeError`` where none comes up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "llama_cpp.server", "--model", str(model), "--host", "127.0.0.1"]
    command += ["--port", str(port), "--n_ctx", str(CONTEXT)]
    command += ["--n_threads", str(threads), "--n_threads_batch", str(threads)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            url = f"http://127.0.0.1:{port}/v1"
            _wait(server, url, log)
            yield url
        finally:
            server.terminate()
            server.wait()


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + LOADING
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/models", timeout=5).close()  # noqa: S310 - loopback
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"the model's server did not come up: see {log}")
