"""Many sources are leafed through in one message."""

from __future__ import annotations

import dataclasses

from tests.bot.telegram.conftest import running
from tests.bot.telegram.scripted import ANSWERED_FA, Scripted, citation
from tests.telegram.server import StandIn

MANY = dataclasses.replace(
    ANSWERED_FA,
    statements=tuple(
        dataclasses.replace(ANSWERED_FA.statements[0], citations=(n,)) for n in range(1, 31)
    ),
    citations=tuple(citation(n) for n in range(1, 31)),
)


async def test_thirty_sources_are_one_message_that_turns_its_pages(telegram: StandIn) -> None:
    async with running(telegram, Scripted(MANY)):
        sara = telegram.person(1001)
        sara.says(MANY.question)
        [answer] = await sara.hears()
        sara.presses(answer, "منابع (۳۰)")
        [page] = await sara.hears()
        assert "[۱]" in page["text"]
        seen = page["text"]
        for number in ("۲", "۳"):
            start = len(sara.chat.events)
            sara.presses(page, f"صفحه‌ی {number} از ")
            [(_, page)] = await sara.goes_on(start, {"edited": 1})
            seen += page["text"]
        while any("از" in b["text"] for b in page["reply_markup"]["inline_keyboard"][0][1:]):
            start = len(sara.chat.events)
            sara.presses(page, page["reply_markup"]["inline_keyboard"][0][1]["text"])
            [(_, page)] = await sara.goes_on(start, {"edited": 1})
            seen += page["text"]
        digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
        assert all(f"[{str(n).translate(digits)}]" in seen for n in range(1, 31))
        assert len(sara.chat.from_bot()) == 2
