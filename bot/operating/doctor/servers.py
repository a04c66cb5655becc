"""The servers that a bot may lean on besides Telegram: Redis, Chroma, a language model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import httpx

from bot.operating.doctor.finding import Finding, fault, ok, warning
from bot.operating.doctor.reaching import host_of, reason
from bot.settings import BotSettings
from retrieval.errors import ModelError
from retrieval.model.opening import open_chat

SECONDS = 5.0
_ASKED = ("save", "appendonly", "maxmemory-policy")


def server_findings(settings: BotSettings) -> Iterator[Finding]:
    """Yield what is found of those that are configured."""
    try:
        if settings.redis_url is not None:
            password = settings.redis_password_file
            yield from _redis(
                settings.redis_url.get_secret_value(),
                password.read_text("utf-8").strip() if password is not None else None,
            )
        if settings.chroma_url is not None:
            yield from _chroma(settings.chroma_url, settings.chroma_secret())
        if settings.model is not None:
            yield from _model(settings)
    except OSError as error:
        yield fault(
            "secrets",
            f"{error.filename} cannot be read: {error.strerror}.",
            "Let the bot's user read it.",
        )


def _redis(url: str, password: str | None) -> Iterator[Finding]:
    """Yield whether Redis answers, and whether it writes what it holds to a disk."""
    try:
        from redis import Redis
        from redis.exceptions import AuthenticationError, RedisError
    except ImportError:
        yield fault(
            "redis",
            "DARICHEH_REDIS_URL is set and the package redis is not installed.",
            'pip install "daricheh[cluster]"; deploy/run does so where it is set.',
        )
        return
    host = host_of(url) or "its socket"
    options = {"password": password} if password is not None else {}
    try:
        with Redis.from_url(
            url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, **options
        ) as client:
            client.ping()
            yield ok("redis", f"{host} answers.")
            with suppress(RedisError):  # many servers tell nobody how they are set
                yield from _kept(client.config_get(*_ASKED))
    except AuthenticationError:
        yield fault("redis", f"{host} refuses the password.", "Check DARICHEH_REDIS_URL.")
    except (RedisError, ValueError, OSError) as error:
        why, _ = reason(error)
        yield fault(
            "redis", f"{host} does not answer: {why}.", "Start it, or check DARICHEH_REDIS_URL."
        )


def _kept(settings: dict[str, str]) -> Iterator[Finding]:
    if settings.get("save") or settings.get("appendonly") == "yes":
        yield warning(
            "redis on disk",
            "Redis writes what it holds to its disk: encrypted, but there.",
            'Set save "" and appendonly no, or keep its folder in memory; see deploy/scaling.md.',
        )
    if settings.get("maxmemory-policy", "noeviction") != "noeviction":
        yield warning(
            "redis memory",
            "When its memory is full Redis drops what it holds, deletions that are due among it.",
            "Set maxmemory-policy noeviction.",
        )


def _chroma(url: str, token: str | None) -> Iterator[Finding]:
    """Yield whether the Chroma server answers."""
    headers = {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}
    yield _answers("chroma", f"{url.rstrip('/')}/api/v2/heartbeat", headers, "DARICHEH_CHROMA_URL")


def _model(settings: BotSettings) -> Iterator[Finding]:
    """Yield whether the language model can be used, and its server answers. No text is sent."""
    try:
        chat = open_chat(settings)
    except ModelError as error:
        yield fault("language model", str(error), "Or unset DARICHEH_MODEL.")
        return
    if chat.outside:
        yield warning(
            "language model",
            f"{chat.host} is outside your own network and sees people's questions.",
            "Use a server of your own where you can; /privacy names this one.",
        )
    if settings.model_url is not None:
        key = settings.model_secret()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        url = f"{settings.model_url.rstrip('/')}/models"
        yield _answers("language model", url, headers, "DARICHEH_MODEL_URL")


def _answers(check: str, url: str, headers: dict[str, str], setting: str) -> Finding:
    host = host_of(url)
    try:
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            status = client.get(url, headers=headers).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why, mend = reason(error)
        return fault(check, f"{host}: {why}.", f"{mend} The address is {setting}.")
    if status in (401, 403):
        return fault(check, f"{host} refuses (status {status}).", "Check its key or token.")
    if status >= 400:
        return fault(
            check,
            f"{host} answers, but not as it should (status {status}).",
            f"Check {setting}, and its log.",
        )
    return ok(check, f"{host} answers.")
