"""Called by Telegram: who is heard, when an update counts as taken, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import ValidationError
from tornado.httpclient import HTTPRequest
from tornado.netutil import bind_sockets
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from bot.settings import BotSettings
from bot.telegram.app import TelegramBot
from bot.webhook.listener import HEADER, LONGEST, CannotBeCalledError
from tests.bot.telegram.conftest import running, settings
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted
from tests.telegram.people import until
from tests.telegram.server import TOKEN, StandIn

# How a call is answered: with the status of Bot API's own words
TAKEN, BROKEN, UNKNOWN = 200, 400, 404


@asynccontextmanager
async def called(
    telegram: StandIn, library: Scripted, port: int, **more: Any
) -> AsyncIterator[TelegramBot]:
    """Run a bot that Telegram calls on ``port``."""
    url = f"http://127.0.0.1:{port}/hook"
    async with running(telegram, library, webhook_url=url, webhook_port=port, **more) as bot:
        await until(lambda: bool(telegram.webhook["url"]), lambda: "the webhook")
        yield bot


@pytest.fixture
def port() -> int:
    """A port that is free."""
    [socket, *more] = bind_sockets(0, "127.0.0.1")
    number = int(socket.getsockname()[1])
    for each in (socket, *more):
        each.close()
    return number


async def call(url: str, body: bytes, **more: Any) -> int:
    """Return the status that a call is answered with, 599 where it is cut off."""
    client = SimpleAsyncHTTPClient(force_instance=True)
    request = HTTPRequest(url, method="POST", body=body, **more)
    try:
        return (await client.fetch(request, raise_error=False)).code
    finally:
        client.close()


async def test_the_same_conversation_as_by_polling(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port):
        sara = telegram.person(2011)
        sara.says(ASKED_FA, deliveries=2)
        [answer] = await sara.hears()
        sara.presses(answer, "منابع")
        await sara.hears()
        await sara.hears_nothing()
    assert len(library.asked) == 1
    assert "getUpdates" not in telegram.requests


async def test_the_address_cannot_be_guessed_and_tells_nothing_of_the_token(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port):
        first = dict(telegram.webhook)
    async with called(telegram, library, port):
        again = dict(telegram.webhook)
    assert first == again
    own = first["url"].removeprefix(f"http://127.0.0.1:{port}/hook/")
    assert len(own) >= 40
    assert len(first["secret_token"]) >= 40
    assert own != first["secret_token"]
    for part in TOKEN.split(":"):
        assert part not in first["url"] + first["secret_token"]


async def test_an_update_is_taken_when_it_is_answered_and_not_before(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port):
        sara = telegram.person(2012)
        library.hold.clear()
        sara.says(ASKED_FA)
        await until(lambda: bool(library.asked), lambda: "the question")
        assert telegram.calls.waiting == 1
        library.hold.set()
        await sara.hears()
        await until(lambda: not telegram.calls.waiting, lambda: "the update to be taken")
    assert telegram.calls.refused == 0


async def test_called_again_while_it_is_being_answered_it_is_answered_once(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port):
        sara = telegram.person(2013)
        library.hold.clear()
        sara.says(ASKED_FA)
        await until(lambda: bool(library.asked), lambda: "the question")
        update = {"update_id": 700_000_000, "message": sara.chat.messages[100]}
        library.hold.set()
        headers = {HEADER: telegram.webhook["secret_token"]}
        body = json.dumps(update).encode()
        assert await call(telegram.webhook["url"], body, headers=headers) == TAKEN
        await sara.hears()
        await sara.hears_nothing()
    assert len(library.asked) == 1


async def test_stopped_it_answers_what_it_was_called_with(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port) as bot:
        sara = telegram.person(2014)
        library.hold.clear()
        sara.says(ASKED_FA)
        await until(lambda: bool(library.asked), lambda: "the question")
        bot.stop()
        library.hold.set()
        await sara.hears()
        await until(lambda: not telegram.calls.waiting, lambda: "the update to be taken")


async def test_whoever_does_not_know_path_and_secret_finds_nothing(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port):
        url, secret = telegram.webhook["url"], telegram.webhook["secret_token"]
        update = json.dumps({"update_id": 1}).encode()
        assert await call(url, update, headers={HEADER: secret}) == TAKEN
        assert await call(url, update, headers={HEADER: secret[:-1]}) == UNKNOWN
        assert await call(url, update) == UNKNOWN
        assert await call(url[:-1], update, headers={HEADER: secret}) == UNKNOWN
        assert await call(f"http://127.0.0.1:{port}/", update, headers={HEADER: secret}) == UNKNOWN


async def test_what_is_no_update_is_refused_and_harms_nothing(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    bodies = [b"", b"{", b"[]", b'"x"', b"{}", b'{"update_id": "1"}', b"\xff", b"[" * 100_000]
    async with called(telegram, library, port):
        headers = {HEADER: telegram.webhook["secret_token"]}
        for body in bodies:
            assert await call(telegram.webhook["url"], body, headers=headers) == BROKEN
        sara = telegram.person(2015)
        sara.says(ASKED_EN)
        await sara.hears()


async def test_a_body_beyond_all_measure_is_not_read(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    async with called(telegram, library, port):
        headers = {HEADER: telegram.webhook["secret_token"]}
        body = b'{"update_id": 1, "x": "' + b"x" * LONGEST + b'"}'
        assert await call(telegram.webhook["url"], body, headers=headers) == BROKEN
        sara = telegram.person(2016)
        sara.says(ASKED_EN)
        await sara.hears()


async def test_only_telegrams_networks_are_heard_where_that_is_wanted(
    telegram: StandIn, library: Scripted, port: int
) -> None:
    more: dict[str, Any] = {"webhook_telegram_only": True, "webhook_proxies": "127.0.0.0/8"}
    async with called(telegram, library, port, **more):
        url, secret = telegram.webhook["url"], telegram.webhook["secret_token"]
        update = json.dumps({"update_id": 1}).encode()
        for forwarded, status in (
            ("149.154.167.220", TAKEN),
            ("91.108.7.255, 127.0.0.9", TAKEN),
            ("149.154.167.220, 192.0.2.1", UNKNOWN),
            ("192.0.2.1", UNKNOWN),
            ("rubbish", UNKNOWN),
        ):
            headers = {HEADER: secret, "X-Forwarded-For": forwarded}
            assert await call(url, update, headers=headers) == status, forwarded
        assert await call(url, update, headers={HEADER: secret}) == UNKNOWN


async def test_with_a_certificate_of_its_own_it_speaks_tls(
    telegram: StandIn, library: Scripted, port: int, tmp_path: Path
) -> None:
    cert, key = certificate(tmp_path)
    url = f"https://127.0.0.1:{port}/hook"
    more: dict[str, Any] = {"webhook_cert": cert, "webhook_key": key, "webhook_self_signed": True}
    async with running(telegram, library, webhook_url=url, webhook_port=port, **more):
        await until(lambda: bool(telegram.webhook["url"]), lambda: "the webhook")
        assert telegram.webhook["certificate"] == cert.read_bytes()
        trusting = ssl.create_default_context(cafile=str(cert))
        headers = {HEADER: telegram.webhook["secret_token"]}
        update = json.dumps({"update_id": 1}).encode()
        status = await call(telegram.webhook["url"], update, headers=headers, ssl_options=trusting)
        assert status == TAKEN


async def test_where_it_cannot_listen_it_says_what_to_do(
    telegram: StandIn, library: Scripted, port: int, tmp_path: Path
) -> None:
    [taken] = bind_sockets(port, "127.0.0.1")
    url = "https://bot.example.org/hook"
    bot = TelegramBot(settings(telegram, webhook_url=url, webhook_port=port), library)
    with pytest.raises(CannotBeCalledError, match="DARICHEH_WEBHOOK_PORT"):
        await bot.serve()
    taken.close()
    cert, key = certificate(tmp_path)
    key.write_text("no key", "utf-8")
    bot = TelegramBot(
        settings(telegram, webhook_url=url, webhook_port=port, webhook_cert=cert, webhook_key=key),
        library,
    )
    with pytest.raises(CannotBeCalledError, match="cannot be used"):
        await bot.serve()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"webhook_cert": "a.pem"}, "go together"),
        ({"webhook_self_signed": True}, "needs DARICHEH_WEBHOOK_CERT"),
        ({"webhook_secret": "too short"}, "16 to 256"),
        ({"webhook_proxies": "10.0.0.0/8, nobody"}, "commas between"),
    ],
)
def test_settings_that_cannot_be_meant_are_named(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        BotSettings(_env_file=None, **given)


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return the files of a certificate for the loopback address, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(signed.public_bytes(Encoding.PEM))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file.write_bytes(pem)
    return cert_file, key_file
