"""Redis as deploy/ sets it up: it asks for a password, shows nobody what passes, writes nothing."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY

INCLUDED = "include /run/secrets/redis-auth.conf"
WORD = "sandalwood-orchard"


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    folder = tmp_path / "secrets"
    subprocess.run([DEPLOY / "secrets", folder], input="1:x", text=True, check=True)
    return folder


class Server:
    """A Redis with settings of deploy/, on loopback, its folder in ``data``."""

    def __init__(self, settings: Path, scratch: Path, secrets: Path) -> None:
        self.data = scratch / "data"
        self.data.mkdir()
        self.logs = "kubernetes" in settings.parts
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        text = settings.read_text("utf-8")
        assert INCLUDED in text
        text = text.replace(INCLUDED, f"include {secrets}/redis-auth.conf")
        text = text.replace("dir /data", "")
        self._file = scratch / "redis.conf"
        self._file.write_text(f"bind 127.0.0.1\nport {self.port}\ndir {self.data}\n{text}")

    def start(self) -> None:
        """Return when it answers."""
        self._running = subprocess.Popen(
            ["redis-server", self._file], stdout=subprocess.PIPE, text=True
        )
        assert self._running.stdout is not None
        assert any("Ready to accept connections" in line for line in self._running.stdout)

    def end(self, sign: int = signal.SIGTERM) -> None:
        """Send the signal and wait."""
        assert self._running.stdout is not None
        self._running.send_signal(sign)
        self._running.wait(timeout=60)
        self._running.stdout.close()


@pytest.fixture(params=["compose/redis.conf", "kubernetes/many/redis.conf"])
def server(request: pytest.FixtureRequest, tmp_path: Path, secrets: Path) -> Iterator[Server]:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    found = Server(DEPLOY / request.param, tmp_path, secrets)
    found.start()
    yield found
    found.end()


class Client:
    """Speaks Redis's protocol, one command after the other."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)

    def says(self, *words: str) -> str:
        parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
        self._socket.sendall(f"*{len(words)}\r\n{parts}".encode())
        return self._socket.recv(4096).decode()

    def enters(self, secrets: Path) -> None:
        """Give the password."""
        assert self.says("AUTH", (secrets / "redis-password").read_text()) == "+OK\r\n"

    def close(self) -> None:
        self._socket.close()


def test_it_asks_for_the_password_and_shows_nobody_what_passes(
    server: Server, secrets: Path
) -> None:
    client = Client(server.port)
    assert client.says("SET", "key", WORD).startswith("-NOAUTH")
    client.enters(secrets)
    assert client.says("SET", "key", WORD) == "+OK\r\n"
    for command in ("MONITOR", "DEBUG", "SAVE", "BGSAVE"):
        assert client.says(command).startswith("-ERR unknown command"), command
    client.close()


def test_killed_it_comes_back_empty_or_from_a_log_that_lies_in_memory(
    server: Server, secrets: Path
) -> None:
    """Where there is a log, a test of the manifests holds that its folder is memory."""
    client = Client(server.port)
    client.enters(secrets)
    client.says("SET", "key", WORD)
    client.close()
    logged = list(server.data.iterdir()) != []
    assert logged == server.logs
    server.end(signal.SIGKILL)
    server.start()
    client = Client(server.port)
    client.enters(secrets)
    assert (WORD in client.says("GET", "key")) == logged
    client.close()


def test_a_password_drawn_once_stays_and_only_its_owner_reads_it(secrets: Path) -> None:
    before = {path.name: path.read_text() for path in secrets.iterdir()}
    assert set(before) == {
        "telegram-token",
        "redis-password",
        "redis-auth.conf",
        "state-key",
        "grafana-password",
    }
    assert before["telegram-token"] == "1:x"
    assert len(set(before.values())) == len(before)
    assert all(path.stat().st_mode & 0o077 == 0 for path in secrets.iterdir())
    subprocess.run([DEPLOY / "secrets", secrets], input="", text=True, check=True)
    assert {path.name: path.read_text() for path in secrets.iterdir()} == before


def test_without_a_token_nothing_is_taken_for_one(tmp_path: Path) -> None:
    done = subprocess.run([DEPLOY / "secrets", tmp_path], input="", text=True, check=False)
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []
