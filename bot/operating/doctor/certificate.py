"""The certificate with which the bot itself speaks TLS, where it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509

from bot.operating.doctor.finding import Finding, fault, ok, warning

SOON = 14  # days


def certificate_findings(file: Path | None, now: dt.datetime) -> Iterator[Finding]:
    """Yield how long the webhook's certificate in ``file`` still holds, where there is one."""
    if file is None:
        return
    try:
        ends = x509.load_pem_x509_certificates(file.read_bytes())[0].not_valid_after_utc
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it holds no certificate"
        yield fault("certificate", f"{file}: {why}.", "Check DARICHEH_WEBHOOK_CERT.")
        return
    left = (ends - now).days
    mend = "Renew it, and start the bot anew: it reads it at the start."
    if left < 0:
        yield fault("certificate", f"It ended on {ends:%Y-%m-%d}; Telegram calls no more.", mend)
    elif left < SOON:
        yield warning("certificate", f"It ends on {ends:%Y-%m-%d}.", mend)
    else:
        yield ok("certificate", f"It holds until {ends:%Y-%m-%d}.")
