"""A real Chroma server on loopback, which can be killed and come back with what it held."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx

_LONGEST = 60.0  # seconds that a slow machine may take to start it


class ChromaProcess:
    """A server that keeps its data in ``folder``; ``url`` is where it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = Path(sys.executable).with_name("chroma")
        places = ("--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self._port))
        self._process = subprocess.Popen(
            [str(command), "run", *places], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        waiting = threading.Event()
        with httpx.Client(trust_env=False) as client:
            for _ in range(int(_LONGEST / 0.05)):
                assert self._process.poll() is None, "the Chroma server ended"
                try:
                    client.get(f"{self.url}/api/v2/heartbeat")
                except httpx.TransportError:
                    waiting.wait(0.05)
                else:
                    return
        raise AssertionError("the Chroma server does not answer")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
