"""Whatever answers in the place of a Chroma server, or does not, is told apart and named."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr, ValidationError

from retrieval.errors import IndexUnavailableError, ServerGoneError
from retrieval.index.chroma_server import Address, connected
from retrieval.settings import LibrarySettings


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, OddServer)
        server.heard.append(dict(self.headers))
        if server.hangs:
            server.done.wait(60)
            return
        self.send_response(server.status)
        self.send_header("Content-Type", server.kind)
        self.send_header("Content-Length", str(len(server.body)))
        self.end_headers()
        self.wfile.write(server.body)

    def log_message(self, format: str, *args: object) -> None:
        return


class OddServer(ThreadingHTTPServer):
    """Answers what it is told to."""

    status, kind, body = 200, "application/json", b'{"nanosecond heartbeat": 5}'
    hangs = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.heard: list[dict[str, str]] = []
        self.done = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def odd() -> Iterator[OddServer]:
    server = OddServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.done.set()
    server.shutdown()
    server.server_close()


def test_the_token_goes_with_every_request_and_into_no_message(odd: OddServer) -> None:
    address = Address(odd.url, "s3cret")
    assert connected(address, 30).heartbeat() == 5
    assert odd.heard[0]["Authorization"] == "Bearer s3cret"
    assert odd.heard[0]["X-Chroma-Token"] == "s3cret"
    assert "s3cret" not in repr(address)
    odd.status = 401
    with pytest.raises(IndexUnavailableError, match="DARICHEH_CHROMA_TOKEN") as refused:
        connected(address, 30).heartbeat()
    assert "s3cret" not in str(refused.value)
    assert not isinstance(refused.value, ServerGoneError)


def test_a_server_in_trouble_is_taken_for_gone(odd: OddServer) -> None:
    odd.status = 503
    with pytest.raises(ServerGoneError, match="503"):
        connected(Address(odd.url), 30).heartbeat()


def test_a_page_is_no_chroma_server(odd: OddServer) -> None:
    odd.kind, odd.body = "text/html", b"<p>It works</p>"
    with pytest.raises(ServerGoneError, match="no Chroma server"):
        connected(Address(odd.url), 30).heartbeat()


def test_a_server_that_hangs_is_not_waited_for(odd: OddServer) -> None:
    odd.hangs = True
    with pytest.raises(ServerGoneError, match="ReadTimeout"):
        connected(Address(odd.url), 0.2).heartbeat()


def test_a_proxy_of_the_environment_is_not_told(
    odd: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, odd.url)
    with pytest.raises(ServerGoneError, match="ConnectError"):
        connected(Address("http://127.0.0.1:9"), 30).heartbeat()
    assert odd.heard == []


def settings(**given: object) -> LibrarySettings:
    return LibrarySettings(_env_file=None, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    ["http://chroma:8000", "http://10.0.0.7:8000", "http://chroma.bots.svc:8000/",
     "https://chroma.example.org"],
)  # fmt: skip
def test_a_server_of_ones_own_or_behind_tls_is_taken(url: str) -> None:
    assert settings(chroma_url=url).chroma_url == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "mend"),
    [
        ("http://chroma.example.org:8000", "https://"),
        ("chroma:8000", "http://host:port"),
        ("https://u:hidden@chroma:8000", "DARICHEH_CHROMA_TOKEN"),
    ],
)
def test_an_address_that_gives_something_away_is_refused(url: str, mend: str) -> None:
    with pytest.raises(ValidationError, match=mend):
        settings(chroma_url=url)


def test_one_place_for_the_token() -> None:
    assert settings(chroma_url="").chroma_url is None
    assert settings(chroma_token=SecretStr(" a ")).chroma_secret() == "a"
    both = {"chroma_token": "a", "chroma_token_file": "/a"}
    with pytest.raises(ValidationError, match="keep one"):
        settings(**both)
