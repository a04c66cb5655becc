"""Lists to leaf through, and what they lead to, as Telegram messages. Pure functions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.telegram.flow_screens import side_by_side
from bot.telegram.message import Button, Message, Press
from bot.telegram.paragraphs import Shape, paragraphs
from bot.telegram.render import Rows, day, label, number
from bot.telegram.richtext import Block, code_line
from bot.telegram.statements import HEADING, ITEM, listed, pages, sources_button
from bot.telegram.texts import Counted, Texts
from retrieval.answering.answer import Answer, Language
from retrieval.browsing import Entry, Filed, Publisher, Sheet
from retrieval.browsing.catalogue import main_form
from retrieval.knowledge.shared_files import Term

ENTRIES, TOPICS, TERMS, SOURCES = 8, 14, 16, 8  # on one page


class Choice(NamedTuple):
    """A button of a list: its label, and what it opens (see ``Press.key``)."""

    label: str
    key: str


def handle(name: str) -> str:
    """Return a short form of an id for the data of a button, of which Telegram takes 64 bytes."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def topics(filed: Sequence[Filed], texts: Texts, language: Language, page: int) -> list[Message]:
    """Return the list of topics."""
    choices = [Choice(topic.label, f"topic.{handle(topic.id)}") for topic in filed]
    return _list(texts.browsing.topics, choices, "topics", TOPICS, page, texts, language)


def topic(
    filed: Filed, entries: Sequence[Entry], texts: Texts, language: Language, page: int
) -> list[Message]:
    """Return the documents under a topic, with a way back to all topics."""
    text = counted(texts.browsing.documents, filed.documents, language, topic=filed.label)
    up = Button(label(texts.browsing.all_topics, language), Press("leaf", "topics"))
    key = f"topic.{handle(filed.id)}"
    return _list(text, documents(entries), key, ENTRIES, page, texts, language, up)


def contacts(
    entries: Sequence[Entry], texts: Texts, language: Language, page: int
) -> list[Message]:
    """Return who can help."""
    return _list(
        texts.browsing.contacts, documents(entries), "contacts", ENTRIES, page, texts, language
    )


def documents(entries: Sequence[Entry]) -> list[Choice]:
    """Return the buttons that open documents."""
    return [Choice(entry.name, f"doc.{handle(entry.id)}") for entry in entries]


def terms(found: Sequence[Term], texts: Texts, language: Language, page: int) -> list[Message]:
    """Return the list of terms."""
    return _list(
        texts.browsing.terms, named(found, language), "terms", TERMS, page, texts, language
    )


def named(found: Sequence[Term], language: Language) -> list[Choice]:
    """Return the buttons that open terms."""
    return [Choice(main_form(term, language), f"term.{handle(term.id)}") for term in found]


def choices(text: str, offered: Sequence[Choice], language: Language) -> list[Message]:
    """Return a line of text and buttons to choose from."""
    return pages(list(paragraphs(text, language)), side_by_side(_buttons(offered, language)))


def term(shown: Term, texts: Texts, language: Language) -> list[Message]:
    """Return a term in both languages: what it means, how else it is written."""
    other: Language = "en" if language == "fa" else "fa"
    forms = {"fa": shown.fa, "en": shown.en}
    heads = [each[0] for each in (forms[language], forms[other]) if each]
    blocks = [*paragraphs(" · ".join(dict.fromkeys(heads)), language, HEADING)]
    if meaning := shown.definition.get(language) or shown.definition.get(other):
        blocks += paragraphs(meaning, language)
    joint = "، " if language == "fa" else ", "
    also = [form for each in (language, other) for form in forms[each][1:]]
    for text, written in (
        (texts.browsing.also, also),
        (texts.browsing.latin, [form for form in shown.finglish if form not in also]),
    ):
        if written:
            blocks += paragraphs(text.format(forms=joint.join(written)), language)
    return pages(blocks)


def sheet(shown: Sheet, texts: Texts, key: str) -> list[Message]:
    """Return sections of a document; the others stand below as buttons.

    ``key`` names what holds the sources.
    """
    language = shown.language
    blocks = [*paragraphs(shown.title, language, HEADING)]
    if shown.kind == "contact":
        tried = texts.browsing.unverified
        if shown.verified is not None:
            date = day(shown.verified.isoformat(), texts, language)
            tried = texts.browsing.verified.format(date=date)
        blocks += paragraphs(tried, language)
    for part in shown.parts:
        if part.heading != shown.title:
            blocks += paragraphs(part.heading, language, HEADING)
        blocks += listed(part.statements, language)
    for notice in shown.notices:
        blocks += paragraphs(notice, language)
    rows: list[tuple[Button, ...]] = []
    if shown.citations:
        rows.append((sources_button(shown.citations, texts, key, language),))
    if shown.others:
        blocks += paragraphs(texts.browsing.others, language)
    document = handle(shown.document)
    rows += [
        (
            Button(
                label(other.text, language),
                Press("leaf", f"part.{document}.{handle(other.section)}"),
            ),
        )
        for other in shown.others
    ]
    return pages(blocks, rows)


def to_hold(shown: Sheet) -> Answer:
    """Return the sheet's statements with their citations, so that the sources can be shown."""
    statements = tuple(statement for part in shown.parts for statement in part.statements)
    return Answer("", shown.language, "answered", statements, citations=shown.citations)


def sources(
    publishers: Sequence[Publisher], texts: Texts, language: Language, page: int
) -> list[Message]:
    """Return a page of all sources, by publisher."""
    every = [(publisher, source) for publisher in publishers for source in publisher.sources]
    at, total = _clamped(page, len(every), SOURCES)
    text = texts.browsing.sources.format(
        sources=counted(texts.browsing.source_count, len(every), language),
        publishers=counted(texts.browsing.publisher_count, len(publishers), language),
    )
    blocks = [block for line in text.split("\n") for block in _chrome_line(line, language)]
    before = every[at * SOURCES - 1][0] if at else None
    for index, (publisher, source) in enumerate(every[at * SOURCES : (at + 1) * SOURCES]):
        if publisher is not before:
            blocks += paragraphs(publisher.name, language, HEADING)
        elif index == 0:
            again = texts.browsing.continued.format(publisher=publisher.name)
            blocks += paragraphs(again, language, HEADING)
        before = publisher
        dated = day(source.date, texts, language) if source.date else texts.sources.undated
        tier = texts.sources.tiers.get(source.tier, source.tier)
        blocks += paragraphs(source.title, language, ITEM)
        blocks += paragraphs(f"{dated} · {tier}", language, Shape(gap=1))
        if source.url:
            blocks.append(Block((code_line(source.url, language),), gap=1))
    blocks += paragraphs(texts.sources.addresses, language)
    blocks += _page_line(at, total, texts, language)
    return pages(blocks, _turning("sources", at, total, texts, language))


def counted(text: Counted, count: int, language: Language, **more: str) -> str:
    """Return the form of ``text`` for ``count``, with the number in it."""
    form = text.one if count == 1 else text.other
    return form.format(count=number(count, language), **more)


def _list(
    text: str,
    choices: Sequence[Choice],
    key: str,
    most: int,
    page: int,
    texts: Texts,
    language: Language,
    up: Button | None = None,
) -> list[Message]:
    at, total = _clamped(page, len(choices), most)
    blocks = [*paragraphs(text if choices else texts.browsing.empty, language)]
    blocks += _page_line(at, total, texts, language)
    rows = side_by_side(_buttons(choices[at * most : (at + 1) * most], language))
    rows += _turning(key, at, total, texts, language)
    return pages(blocks, [*rows, (up,)] if up else rows)


def _buttons(choices: Sequence[Choice], language: Language) -> list[Button]:
    return [Button(label(each.label, language), Press("leaf", each.key)) for each in choices]


def _clamped(page: int, count: int, most: int) -> tuple[int, int]:
    """Return the page that there is, from 0, and how many there are."""
    total = max(1, -(-count // most))
    return min(page, total - 1), total


def _page_line(at: int, total: int, texts: Texts, language: Language) -> Iterator[Block]:
    if total > 1:
        text = texts.browsing.page.format(
            number=number(at + 1, language), total=number(total, language)
        )
        yield from paragraphs(text, language)


def _turning(key: str, at: int, total: int, texts: Texts, language: Language) -> Rows:
    said = texts.browsing
    rows = []
    for turns in (
        ((said.previous, at - 1), (said.next, at + 1)),
        ((said.ten_back, at - 10), (said.ten_on, at + 10)),
    ):
        row = tuple(
            Button(label(text, language), Press("leaf", key, to))
            for text, to in turns
            if 0 <= to < total
        )
        if row:
            rows.append(row)
    return rows


def _chrome_line(line: str, language: Language) -> Iterator[Block]:
    heading = line.startswith("# ")
    yield from paragraphs(line[2:] if heading else line, language, HEADING if heading else Shape())
