"""Telegram over the configured server and proxy: network, clock, webhook, what waits there."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.operating.doctor.finding import Finding, fault, ok, warning
from bot.operating.doctor.reaching import host_of, reason
from bot.settings import BotSettings

SECONDS = 15.0
SKEW_WARNED, SKEW_FAULT = 30.0, 300.0  # seconds; the Date header itself is exact to one
WAITING_WARNED = 100  # updates; a bot that runs leaves none for long
_LAST_ERROR = 3600.0  # seconds for which Telegram's last trouble with the webhook counts


class _FailedError(Exception):
    """A call failed; holds the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.check)
        self.finding = finding


def telegram_findings(
    settings: BotSettings, token: str, clock: Callable[[], float] = time.time
) -> Iterator[Finding]:
    """Yield what is found of the way to Telegram, and of what it knows of the bot."""
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    if proxy is not None:
        found = _proxy(proxy)
        yield found
        if found.level == "fault":
            return
    try:
        with httpx.Client(proxy=proxy, timeout=SECONDS) as client:
            yield from _asked(_Calls(client, settings.telegram_api_url, token), settings, clock)
    except _FailedError as failed:
        yield failed.finding
    except (ValueError, ImportError):  # httpx's word for a proxy's address it cannot use
        yield fault(
            "proxy", "The proxy's address cannot be used.", "Check DARICHEH_TELEGRAM_PROXY."
        )


def _asked(calls: _Calls, settings: BotSettings, clock: Callable[[], float]) -> Iterator[Finding]:
    began = clock()
    me, headers = calls.call("getMe")
    middle = (began + clock()) / 2
    host = host_of(settings.telegram_api_url)
    yield ok("network", f"{host} answers in {clock() - began:.1f} s.")
    yield ok("bot", f"Telegram knows the token: it is @{me.get('username', '?')}.")
    if me.get("can_read_all_group_messages"):
        yield warning(
            "group privacy",
            "The bot is sent every message of its groups.",
            "Switch the group privacy mode on in @BotFather (/setprivacy).",
        )
    yield _clock(headers.get("Date"), middle)
    webhook, _ = calls.call("getWebhookInfo")
    yield from _webhook(webhook, settings.webhook_url, clock())


class _Calls:
    """Calls methods of the Bot API."""

    def __init__(self, client: httpx.Client, root: str, token: str) -> None:
        self._client = client
        self._root = root.rstrip("/")
        self._token = token
        self._host = host_of(root)

    def call(self, method: str) -> tuple[dict[str, Any], httpx.Headers]:
        """Return the result and the headers; raise ``_FailedError``."""
        try:
            response = self._client.get(f"{self._root}/bot{self._token}/{method}")
            body = response.json()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            why, mend = reason(error)
            raise _FailedError(fault("network", f"{self._host}: {why}.", mend)) from None
        except ValueError:
            raise _FailedError(self._odd(response.status_code)) from None
        if response.status_code in (401, 404):
            raise _FailedError(
                fault(
                    "bot",
                    "Telegram refuses the token.",
                    "Ask @BotFather for it (/token) and set it anew; a revoked one stays refused.",
                )
            )
        result = body.get("result") if isinstance(body, dict) else None
        if response.status_code != 200 or not isinstance(result, dict):
            raise _FailedError(self._odd(response.status_code))
        return result, response.headers

    def _odd(self, status: int) -> Finding:
        if status >= 500:
            return warning(
                "network", f"{self._host} is in trouble (status {status}).", "Wait; the bot does."
            )
        return fault(
            "network",
            f"{self._host} answers, but not as the Bot API does (status {status}).",
            "Check DARICHEH_TELEGRAM_API_URL, and whether a login page or a proxy is in between.",
        )


def _proxy(address: str) -> Finding:
    """Return whether somebody listens at the proxy's address."""
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 1080)
        with socket.create_connection((parts.hostname or "", port), SECONDS):
            return ok("proxy", f"{host_of(address)} listens.")
    except (OSError, ValueError) as error:
        why, mend = reason(error)
        return fault("proxy", f"The proxy {host_of(address)}: {why}.", mend)


def _clock(date: str | None, now: float) -> Finding:
    try:
        skew = now - parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return warning(
            "clock", "Telegram's answer tells no time to compare with.", "Check the clock."
        )
    direction = "ahead of" if skew > 0 else "behind"
    what = f"This machine's clock is {abs(skew):.0f} s {direction} Telegram's."
    mend = "Set the clock by the network: timedatectl set-ntp true"
    if abs(skew) >= SKEW_FAULT:
        return fault("clock", f"{what} Messages that delete themselves go at wrong times.", mend)
    if abs(skew) >= SKEW_WARNED:
        return warning("clock", what, mend)
    return ok("clock", f"Within {max(1, round(abs(skew)))} s of Telegram's.")


def _webhook(info: dict[str, Any], wanted: str | None, now: float) -> Iterator[Finding]:
    url = str(info.get("url") or "")
    if wanted is None and url:
        yield warning(
            "webhook",
            f"Telegram calls {host_of(url)}, and this bot is to poll.",
            "Is another process running with this token? If not: the next start ends the webhook.",
        )
    elif wanted is not None and not url.startswith(f"{wanted.rstrip('/')}/"):
        yield warning(
            "webhook",
            f"Telegram calls {host_of(url)}." if url else "Telegram calls no webhook yet.",
            "Start the bot: it tells Telegram its address. If it runs, look at its log.",
        )
    else:
        yield ok("webhook", f"Telegram calls {host_of(url)}." if url else "None: the bot polls.")
    if url and now - float(info.get("last_error_date") or 0.0) < _LAST_ERROR:
        yield warning(
            "webhook errors",
            f"Within the last hour Telegram could not deliver: {_shown(info)}.",
            "Look at the proxy before the bot: its certificate, its address, its log.",
        )
    waiting = int(info.get("pending_update_count") or 0)
    if waiting >= WAITING_WARNED:
        yield warning(
            "waiting",
            f"{waiting} updates wait at Telegram.",
            "Is the bot running? Look at /readyz.",
        )
    else:
        yield ok("waiting", f"{waiting} updates wait at Telegram.")


def _shown(info: dict[str, Any]) -> str:
    """Return Telegram's words on the last trouble, without any address in them."""
    words = str(info.get("last_error_message") or "it does not say why").split()
    return " ".join(word for word in words if "/" not in word).rstrip(".")
