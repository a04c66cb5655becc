"""A Bot API server on loopback: real HTTP, the real API's strictness, and faults on demand."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from types import TracebackType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.telegram.calls import Calls
from tests.telegram.chats import Chats, Json
from tests.telegram.faults import Fault, Faults
from tests.telegram.methods import Methods
from tests.telegram.people import Group, Person
from tests.telegram.refusal import Refusal, bad_request
from tests.telegram.updates import Updates

TOKEN = "123456789:stand-in-token-that-is-not-a-real-one"  # noqa: S105
BOT = {"id": 123456789, "is_bot": True, "first_name": "Daricheh", "username": "DarichehTestBot"}
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)


class StandIn:
    """The server. Used as ``async with StandIn() as telegram``; ``telegram.url`` is its address.

    ``per_chat_per_second`` answers 429 to a chat that gets more sendMessage calls than that.
    """

    def __init__(self, token: str = TOKEN, per_chat_per_second: int | None = None) -> None:
        self.token = token
        self.faults = Faults()
        self.updates = Updates()
        self.chats = Chats(BOT, self.now)
        self.methods = Methods(self.chats, self.now)
        self.webhook: Json = {"url": ""}
        self.revoked = False
        self.requests: list[str] = []
        self._ahead = 0.0
        self._rate = per_chat_per_second
        self._sent: dict[int, deque[float]] = defaultdict(deque)
        self._server: HTTPServer | None = None
        self.calls = Calls(lambda: self.webhook)
        self.url = ""

    def now(self) -> float:
        """Return the server's time in seconds since the epoch."""
        return time.time() + self._ahead

    def advance(self, hours: float) -> None:
        """Let hours pass."""
        self._ahead += hours * 3600

    def person(self, number: int, language_code: str | None = "fa") -> Person:
        """Return a person with a private chat."""
        return Person(self, number, language_code)

    def group(self, number: int) -> Group:
        """Return a group."""
        return Group(self, number)

    def fault(self, kind: Any, method: str, **options: Any) -> None:
        """Script a fault; see ``tests.telegram.faults``."""
        self.faults.add(Fault(kind, method, **options))

    async def __aenter__(self) -> StandIn:
        sockets = bind_sockets(0, "127.0.0.1")
        routes = [(r"/bot([^/]+)/([^/]+)", _Call, {"stand_in": self})]
        self._server = HTTPServer(Application(routes, log_function=lambda _handler: None))
        self._server.add_sockets(sockets)
        self.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.calls.close()
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()

    def deliver(self, kind: str, content: Json, deliveries: int = 1) -> None:
        """Hand the bot an update: into the queue, or to its webhook."""
        number = self.updates.put(kind, content, deliveries)
        if self.webhook["url"]:
            self.calls.put({"update_id": number, kind: content}, deliveries)
            self.updates.confirm(number + 1)

    def limit(self, method: str, chat: int | None) -> None:
        """Raise a 429 where a chat gets messages faster than the limit."""
        if self._rate is None or method != "sendMessage" or chat is None:
            return
        sent, now = self._sent[chat], time.monotonic()
        while sent and now - sent[0] > 1:
            sent.popleft()
        if len(sent) >= self._rate:
            raise Refusal(429, "Too Many Requests: retry after 1", 1)
        sent.append(now)

    async def carry_out(self, method: str, given: dict[str, Any]) -> Any:
        """Return the result of a call; raise ``Refusal``."""
        name = method.lower()
        if name == "getupdates":
            if self.webhook["url"]:
                raise Refusal(409, _WEBHOOK_ACTIVE)
            return await self.updates.get(
                int(given.get("offset") or 0),
                int(given.get("limit") or 100),
                float(given.get("timeout") or 0),
                given.get("allowed_updates"),
            )
        if name == "setwebhook":
            self._set_webhook(given)
            return True
        if name == "deletewebhook":
            self.webhook = {"url": ""}
            return True
        if name == "getwebhookinfo":
            told = {name: value for name, value in self.webhook.items() if name != "secret_token"}
            return {"has_custom_certificate": False, "pending_update_count": 0, **told}
        return self.methods.call(method, given)

    def _set_webhook(self, given: dict[str, Any]) -> None:
        url = str(given.get("url") or "")
        if url and not re.match(r"https://|http://127\.0\.0\.1[:/]", url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = str(given.get("secret_token") or "")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        self.webhook = {"url": url, "secret_token": secret}
        if given.get("certificate"):
            self.webhook["certificate"] = given["certificate"]


class _Call(RequestHandler):
    def initialize(self, stand_in: StandIn) -> None:
        self._stand_in = stand_in

    async def get(self, token: str, method: str) -> None:
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        stand_in = self._stand_in
        stand_in.requests.append(method)
        try:
            if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
                raise Refusal(404, "Not Found")
            if token != stand_in.token or stand_in.revoked:
                raise Refusal(401, "Unauthorized")
            given = self._parameters()
            chat = int(given["chat_id"]) if str(given.get("chat_id") or "").strip() else None
            fault = stand_in.faults.take(method, chat)
            if fault is not None and await self._strike(fault):
                return
            stand_in.limit(method, chat)
            result = await stand_in.carry_out(method, given)
            if fault is not None and fault.kind == "drop_after":
                self.detach().close()
                return
            self._send(200, {"ok": True, "result": result})
        except Refusal as refusal:
            self._send(refusal.code, refusal.body())

    async def _strike(self, fault: Fault) -> bool:
        """Do the fault's harm; return whether the call is over with that."""
        if fault.kind == "too_many":
            after = fault.retry_after
            raise Refusal(429, f"Too Many Requests: retry after {after}", after)
        if fault.kind == "server_error":
            self.set_status(fault.code)
            self.finish("<html><body><h1>Bad Gateway</h1></body></html>")
            return True
        if fault.kind == "not_json":
            self.finish("{rubbish")
            return True
        if fault.kind == "drop_before":
            self.detach().close()
            return True
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        return False

    def _send(self, code: int, body: Json) -> None:
        self.set_status(code)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body))

    def _parameters(self) -> dict[str, Any]:
        """Return the parameters, from the query, a form or JSON, with JSON values read."""
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            given = json.loads(self.request.body or b"{}")
            return dict(given)
        given = {
            name: _value(name, values[-1])
            for name, values in {**self.request.query_arguments, **self.request.arguments}.items()
        }
        return given | {name: files[-1]["body"] for name, files in self.request.files.items()}


_JSON_PARAMETERS = {
    "reply_markup", "link_preview_options", "reply_parameters", "allowed_updates", "message_ids",
    "commands", "scope", "results", "button",
}  # fmt: skip


def _value(name: str, value: bytes) -> Any:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    if name not in _JSON_PARAMETERS:
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise bad_request(f"can't parse {name} JSON object") from error
