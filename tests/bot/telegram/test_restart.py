"""What is due when the bot ends happens when it begins again; the disk names nobody meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.telegram.app import LEDGER, TelegramBot
from bot.telegram.sealed import SealedFile
from bot.telegram.starting import CannotRunError
from tests.bot.telegram.conftest import running, settings
from tests.bot.telegram.scripted import ASKED_FA, Scripted
from tests.bot.telegram.settings_menu import WORD, gone, leads, opened, sets_word
from tests.bot.telegram.test_nothing_kept import CHAT, WORDS, Outcome, bot_process
from tests.telegram.people import until
from tests.telegram.server import StandIn


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.vanishing.EVERY", 0.02)


async def test_a_killed_process_deletes_after_its_start_what_was_due(tmp_path: Path) -> None:
    """Killed, with no time to write anything; in the processes' real time."""
    async with StandIn() as telegram:
        sara = telegram.person(CHAT)
        sealed = SealedFile(tmp_path / "state" / LEDGER, telegram.token)
        async with bot_process(telegram, tmp_path) as process:
            await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از خواندن")
            asked = sara.says(f"{WORDS[1]} چیست؟")
            [answer] = await sara.hears()
            wanted = {asked["message_id"], answer["message_id"]}
            await until(
                lambda: wanted <= {n for _, n, *_ in sealed.read().get("due", [])},
                lambda: "the deletions to be on disk",
            )
            process.kill()
            await process.wait()
        outcome = Outcome(files={p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()})
        assert sealed.path in outcome.files
        secrets = [*WORDS, str(CHAT), f"Person{CHAT}", telegram.token]
        assert outcome.found(secrets) == []
        assert not gone(sara, asked)
        async with bot_process(telegram, tmp_path):
            sara.says(f"{WORDS[4]}؟")
            await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")


async def test_what_fell_due_while_the_bot_was_down_goes_at_its_start(
    telegram: StandIn, library: Scripted, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    async with running(telegram, library, state=state):
        sara = telegram.person(5001)
        menu = await opened(sara)
        await leads(sara, menu, "پاک شدن خودکار", "بعد از یک ساعت")
        asked = sara.says(ASKED_FA)
        [answer] = await sara.hears()
    assert b"5001" not in (state / LEDGER).read_bytes()
    telegram.advance(1.1)
    async with running(telegram, library, state=state) as bot:
        await until(lambda: gone(sara, asked, answer), lambda: "the messages to go")
        await until(lambda: not (state / LEDGER).exists(), lambda: "the file to go with them")
        assert len(bot.sessions.timetable) == 0


@pytest.mark.parametrize("remembered", [True, False])
async def test_the_panic_word_survives_a_restart_where_it_is_to(
    telegram: StandIn, library: Scripted, tmp_path: Path, remembered: bool
) -> None:
    state = tmp_path / "state"
    sara = telegram.person(5002)
    async with running(telegram, library, state=state):
        if remembered:
            await leads(sara, await opened(sara), "به یاد ماندن")
        await sets_word(sara)
    kept = b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert WORD.encode() not in kept
    assert b"5002" not in kept
    async with running(telegram, library, state=state):
        sara.says(WORD)
        [line] = await sara.hears()
    assert line["text"].startswith("سلام") == remembered
    assert library.asked == ([] if remembered else [(WORD, None)])
    if remembered:
        assert not (state / LEDGER).exists()
        assert list(sara.chat.messages) == [line["message_id"]]


async def test_a_file_of_another_token_or_damaged_stops_nobody_and_is_told(
    telegram: StandIn, library: Scripted, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state = tmp_path / "state"
    SealedFile(state / LEDGER, "999:another").write({"due": [[5003, 1, 0, False]]})
    async with running(telegram, library, state=state):
        sara = telegram.person(5003)
        sara.says(ASKED_FA)
        await sara.hears()
    assert "cannot be read" in caplog.text
    assert "5003" not in caplog.text


async def test_where_the_disk_cannot_be_written_messages_still_go(
    telegram: StandIn, library: Scripted, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state = tmp_path / "state"
    state.write_text("a file where the folder should be", "utf-8")
    async with running(telegram, library, state=state, feedback=False):
        sara = telegram.person(5004)
        await leads(sara, await opened(sara), "پاک شدن خودکار", "بعد از یک ساعت")
        asked = sara.says(ASKED_FA)
        await sara.hears()
        telegram.advance(1.1)
        await until(lambda: gone(sara, asked), lambda: "the message to go")
    assert "cannot be written" in caplog.text


async def test_a_refused_token_does_not_lose_what_is_due(
    telegram: StandIn, library: Scripted, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    sealed = SealedFile(state / LEDGER, telegram.token)
    sealed.write({"due": [[5005, 1, 0, False]]})
    telegram.revoked = True
    bot = TelegramBot(settings(telegram, state=state), library)
    with pytest.raises(CannotRunError):
        await asyncio.wait_for(bot.serve(), 60)
    assert sealed.read()["due"] == [[5005, 1, 0, False]]
