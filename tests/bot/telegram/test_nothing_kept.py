"""Nothing a person wrote, nothing of who they are and no token reaches a log or the disk."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from bot.telegram.app import LEDGER
from retrieval.settings import PROJECT
from tests.telegram.people import Person
from tests.telegram.server import StandIn

WORDS = ("mandarin-lantern", "پرتقال‌خونی", "walnut fail harbour", "velvet-caption", "تمساح‌آبی")
PANIC = "sandalwood orchard"
CHAT = 7_340_912_655
REMEMBERED = 7_115_638_240
GROUP = -100_8_264_471_930


@dataclass
class Outcome:
    """What a run left behind: its output and every file, with what must not be in them."""

    output: bytes = b""
    files: dict[Path, bytes] = field(default_factory=dict)

    def found(self, secrets: list[str]) -> list[str]:
        """Return where a secret stands, in any of the forms a program would write it in."""
        places = {"output": self.output, **{str(p): data for p, data in self.files.items()}}
        return [
            f"{secret!r} in {place}"
            for place, data in places.items()
            for secret in secrets
            if any(form in data for form in _forms(secret))
        ]


def _forms(secret: str) -> set[bytes]:
    """Return the secret as UTF-8, UTF-16, escaped as in JSON and repr, and quoted as in a URL."""
    escaped = secret.encode("ascii", "backslashreplace")
    return {
        secret.encode(),
        secret.encode("utf-16-le"),
        escaped,
        escaped.replace(b"\\", b"\\\\"),
        quote(secret).encode(),
        quote(secret, safe="").encode(),
        secret.replace(" ", "+").encode(),
    }


@asynccontextmanager
async def bot_process(
    telegram: StandIn, scratch: Path, *options: str, which: str = "marked_bot", **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the marked bot with every place it could write to inside ``scratch``."""
    for name in ("home", "tmp", "state", "cwd"):
        (scratch / name).mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "XDG_CACHE_HOME": str(scratch / "home" / "cache"),
        "DARICHEH_STATE": str(scratch / "state"),
        "DARICHEH_TELEGRAM_TOKEN": telegram.token,
        "DARICHEH_TELEGRAM_API_URL": telegram.url,
        "DARICHEH_LOG_LEVEL": "DEBUG",
        **settings,
    }
    output = (scratch / "output").open("ab")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-X", "dev", "-m", f"tests.bot.telegram.{which}", *options,
        cwd=scratch / "cwd", env=environment, stdout=output, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        output.close()
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), 30)


async def converse(telegram: StandIn) -> None:
    """Hold the marked conversation: text, failure, edit, caption, buttons, group, network."""
    person = telegram.person(CHAT, language_code="en")
    question = person.says(WORDS[0])
    await person.hears()
    person.says(f"{WORDS[1]} چیست؟")
    await person.hears()
    person.says(WORDS[2])
    await person.hears()
    person.edits(question, f"{WORDS[0]} again")
    await person.hears(kind="edited")
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    person.sends(photo=photo, caption=WORDS[3])
    await person.hears(2)
    telegram.fault("server_error", "sendMessage")
    telegram.fault("too_many", "sendMessage")
    telegram.fault("not_json", "sendMessage")
    telegram.fault("drop_before", "getUpdates", times=2)
    telegram.deliver("message", {"message_id": WORDS[0], "chat": {"id": CHAT}})
    person.says(f"{WORDS[4]}؟")
    await person.hears()
    group = telegram.group(GROUP)
    group.says(f"@DarichehTestBot {WORDS[0]}")
    await group.hears()
    person.says(f"/{WORDS[0].replace('-', '_')}")
    await person.hears()
    person.says("/forget")
    await person.hears()
    person.blocks()
    await have_remembered(telegram.person(REMEMBERED, language_code="en"))


async def have_remembered(person: Person) -> None:
    """Leave behind what survives a restart: choices, a panic word and deletions that are due."""
    person.says("/settings")
    [menu] = await person.hears()
    for label in ("Remember settings", "Delete messages", "after an hour", "Panic word",
                  "Set the word"):  # fmt: skip
        person.presses(person.chat.messages[menu["message_id"]], label)
        await person.hears(kind="edited")
    person.says(PANIC)
    await person.hears()
    person.says(WORDS[0])
    await person.hears()


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


async def run(scratch: Path, *options: str, **settings: str) -> tuple[Outcome, list[str]]:
    """Run the conversation and return what it left and showed, and what must not be there."""
    port = free_port()
    shown: dict[Path, bytes] = {}
    async with StandIn() as telegram:
        settings["DARICHEH_METRICS_LISTEN"] = f"127.0.0.1:{port}"
        async with bot_process(telegram, scratch, *options, **settings) as process:
            await converse(telegram)
            async with httpx.AsyncClient() as client:
                for page in ("metrics", "healthz", "readyz"):
                    answer = await client.get(f"http://127.0.0.1:{port}/{page}")
                    shown[Path(page)] = str(answer.headers).encode() + answer.content
        assert process.returncode == 0
        files = {path: path.read_bytes() for path in scratch.rglob("*") if path.is_file()}
        files |= shown
        outcome = Outcome(files.pop(scratch / "output"), files)
        secrets = [*WORDS, PANIC, str(CHAT), str(abs(GROUP)), str(REMEMBERED)]
        secrets += [f"Person{CHAT}", f"person_{CHAT}"]
        return outcome, [*secrets, telegram.token, telegram.token.split(":")[1]]


async def test_a_marked_conversation_at_debug_leaves_nothing(tmp_path: Path) -> None:
    outcome, secrets = await run(tmp_path)
    assert outcome.found(secrets) == []
    assert [path.name for path in outcome.files if path.parent.name == "state"] == [LEDGER]
    assert b"the bot is running" in outcome.output  # it did log
    assert b"telegram.ext" in outcome.output  # and so did the library, without its words
    assert b"RuntimeError at" in outcome.output
    assert b"daricheh_answers_total" in outcome.files[Path("metrics")]  # it did show its figures


async def test_nor_does_it_where_the_log_is_json(tmp_path: Path) -> None:
    outcome, secrets = await run(tmp_path, DARICHEH_LOG_FORMAT="json")
    assert outcome.found(secrets) == []
    lines = [json.loads(line) for line in outcome.output.splitlines()]
    assert any(line["message"].startswith("the bot is running") for line in lines)
    assert any("RuntimeError at" in line["message"] for line in lines)


@pytest.mark.parametrize("place", ["output"])
async def test_the_search_notices_a_bot_that_logs_as_libraries_do(
    tmp_path: Path, place: str
) -> None:
    outcome, secrets = await run(tmp_path, "--leaky")
    found = outcome.found(secrets)
    for secret in secrets:
        assert f"{secret!r} in {place}" in found
