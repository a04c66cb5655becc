"""A Chroma server, reached over HTTP.

Chroma's own client waits for ever for a server that hangs, goes through whatever proxy the
environment names, and tells a server that is gone from one that refuses by the text of an error
alone. So its connection is replaced by one that does none of that.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import httpx
from chromadb.api.client import Client
from chromadb.api.fastapi import FastAPI
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, System

from retrieval.errors import IndexUnavailableError, ServerGoneError
from retrieval.index.vectors import silent_settings

CONNECT = 3.0  # seconds until a server that says nothing is taken for gone


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Chroma server is. ``token`` is sent with every request, for the proxy before it."""

    url: str
    token: str | None = None

    def __repr__(self) -> str:
        return f"Address({self.url!r})"


def connected(address: Address, seconds: float) -> Client:
    """Return a client of the server at ``address`` that waits at most ``seconds`` for an answer.

    Nothing is sent before the client is used. Its methods raise ``ServerGoneError`` where the
    server cannot be reached or does not answer as a Chroma server does, ``IndexUnavailableError``
    where it refuses, and what Chroma raises else.
    """
    settings = silent_settings(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=address.url,
        chroma_server_http_port=0,  # of no account beside an address that is a URL
    )
    connection = System(settings).instance(_Connection)
    connection.use(
        httpx.Client(
            timeout=httpx.Timeout(seconds, connect=CONNECT),
            headers=_headers(address.token),
            transport=_Watched(address.url),
            trust_env=False,
        )
    )
    return _Client(connection)


class _Connection(FastAPI):
    """Chroma's connection, with a session of ours in the place of its own."""

    def use(self, session: httpx.Client) -> None:
        self._session.close()
        self._session = session
        weakref.finalize(self, session.close)


class _Watched(httpx.BaseTransport):
    """Tells what Chroma's client does not: a server that is gone, in trouble, refuses, or is
    another."""

    def __init__(self, url: str) -> None:
        self._url = url
        # Without TLS there is no certificate to look at, and no need to read hundreds of them.
        self._beneath = httpx.HTTPTransport(verify=url.startswith("https:"))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._beneath.handle_request(request)
            response.read()
        except httpx.TransportError as error:
            raise ServerGoneError(
                f"The Chroma server at {self._url} does not answer ({type(error).__name__}). "
                "Is it running, and is DARICHEH_CHROMA_URL right?"
            ) from None
        if response.status_code in (401, 403):
            raise IndexUnavailableError(
                f"The Chroma server at {self._url} refuses (status {response.status_code}). "
                "Set DARICHEH_CHROMA_TOKEN to what the proxy before it asks for."
            )
        if response.status_code >= 500:
            raise ServerGoneError(
                f"The Chroma server at {self._url} is in trouble (status {response.status_code}). "
                "Its log says more."
            )
        if not response.headers.get("content-type", "").startswith("application/json"):
            raise ServerGoneError(
                f"What answers at {self._url} is no Chroma server. Is DARICHEH_CHROMA_URL right?"
            )
        return response

    def close(self) -> None:
        self._beneath.close()


class _Client(Client):
    """Chroma's client on a connection that is there already."""

    def __init__(self, connection: _Connection) -> None:
        self._server = connection
        self.tenant, self.database = DEFAULT_TENANT, DEFAULT_DATABASE


def _headers(token: str | None) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        **({"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}),
    }
