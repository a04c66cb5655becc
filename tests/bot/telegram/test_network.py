"""What the network does to a bot: limits, errors, cuts, repeats; and that order survives."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.telegram import requests
from bot.telegram.app import TelegramBot
from bot.telegram.patience import Patience
from bot.telegram.starting import CannotRunError
from tests.bot.telegram.conftest import running, settings
from tests.bot.telegram.scripted import ASKED_EN, ASKED_FA, Scripted
from tests.telegram.people import Person, until
from tests.telegram.server import StandIn

WRONG = "123456:not-the-token"


def answers(person: Person) -> list[str]:
    return [event["text"] for kind, event in person.chat.events if kind == "sent"]


@pytest.mark.usefixtures("bot")
async def test_a_429_holds_back_its_own_chat_only(telegram: StandIn) -> None:
    slow, quick = telegram.person(2001), telegram.person(2002)
    telegram.fault("too_many", "sendMessage", chat=2001, retry_after=2)
    began = time.monotonic()
    slow.says(ASKED_FA)
    quick.says(ASKED_FA)
    await quick.hears()
    assert answers(slow) == []
    await slow.hears()
    assert time.monotonic() - began >= 2


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("kind", ["server_error", "drop_before", "drop_after", "not_json"])
@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
async def test_a_failing_request_is_tried_again(telegram: StandIn, kind: str, method: str) -> None:
    sara = telegram.person(2003)
    telegram.fault(kind, method, times=2)
    sara.says(ASKED_FA)
    heard = await sara.hears()
    assert "احضار رسمی نیست" in heard[0]["text"]


async def test_a_request_that_hangs_is_given_up_and_tried_again(
    telegram: StandIn, library: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "READ", 0.3)
    async with running(telegram, library):
        sara = telegram.person(2004)
        telegram.fault("slow", "sendMessage", seconds=1.0)
        sara.says(ASKED_FA)
        await sara.hears()


@pytest.mark.usefixtures("bot")
async def test_a_failing_typing_action_does_not_delay_the_answer(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(2005)
    telegram.fault("server_error", "sendChatAction", times=5)
    library.hold.clear()
    sara.says(ASKED_FA)
    await until(lambda: "sendChatAction" in telegram.requests, lambda: "the typing action")
    library.hold.set()
    await sara.hears()
    assert telegram.requests.count("sendChatAction") == 1


@pytest.mark.usefixtures("bot")
async def test_an_update_delivered_twice_is_answered_once(
    telegram: StandIn, library: Scripted
) -> None:
    sara = telegram.person(2006)
    sara.says(ASKED_FA, deliveries=2)
    [answer] = await sara.hears()
    sara.presses(answer, "منابع", deliveries=2)
    await sara.hears()
    await sara.hears_nothing()
    assert len(library.asked) == 1


@pytest.mark.usefixtures("bot")
async def test_an_update_that_cannot_be_read_does_not_stop_the_others(telegram: StandIn) -> None:
    sara = telegram.person(2012)
    telegram.deliver("message", {"message_id": 1, "chat": {"id": 2012}})
    sara.says(ASKED_FA)
    await sara.hears()
    telegram.deliver("message", {"message_id": 1, "chat": {"id": 2012}})
    await until(telegram.updates.empty, lambda: "the update to be confirmed")
    sara.says(ASKED_EN)
    await sara.hears()


@pytest.mark.usefixtures("bot")
async def test_within_a_chat_answers_come_in_order_and_chats_run_side_by_side(
    telegram: StandIn, library: Scripted
) -> None:
    people = [telegram.person(2100 + n) for n in range(12)]
    for round_ in range(3):
        for person in people:
            person.says(f"question {round_} of {person.chat.id}?")
    for person in people:
        await until(lambda p=person: len(answers(p)) == 3, lambda: "three answers")  # type: ignore[misc]
    for person in people:
        asked = [q for q, _ in library.asked if q.endswith(f"{person.chat.id}?")]
        assert asked == [f"question {n} of {person.chat.id}?" for n in range(3)]


@pytest.mark.usefixtures("bot")
async def test_every_question_is_answered_once_while_the_network_misbehaves(
    telegram: StandIn,
) -> None:
    people = [telegram.person(2200 + n) for n in range(10)]
    for n in range(6):
        telegram.fault("too_many", "sendMessage", chat=2200 + n, retry_after=1)
        telegram.fault("server_error", "sendMessage", chat=2204 + n, code=500)
        telegram.fault("drop_before", "sendMessage", chat=2203 + n)
    telegram.fault("drop_after", "getUpdates", times=2)
    for person in people:
        person.says(ASKED_FA, deliveries=2)
        person.says(ASKED_EN)
    for person in people:
        await until(lambda p=person: len(answers(p)) >= 2, lambda: "two answers")  # type: ignore[misc]
    await asyncio.sleep(0.2)
    for person in people:
        first, second = answers(person)
        assert "احضار رسمی نیست" in first
        assert second.startswith("Telegram has been blocked")


async def test_the_bot_waits_for_a_telegram_that_is_down_at_the_start(
    telegram: StandIn, library: Scripted
) -> None:
    telegram.fault("server_error", "getMe", times=3)
    telegram.fault("drop_before", "deleteWebhook", times=2)
    async with running(telegram, library):
        sara = telegram.person(2007)
        sara.says(ASKED_FA)
        await sara.hears()


async def test_a_refused_token_ends_the_bot_with_a_clear_line(
    telegram: StandIn, library: Scripted
) -> None:
    bot = TelegramBot(settings(telegram, telegram_token=WRONG), library)
    with pytest.raises(CannotRunError, match="refuses the bot's token"):
        await asyncio.wait_for(bot.serve(), 60)


async def test_a_token_revoked_while_running_ends_the_bot(
    telegram: StandIn, library: Scripted
) -> None:
    bot = TelegramBot(settings(telegram), library, Patience(first=0.02))
    serving = asyncio.create_task(bot.serve())
    await until(lambda: "getUpdates" in telegram.requests, lambda: "polling")
    telegram.revoked = True
    telegram.person(2008).says("hello?")
    with pytest.raises(CannotRunError):
        await asyncio.wait_for(serving, 60)


async def test_stopping_does_not_wait_for_a_long_ban(
    telegram: StandIn, library: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.app.GRACE", 0.2)
    bot = TelegramBot(settings(telegram), library, Patience(longest_ban=900))
    serving = asyncio.create_task(bot.serve())
    telegram.fault("too_many", "sendMessage", retry_after=600, times=9)
    sara = telegram.person(2009)
    sara.says(ASKED_FA)
    await until(lambda: "sendMessage" in telegram.requests, lambda: "the answer to be tried")
    bot.stop()
    await asyncio.wait_for(serving, 60)


async def test_an_answer_under_way_is_still_sent_when_the_bot_is_stopped(
    telegram: StandIn, library: Scripted
) -> None:
    async with running(telegram, library) as bot:
        sara = telegram.person(2010)
        library.hold.clear()
        sara.says(ASKED_FA)
        await until(lambda: bool(library.asked), lambda: "the question")
        bot.stop()
        await asyncio.sleep(0.1)
        library.hold.set()
    assert len(answers(sara)) == 1


async def test_requests_go_through_the_proxy_that_is_set(
    telegram: StandIn, library: Scripted
) -> None:
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readline())
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    bot = TelegramBot(
        settings(telegram, telegram_proxy=f"http://127.0.0.1:{port}"),
        library,
        Patience(first=0.02, attempts=1),
    )
    serving = asyncio.create_task(bot.serve())
    await until(lambda: bool(seen), lambda: "a request at the proxy")
    bot.stop()
    await asyncio.wait_for(serving, 60)
    server.close()
    await server.wait_closed()
    assert telegram.requests == []


async def test_both_kinds_of_request_go_through_a_socks_proxy(
    telegram: StandIn, library: Scripted
) -> None:
    connections: list[bytes] = []
    open_ends: list[asyncio.StreamWriter] = []

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ends.append(writer)
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = (await reader.readexactly(2))[1]
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        request = await reader.readexactly(4 + 4 + 2)  # an IPv4 address and a port
        connections.append(request)
        port = int.from_bytes(request[-2:], "big")
        there = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await asyncio.gather(pipe(reader, there[1]), pipe(there[0], writer), return_exceptions=True)

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    address = f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with running(telegram, library, telegram_proxy=address):
        sara = telegram.person(2013)
        sara.says(ASKED_FA)
        await sara.hears()
    server.close()
    for each in open_ends:
        each.close()
    await asyncio.gather(*(each.wait_closed() for each in open_ends), return_exceptions=True)
    port = int(telegram.url.rpartition(":")[2])
    assert len(connections) >= 2  # one pool sends, the other fetches updates
    assert {int.from_bytes(each[-2:], "big") for each in connections} == {port}
