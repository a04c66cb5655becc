"""The way to Telegram is examined over real HTTP, and every fault has its mend."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.operating.doctor import telegram as examined
from bot.operating.doctor.certificate import certificate_findings
from bot.operating.doctor.finding import Finding
from bot.operating.doctor.telegram import telegram_findings
from bot.operating.doctor.token import token_finding
from bot.settings import BotSettings
from tests.telegram.server import TOKEN, StandIn

OTHER = "987654321:another-token-that-is-not-a-real-one"


def settings(**given: Any) -> BotSettings:
    return BotSettings(_env_file=None, **given)


async def found(
    telegram: StandIn, token: str = TOKEN, ahead: float = 0.0, **given: Any
) -> dict[str, Finding]:
    """Return what is found of the way to the stand-in, by check, by a clock that is ``ahead``."""
    chosen = settings(**{"telegram_api_url": telegram.url, **given})

    def look() -> list[Finding]:
        return list(telegram_findings(chosen, token, lambda: time.time() + ahead))

    findings = await asyncio.to_thread(look)
    for each in findings:
        assert token not in each.what + each.mend
        assert token.split(":")[1] not in each.what + each.mend
        assert bool(each.mend) == (each.level != "ok")
    return {each.check: each for each in findings}


def levels(findings: dict[str, Finding]) -> dict[str, str]:
    return {check: finding.level for check, finding in findings.items()}


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"127.0.0.1:{port}"


async def test_where_all_is_well_everything_is_ok(telegram: StandIn) -> None:
    findings = await found(telegram)
    assert levels(findings) == dict.fromkeys(
        ("network", "bot", "clock", "webhook", "waiting"), "ok"
    )
    assert "@DarichehTestBot" in findings["bot"].what


async def test_a_token_that_telegram_refuses(telegram: StandIn) -> None:
    for token, revoked in ((OTHER, False), (TOKEN, True)):
        telegram.revoked = revoked
        findings = await found(telegram, token)
        assert levels(findings) == {"bot": "fault"}
        assert "@BotFather" in findings["bot"].mend


async def test_nobody_at_the_address(telegram: StandIn, nobody: str) -> None:
    findings = await found(telegram, telegram_api_url=f"http://{nobody}")
    assert levels(findings) == {"network": "fault"}
    assert "nothing listens there" in findings["network"].what
    assert nobody in findings["network"].what


async def test_a_name_that_is_not_found(telegram: StandIn) -> None:
    findings = await found(telegram, telegram_api_url="https://api.telegram.invalid")
    assert findings["network"].level == "fault"
    assert "name is not found" in findings["network"].what


async def test_a_password_in_an_address_is_not_shown(telegram: StandIn, nobody: str) -> None:
    root = f"http://operator:pomegranate@{nobody}"
    findings = await found(telegram, telegram_api_url=root, telegram_proxy=root)
    assert levels(findings) == {"proxy": "fault"}
    assert not any("pomegranate" in f.what + f.mend for f in findings.values())
    findings = await found(telegram, telegram_api_url=root)
    assert levels(findings) == {"network": "fault"}
    assert not any("pomegranate" in f.what + f.mend for f in findings.values())


@contextmanager
def answering(answer: Callable[[socket.socket], object]) -> Iterator[str]:
    """A server that does ``answer`` with its first connection; gives its address."""

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            answer(connection)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


async def test_a_server_that_speaks_no_tls(telegram: StandIn) -> None:
    with answering(lambda connection: connection.sendall(b"HTTP/1.0 400 No\r\n\r\n")) as root:
        findings = await found(telegram, telegram_api_url=root)
    assert levels(findings) == {"network": "fault"}
    assert "TLS fails" in findings["network"].what


async def test_a_certificate_that_nobody_vouches_for(telegram: StandIn, tmp_path: Path) -> None:
    """As a box between shows, that opens connections."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "own.pem"))
    with answering(lambda connection: context.wrap_socket(connection, server_side=True)) as root:
        findings = await found(telegram, telegram_api_url=root)
    assert levels(findings) == {"network": "fault"}
    assert "certificate does not hold" in findings["network"].what
    assert "clock" in findings["network"].mend


def self_signed(file: Path, days: int = 30) -> Path:
    """Write a certificate of one's own for ``days``, with its key, into ``file``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(tz=dt.UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=60))
        .not_valid_after(now + dt.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    own = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(own + signed.public_bytes(serialization.Encoding.PEM))
    return file


async def test_a_server_that_says_nothing(
    telegram: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examined, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        root = f"http://127.0.0.1:{mute.getsockname()[1]}"
        findings = await found(telegram, telegram_api_url=root)
    assert "no answer came in time" in findings["network"].what
    assert "proxy" in findings["network"].mend


async def test_trouble_at_telegram_is_a_warning_and_a_strange_page_a_fault(
    telegram: StandIn,
) -> None:
    telegram.fault("server_error", "getMe")
    findings = await found(telegram)
    assert levels(findings) == {"network": "warning"}
    telegram.fault("not_json", "getMe")
    findings = await found(telegram)
    assert levels(findings) == {"network": "fault"}
    assert "DARICHEH_TELEGRAM_API_URL" in findings["network"].mend
    telegram.fault("drop_before", "getMe")
    findings = await found(telegram)
    assert "connection was cut" in findings["network"].what


async def test_a_proxy_where_nobody_listens(telegram: StandIn, nobody: str) -> None:
    findings = await found(telegram, telegram_proxy=f"socks5://{nobody}")
    assert levels(findings) == {"proxy": "fault"}
    assert telegram.requests == []  # it was not tried without the proxy


async def test_a_proxy_that_refuses(telegram: StandIn) -> None:
    """The stand-in is no proxy: it does not know CONNECT."""
    findings = await found(
        telegram, telegram_proxy=telegram.url, telegram_api_url="https://api.telegram.org"
    )
    assert levels(findings) == {"proxy": "ok", "network": "fault"}
    assert "the proxy refuses" in findings["network"].what


@asynccontextmanager
async def socks() -> AsyncIterator[tuple[str, list[int]]]:
    """A SOCKS5 proxy (RFC 1928) for loopback; gives its address and whom it connected to."""
    ports: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(OSError, asyncio.IncompleteReadError):
            _, methods = await reader.readexactly(2)
            await reader.readexactly(methods)
            writer.write(b"\x05\x00")
            _, _, _, kind = await reader.readexactly(4)
            length = 4 if kind == 1 else (await reader.readexactly(1))[0]
            host = await reader.readexactly(length)
            name = socket.inet_ntoa(host) if kind == 1 else host.decode()
            port = int.from_bytes(await reader.readexactly(2), "big")
            ports.append(port)
            far, away = await asyncio.open_connection(name, port)
            writer.write(b"\x05\x00\x00\x01" + bytes(6))
            with closing(away):
                await asyncio.gather(passed_on(reader, away), passed_on(far, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", ports


async def passed_on(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
    target.close()


async def test_all_goes_through_the_proxy_that_is_set(telegram: StandIn) -> None:
    async with socks() as (address, ports):
        findings = await found(telegram, telegram_proxy=f"socks5://{address}")
    assert {finding.level for finding in findings.values()} == {"ok"}
    assert findings["proxy"].what == f"{address} listens."
    assert set(ports) == {int(telegram.url.rpartition(":")[2])}


@pytest.mark.parametrize(
    ("ahead", "level"), [(0.0, "ok"), (-90.0, "warning"), (90.0, "warning"), (3600.0, "fault")]
)
async def test_the_clock_is_held_against_telegrams(
    telegram: StandIn, ahead: float, level: str
) -> None:
    finding = (await found(telegram, ahead=ahead))["clock"]
    assert finding.level == level
    if ahead:
        assert ("ahead of" if ahead > 0 else "behind") in finding.what


async def test_a_webhook_where_the_bot_is_to_poll(telegram: StandIn) -> None:
    telegram.webhook = {"url": "https://bot.example.org/pomegranate"}
    findings = await found(telegram)
    assert findings["webhook"].level == "warning"
    assert "bot.example.org" in findings["webhook"].what
    assert "pomegranate" not in findings["webhook"].what


async def test_a_webhook_of_another_address_or_none(telegram: StandIn) -> None:
    wanted: dict[str, Any] = {"webhook_url": "https://bot.example.org/hook"}
    assert (await found(telegram, **wanted))["webhook"].level == "warning"
    telegram.webhook = {"url": "https://old.example.org/hook/pomegranate"}
    assert (await found(telegram, **wanted))["webhook"].level == "warning"
    telegram.webhook = {"url": "https://bot.example.org/hook/pomegranate"}
    assert (await found(telegram, **wanted))["webhook"].level == "ok"


async def test_what_telegram_could_not_deliver(telegram: StandIn) -> None:
    telegram.webhook = {
        "url": "https://bot.example.org/hook/pomegranate",
        "last_error_date": int(time.time()) - 60,
        "last_error_message": "Wrong response from https://bot.example.org/pomegranate: 502",
        "pending_update_count": 250,
    }
    findings = await found(telegram, webhook_url="https://bot.example.org/hook")
    assert findings["webhook errors"].level == findings["waiting"].level == "warning"
    assert "Wrong response from 502" in findings["webhook errors"].what
    assert "250" in findings["waiting"].what
    telegram.webhook["last_error_date"] -= 86_400
    findings = await found(telegram, webhook_url="https://bot.example.org/hook")
    assert "webhook errors" not in findings


def test_a_token_that_is_missing_misspelt_or_for_everybody_to_read(tmp_path: Path) -> None:
    finding, token = token_finding(settings())
    assert (finding.level, token) == ("fault", None)
    finding, token = token_finding(settings(telegram_token="pomegranate"))  # noqa: S106
    assert (finding.level, token) == ("fault", None)
    assert "pomegranate" not in finding.what + finding.mend
    finding, token = token_finding(settings(telegram_token_file=tmp_path / "none"))
    assert (finding.level, token) == ("fault", None)
    assert str(tmp_path / "none") in finding.what
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o644)
    finding, token = token_finding(settings(telegram_token_file=file))
    assert (finding.level, token) == ("warning", TOKEN)
    assert f"chmod 600 {file}" in finding.mend
    file.chmod(0o440)  # as a supervisor hands it over
    assert token_finding(settings(telegram_token_file=file))[0].level == "ok"
    assert token_finding(settings(telegram_token=TOKEN))[0].level == "ok"


@pytest.mark.parametrize(("days", "level"), [(-1, "fault"), (3, "warning"), (30, "ok")])
def test_a_certificate_that_ends_is_told_in_time(tmp_path: Path, days: int, level: str) -> None:
    file = self_signed(tmp_path / "own.pem", days)
    [finding] = certificate_findings(file, dt.datetime.now(tz=dt.UTC))
    assert finding.level == level


def test_a_certificate_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    now = dt.datetime.now(tz=dt.UTC)
    for name in ("empty.pem", "none.pem"):
        [finding] = certificate_findings(tmp_path / name, now)
        assert finding.level == "fault"
        assert name in finding.what
    assert list(certificate_findings(None, now)) == []
