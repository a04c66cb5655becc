"""The stand-in refuses what the real Bot API refuses, in its words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.telegram.markup import CannotParse, parse
from tests.telegram.server import TOKEN, StandIn

CHAT = 501


@pytest.fixture
async def telegram() -> AsyncIterator[StandIn]:
    async with StandIn() as server:
        server.person(CHAT)
        yield server


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5) as client:
        yield client


class Caller:
    def __init__(self, telegram: StandIn, client: httpx.AsyncClient) -> None:
        self.telegram, self.client = telegram, client

    async def __call__(self, method: str, token: str = TOKEN, **given: Any) -> dict[str, Any]:
        data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
        url = f"{self.telegram.url}/bot{token}/{method}"
        return dict((await self.client.post(url, data=data)).json())

    async def refused(self, method: str, **given: Any) -> str:
        body = await self(method, **given)
        assert body["ok"] is False
        assert body["error_code"] == 400
        return str(body["description"])

    async def send(self, text: str = "hello", **more: Any) -> dict[str, Any]:
        body = await self("sendMessage", chat_id=CHAT, text=text, **more)
        assert body["ok"], body
        return dict(body["result"])


@pytest.fixture
def call(telegram: StandIn, client: httpx.AsyncClient) -> Caller:
    return Caller(telegram, client)


async def test_tokens_and_methods(call: Caller) -> None:
    assert (await call("getMe"))["result"]["username"] == "DarichehTestBot"
    assert (await call("GETME"))["ok"]
    assert (await call("getMe", token="1:wrong"))["error_code"] == 401  # noqa: S106
    assert (await call("getMe", token="nonsense"))["error_code"] == 404  # noqa: S106
    unknown = await call("sendPigeon")
    assert unknown == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"chat_id": "", "text": "x"}, "chat_id is empty"),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": CHAT, "text": ""}, "message text is empty"),
        ({"chat_id": CHAT, "text": " \n\u200f "}, "message text is empty"),
        ({"chat_id": CHAT, "text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"chat_id": CHAT, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": CHAT, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": CHAT, "text": "<b>x", "parse_mode": "HTML"},
         'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"chat_id": CHAT, "text": "x", "reply_parameters": {"message_id": 7}},
         "message to be replied not found"),
    ],
)  # fmt: skip
async def test_messages_it_refuses(call: Caller, given: dict[str, Any], words: str) -> None:
    assert await call.refused("sendMessage", **given) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("x < y", 'Unclosed start tag at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("آ</b>", "Unexpected end tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("a & b", "Unescaped & at byte offset 2"),
        ("&nbsp;", "Unescaped & at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)  # fmt: skip
def test_html_it_refuses(source: str, words: str) -> None:
    with pytest.raises(CannotParse) as refusal:
        parse(source)
    assert str(refusal.value) == words


def test_html_it_takes() -> None:
    plain, entities = parse(
        '😀<b>a<i>b</i></b> &lt;&amp;&#1583;&#x62F; <a href="https://x.y/?a=1">l</a>'
        "<blockquote expandable>q</blockquote>"
    )
    assert plain == "😀ab <&دد lq"
    found = {(entity.type, entity.offset, entity.length) for entity in entities}
    assert found == {
        ("i", 3, 1), ("b", 2, 2), ("a", 10, 1), ("expandable_blockquote", 11, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "y" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ی" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "text buttons are unallowed in the inline keyboard"),
        ({"text": "", "callback_data": "x"},
         "can't parse inline keyboard button: text is empty"),
    ],
)  # fmt: skip
async def test_buttons_it_refuses(call: Caller, button: dict[str, str], words: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    description = await call.refused("sendMessage", chat_id=CHAT, text="x", reply_markup=markup)
    assert description == f"Bad Request: {words}"


async def test_text_that_is_not_utf8_is_refused(call: Caller) -> None:
    response = await call.client.post(
        f"{call.telegram.url}/bot{TOKEN}/sendMessage",
        content=b"chat_id=501&text=%ED%A0%80",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_an_edit_must_change_something(call: Caller) -> None:
    sent = await call.send("same")
    given = {"chat_id": CHAT, "message_id": sent["message_id"]}
    assert "message is not modified" in await call.refused("editMessageText", text="same", **given)
    assert (await call("editMessageText", text="other", **given))["ok"]
    assert "message is not modified" in await call.refused("editMessageReplyMarkup", **given)
    gone = {"chat_id": CHAT, "message_id": 1}
    assert "message to edit not found" in await call.refused("editMessageText", text="x", **gone)


async def test_messages_of_48_hours_cannot_be_deleted(call: Caller) -> None:
    old, person = await call.send(), call.telegram.person(CHAT)
    call.telegram.advance(48)
    sent = await call.send()
    theirs = person.says("hello")
    given = {"chat_id": CHAT, "message_ids": [old["message_id"], sent["message_id"]]}
    description = "Bad Request: message can't be deleted for everyone"
    assert await call.refused("deleteMessages", **given) == description
    one = {"chat_id": CHAT, "message_id": old["message_id"]}
    assert await call.refused("deleteMessage", **one) == description
    both = [sent["message_id"], theirs["message_id"], 9]
    assert (await call("deleteMessages", chat_id=CHAT, message_ids=both))["result"] is True
    gone = await call.refused("deleteMessage", chat_id=CHAT, message_id=sent["message_id"])
    assert gone == "Bad Request: message to delete not found"


async def test_a_blocked_bot_is_told_so(call: Caller) -> None:
    call.telegram.person(502).blocks()
    body = await call("sendMessage", chat_id=502, text="x")
    assert body["error_code"] == 403
    assert body["description"] == "Forbidden: bot was blocked by the user"


async def test_updates_wait_until_they_are_confirmed(call: Caller) -> None:
    call.telegram.person(503).says("one", deliveries=2)
    [first] = (await call("getUpdates"))["result"]
    [again] = (await call("getUpdates"))["result"]
    after = first["update_id"] + 1
    [redelivered] = (await call("getUpdates", offset=after))["result"]
    assert first == again == redelivered
    assert (await call("getUpdates", offset=after, timeout=0))["result"] == []


async def test_polling_and_webhook_exclude_each_other(call: Caller) -> None:
    refused = await call.refused("setWebhook", url="http://example.org/")
    assert refused == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert (await call("setWebhook", url="https://example.org/", secret_token="abc"))["ok"]  # noqa: S106
    assert (await call("getUpdates"))["error_code"] == 409
    assert (await call("getWebhookInfo"))["result"]["url"] == "https://example.org/"
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getUpdates"))["ok"]


async def test_too_many_messages_to_one_chat_meet_a_429(client: httpx.AsyncClient) -> None:
    async with StandIn(per_chat_per_second=2) as telegram:
        call = Caller(telegram, client)
        telegram.person(CHAT)
        telegram.person(CHAT + 1)
        await call.send()
        await call.send()
        body = await call("sendMessage", chat_id=CHAT, text="x")
        assert body["error_code"] == 429
        assert body["parameters"] == {"retry_after": 1}
        assert (await call("sendMessage", chat_id=CHAT + 1, text="x"))["ok"]


async def test_scripted_faults_strike_once_each(call: Caller) -> None:
    call.telegram.fault("too_many", "sendMessage", retry_after=7)
    call.telegram.fault("drop_before", "sendMessage")
    call.telegram.fault("drop_after", "sendMessage")
    body = await call("sendMessage", chat_id=CHAT, text="x")
    assert body["description"] == "Too Many Requests: retry after 7"
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            await call("sendMessage", chat_id=CHAT, text="x")
    await call.send()
    chat = call.telegram.chats.get(CHAT)
    assert chat is not None
    assert len(chat.from_bot()) == 2  # the one that was cut off after it was carried out counts


async def test_a_query_is_answered_once_and_in_time(call: Caller) -> None:
    sent = await call.send(
        reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    )
    person = call.telegram.person(CHAT)
    person.presses_data(sent, "b")
    [update] = (await call("getUpdates"))["result"]
    number = update["callback_query"]["id"]
    assert (await call("answerCallbackQuery", callback_query_id=number))["ok"]
    assert "query is too old" in await call.refused("answerCallbackQuery", callback_query_id=number)


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
        ("setMyName", {"name": "x" * 65}),
        ("setMyDescription", {"description": "x", "language_code": "persian"}),
    ],
)
async def test_profiles_it_refuses(call: Caller, method: str, given: dict[str, Any]) -> None:
    await call.refused(method, **given)
