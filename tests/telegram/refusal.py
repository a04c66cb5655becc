"""The Bot API's way of saying no."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818  it is what the server answers, not a fault of ours
    """An answer with ``ok`` false: HTTP status, the API's words, and when to come back."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """Return the JSON object that the Bot API sends with this status."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(words: str) -> Refusal:
    """Return a 400 in the API's form."""
    return Refusal(400, f"Bad Request: {words}")
