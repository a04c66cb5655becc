"""Every kind of message as it looks on a phone, to be looked at before it is trusted.

``python -m tests.bot.telegram.phone FOLDER`` writes a page a language, and a picture of it where
Chromium is installed. Lines take their direction from their first strong letter, as in Telegram.
"""

from __future__ import annotations

import html
import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.telegram import browse_screens, flow_plan, flow_screens, render
from bot.telegram.flow_commands import FLOWS
from bot.telegram.message import Message
from bot.telegram.texts import LANGUAGES, Texts, load
from retrieval.answering.answer import Answer, Language
from retrieval.flows import Guide, Plan, Question
from retrieval.settings import PROJECT
from tests.bot.telegram.scripted import (
    ABSTAINED_FA,
    ANSWERED_EN,
    ANSWERED_FA,
    DECLINED_EN,
    URGENT_EN,
    URGENT_FA,
)
from tests.small.shelf import Shelf, shelf

WIDTH = 390  # of a common phone, in CSS pixels
FONT = PROJECT / "bot" / "telegram" / "font" / "Vazirmatn-Medium.ttf"
ANSWERS: dict[Language, tuple[Answer, ...]] = {
    "fa": (ANSWERED_FA, URGENT_FA, ABSTAINED_FA),
    "en": (ANSWERED_EN, URGENT_EN, DECLINED_EN),
}
STYLE = """
@font-face { font-family: Phone; src: url(%(font)s); }
body { margin: 0; padding: 8px; width: %(width)dpx; background: #cbdce8;
  font: 16px/1.45 Roboto, Phone, sans-serif; box-sizing: border-box; }
h2 { margin: 18px 0 6px; font-size: 13px; color: #45617a; }
.bubble { background: #fff; border-radius: 12px; padding: 8px 11px; margin-top: 6px;
  width: fit-content; max-width: 345px; overflow-wrap: anywhere; }
.bubble div { min-height: 1.45em; unicode-bidi: plaintext; text-align: start; }
code { font: 14px monospace; color: #1c6ea4; }
blockquote { margin: 2px 0; padding: 2px 8px; border-inline-start: 3px solid #5aa0d0;
  background: #eef5fa; }
.row { display: flex; gap: 3px; margin-top: 3px; max-width: 367px; }
.row span { flex: 1; background: #8fb0c6; color: #fff; border-radius: 8px; padding: 7px 4px;
  text-align: center; font-size: 15px; unicode-bidi: plaintext; overflow: hidden;
  white-space: nowrap; text-overflow: ellipsis; }
"""


def page(language: Language, kinds: Iterator[tuple[str, Sequence[Message]]]) -> str:
    """Return a page with every kind of message under its name."""
    style = STYLE % {"font": FONT.as_uri(), "width": WIDTH}
    parts = [f"<!doctype html><html lang={language}><meta charset=utf-8><style>{style}</style>"]
    for name, messages in kinds:
        parts.append(f"<h2>{html.escape(name)}</h2>")
        parts += map(bubble, messages)
    return "\n".join(parts)


def bubble(message: Message) -> str:
    """Return a message with its buttons as HTML."""
    inner = message.html.replace("<blockquote expandable>", "<blockquote>")
    inner = inner.replace("<blockquote>", "\n<blockquote>")
    lines = "".join(f"<div dir=auto>{line}</div>" for line in inner.split("\n"))
    rows = "".join(
        "<div class=row>"
        + "".join(f"<span dir=auto>{html.escape(button.label)}</span>" for button in row)
        + "</div>"
        for row in message.rows
    )
    return f"<div class=bubble>{lines}</div>{rows}"


def kinds(language: Language, held: Shelf, texts: Texts) -> Iterator[tuple[str, Sequence[Message]]]:
    """Yield every kind of message by name."""
    for given in ANSWERS[language]:
        yield given.status, render.answer(given, texts, "key")
    yield "sources", render.sources(ANSWERS[language][0], texts, 0)
    for flow in FLOWS:
        yield from walk(held.guides[flow], language, texts)
    catalogue = held.catalogue
    for document in ("telegram", "access-now", "at-the-door"):
        sheet = catalogue.sheet(document, language)
        if sheet is not None:
            yield document, browse_screens.sheet(sheet, texts, "key")
    yield "topics", browse_screens.topics(catalogue.topics(language), texts, language, 0)
    contacts = catalogue.of_kind("contact", language)
    yield "contacts", browse_screens.contacts(contacts, texts, language, 0)
    for term in catalogue.terms(language)[:2]:
        yield "term", browse_screens.term(term, texts, language)
    yield "all sources", browse_screens.sources(catalogue.publishers(language), texts, language, 3)


def walk(guide: Guide, language: Language, texts: Texts) -> Iterator[tuple[str, Sequence[Message]]]:
    """Yield the first question of a flow, one with a tick, and the result of one way through."""
    chance = random.Random(3)
    state = guide.start()
    yield f"{guide.id}: first", flow_screens.shown(guide.screen(state, language), texts, "key")
    ticked = False
    while isinstance(screen := guide.screen(state, language), Question):
        if screen.done and not ticked:
            yield f"{guide.id}: ticked", flow_screens.shown(screen, texts, "key")
            ticked = True
        presses = [choice.press for choice in screen.choices if not choice.ticked]
        if screen.done and (not presses or chance.random() < 0.5):
            presses = [screen.done]
        state = guide.press(state, chance.choice(presses)).state
    yield f"{guide.id}: result", flow_screens.shown(screen, texts, "key")
    if isinstance(screen, Plan):
        yield f"{guide.id}: to keep", flow_plan.as_text(screen, texts)


def photograph(written: Path) -> None:
    """Take a picture of a page, as long as it is, with the Chromium that is installed."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "allow-file-access-from-files"):
        options.add_argument(f"--{argument}")
    browser = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        browser.set_window_size(WIDTH + 20, 900)
        browser.get(written.as_uri())
        height = int(browser.execute_script("return document.documentElement.scrollHeight"))
        browser.set_window_size(WIDTH + 20, height + 150)
        browser.save_screenshot(str(written.with_suffix(".png")))
    finally:
        browser.quit()


def main(folder: Path) -> None:
    """Write the pages of both languages into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    held, texts = shelf(PROJECT / "knowledge"), load()
    for language in LANGUAGES:
        written = folder.resolve() / f"{language}.html"
        written.write_text(page(language, kinds(language, held, texts[language])), "utf-8")
        if shutil.which("chromium") and shutil.which("chromedriver"):
            photograph(written)
        print(written)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
