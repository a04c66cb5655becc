"""Redis as deploy/ sets it up: it asks for a password, shows nobody what passes, writes nothing."""

from __future__ import annotations

import shutil
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


@pytest.fixture
def server(tmp_path: Path, secrets: Path) -> Iterator[tuple[int, Path]]:
    """A Redis with the settings of deploy/, on loopback: its port, and its folder."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    settings = (DEPLOY / "compose" / "redis.conf").read_text("utf-8")
    assert INCLUDED in settings
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "data"
    folder.mkdir()
    file = tmp_path / "redis.conf"
    here = f"bind 127.0.0.1\nport {port}\ndir {folder}\n"
    file.write_text(here + settings.replace(INCLUDED, f"include {secrets}/redis-auth.conf"))
    running = subprocess.Popen(["redis-server", file], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert any("Ready to accept connections" in line for line in running.stdout)
    yield port, folder
    running.terminate()
    running.wait(timeout=60)
    running.stdout.close()
    assert list(folder.iterdir()) == [], "Redis left something when it ended"


class Client:
    """Speaks Redis's protocol, one command after the other."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)

    def says(self, *words: str) -> str:
        parts = "".join(f"${len(word.encode())}\r\n{word}\r\n" for word in words)
        self._socket.sendall(f"*{len(words)}\r\n{parts}".encode())
        return self._socket.recv(4096).decode()

    def close(self) -> None:
        self._socket.close()


def test_it_asks_for_the_password_and_shows_nobody_what_passes(
    server: tuple[int, Path], secrets: Path
) -> None:
    port, folder = server
    client = Client(port)
    assert client.says("SET", "key", WORD).startswith("-NOAUTH")
    password = (secrets / "redis-password").read_text()
    assert client.says("AUTH", password) == "+OK\r\n"
    assert client.says("SET", "key", WORD) == "+OK\r\n"
    for command in ("MONITOR", "DEBUG", "SAVE", "BGSAVE"):
        assert client.says(command).startswith("-ERR unknown command"), command
    assert client.says("CONFIG", "GET", "save").split("\r\n")[-2] == ""
    client.close()
    assert list(folder.iterdir()) == []


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
