"""An answer as Telegram messages: the direct answer first, one phone screen, both directions.

Pure functions: answer and texts in, messages out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.telegram.dates import jalali, parts, persian_digits
from bot.telegram.direction import clean, directed, visible
from bot.telegram.message import Button, Message, Press
from bot.telegram.paragraphs import BULLET, CLOSE, Shape, paragraphs
from bot.telegram.richtext import Block, code_line, fitting, pack
from bot.telegram.texts import Texts
from retrieval.answering.answer import Answer, Citation, Language, Role, Statement

LABEL_LENGTH = 64
MOST_SHARED = 3  # statements of an answer that is shared


Rows = Sequence[tuple[Button, ...]]


def answer(
    given: Answer,
    texts: Texts,
    key: str,
    asked: str | None = None,
    *,
    numbered: bool = False,
    turns: tuple[Button, ...] = (),
) -> list[Message]:
    """Return the messages of an answer; the buttons stand under the last one.

    ``key`` names the answer in the buttons' data; ``asked`` is the suggestion that was pressed,
    shown above its answer. Things to do are ``numbered`` where they are steps. ``turns`` are the
    buttons that turn the answer into another shape.
    """
    blocks = list(_answer_blocks(given, texts, asked, numbered=numbered))
    rows: list[tuple[Button, ...]] = []
    first = _buttons(given, given.statements, texts, key, part=0)
    if given.further:
        first.append(Button(texts.answer.button_more, Press("more", key)))
    if first:
        rows.append(tuple(first))
    if turns:
        rows.append(turns)
    rows += [
        (Button(label(question, given.language), Press("ask", key, index)),)
        for index, question in enumerate(given.suggestions)
        if visible(question)
    ]
    return _with_rows(blocks, rows)


def further(given: Answer, texts: Texts, key: str) -> list[Message]:
    """Return the messages of what did not fit on the first screen."""
    blocks = list(_statement_blocks(given.further, given.language, texts))
    buttons = _buttons(given, given.further, texts, key, part=1)
    return _with_rows(blocks, [tuple(buttons)] if buttons else [])


def sources(given: Answer, texts: Texts, part: int) -> list[Message]:
    """Return the messages that show what the statements (part 0) or the rest (1) stand on."""
    cited = _cited(given, given.further if part else given.statements)
    language = given.language
    blocks = list(paragraphs(texts.sources.title, language, Shape(tag="b")))
    for citation in cited:
        blocks += _source_blocks(citation, texts, language)
    if any(citation.url for citation in cited):
        blocks += paragraphs(texts.sources.addresses, language)
    return [Message(html) for html in pack(blocks)]


def to_share(given: Answer, texts: Texts) -> Message:
    """Return an answer with its sources as one message without buttons, for another chat: its
    first statements, as many as fit."""
    language = given.language
    for count in range(min(len(given.statements), MOST_SHARED), 0, -1):
        statements = given.statements[:count]
        blocks = list(_statement_blocks(statements, language, texts, given.status == "urgent"))
        blocks += [block for each in given.notices for block in paragraphs(each, language)]
        blocks += paragraphs(texts.sources.title, language, Shape(tag="b"))
        for citation in _cited(given, statements):
            mark = f"[{number(citation.n, language)}] "
            line = f"{citation.title} · {_origin(citation, texts, language)}"
            blocks += paragraphs(line, language, Shape(lead=mark, gap=1))
        pages = pack(blocks)
        if len(pages) == 1:
            break
    return Message(pages[0])


def label(text: str, language: Language) -> str:
    """Return ``text`` as a button's label: one line, cut at a word where it is long."""
    short = " ".join(clean(text).split())
    if len(short) > LABEL_LENGTH:
        short = short[: LABEL_LENGTH - 1].rsplit(" ", 1)[0].rstrip() + "…"
    return directed(short, language)


def number(value: int, language: Language) -> str:
    """Return a number in the language's digits."""
    return persian_digits(value) if language == "fa" else str(value)


def day(written: str, texts: Texts, language: Language) -> str:
    """Return an ISO date (or its year or month alone) as people read it.

    In Persian a full date stands in the Iranian calendar first. What is not an ISO date is
    returned as it is.
    """
    found = parts(written)
    if found is None:
        return written
    year, month, of_month = found
    words = [number(part, language) for part in (of_month,) if part]
    words += [texts.months.gregorian[month - 1]] if month else []
    gregorian = " ".join([*words, number(year, language)])
    if language == "en" or not month or not of_month:
        return gregorian
    try:
        iranian_year, iranian_month, iranian_day = jalali(date(year, month, of_month))
    except ValueError:  # the 31st of a month that has 30 days
        return written
    name = texts.months.iranian[iranian_month - 1]
    return f"{number(iranian_day, language)} {name} {number(iranian_year, language)} ({gregorian})"


def chrome(text: str, language: Language, rows: Rows = ()) -> list[Message]:
    """Return a text of the data files as messages; its lines that start with "# " are bold."""
    blocks: list[Block] = []
    gap = 2
    for piece in text.split("\n"):
        heading = piece.startswith("# ")
        listed = piece.startswith("- ")
        shape = Shape(tag="b" if heading else None, lead=BULLET if listed else "", gap=gap)
        blocks += paragraphs(piece[2:] if heading or listed else piece, language, shape)
        gap = 1 if piece.strip() else 2
    return _with_rows(blocks, rows)


def _with_rows(blocks: Sequence[Block], rows: Rows) -> list[Message]:
    pages = pack(blocks)
    return [
        Message(html, tuple(rows) if page == len(pages) else ())
        for page, html in enumerate(pages, start=1)
    ]


def _answer_blocks(
    given: Answer, texts: Texts, asked: str | None, *, numbered: bool
) -> Iterator[Block]:
    language = given.language
    if asked:
        yield from paragraphs(texts.answer.asked.format(question=asked), language)
    spoken = list(
        _statement_blocks(
            given.statements, language, texts, given.status == "urgent", numbered=numbered
        )
    )
    notices = [block for notice in given.notices for block in paragraphs(notice, language)]
    if not spoken and not notices:
        notices = list(paragraphs(_without_statements(given, texts), language))
    yield from spoken
    yield from notices
    if any(visible(question) for question in given.suggestions):
        yield from paragraphs(texts.answer.suggestions, language)


def _without_statements(given: Answer, texts: Texts) -> str:
    if given.status == "outside":
        return texts.answer.outside
    if given.status == "declined":
        return texts.answer.declined
    return texts.answer.abstained


def _statement_blocks(
    statements: Sequence[Statement],
    language: Language,
    texts: Texts,
    urgent: bool = False,
    *,
    numbered: bool = False,
) -> Iterator[Block]:
    headings: dict[Role, str] = {"do": texts.answer.do, "avoid": texts.answer.avoid}
    if urgent:
        headings["do"] = texts.answer.urgent
    role: Role = "fact"
    close = False
    for place, statement in enumerate(statements, start=1):
        if not visible(statement.text):
            continue
        if statement.role != role and statement.role in headings:
            yield from paragraphs(headings[statement.role], language, Shape(tag="b"))
            close = True
        elif statement.role != role:
            close = False
        role = statement.role
        listed = role in headings
        marks = "".join(f"[{number(n, language)}]" for n in statement.citations)
        shape = Shape(
            lead=(f"{number(place, language)}. " if numbered else BULLET) if listed else "",
            tail=f" {marks}" if marks else "",
            gap=1 if close else 2,
        )
        yield from paragraphs(statement.text, language, shape)
        close = listed


def _buttons(
    given: Answer, statements: Sequence[Statement], texts: Texts, key: str, part: int
) -> list[Button]:
    count = len(_cited(given, statements))
    if not count:
        return []
    named = texts.answer.button_sources.format(count=number(count, given.language))
    return [Button(named, Press("sources", key, part))]


def _cited(given: Answer, statements: Sequence[Statement]) -> list[Citation]:
    numbers = {n for statement in statements for n in statement.citations}
    return [citation for citation in given.citations if citation.n in numbers]


def _source_blocks(citation: Citation, texts: Texts, language: Language) -> Iterator[Block]:
    held = texts.sources.facts_as_of.format(date=day(citation.as_of, texts, language))
    mark = f"[{number(citation.n, language)}] "
    yield from paragraphs(citation.title, language, Shape(tag="b", lead=mark))
    yield from paragraphs(citation.section, language, CLOSE)
    yield from paragraphs(_origin(citation, texts, language), language, CLOSE)
    yield from paragraphs(held, language, CLOSE)
    yield from paragraphs(citation.excerpt, language, Shape(quote=True, gap=1))
    if citation.url:
        yield from fitting(citation.url, lambda part: Block((code_line(part, language),), gap=1))


def _origin(citation: Citation, texts: Texts, language: Language) -> str:
    """Return who published it, when, and of which kind it is."""
    tier = texts.sources.tiers.get(citation.tier, citation.tier)
    dated = day(citation.date, texts, language) if citation.date else texts.sources.undated
    return f"{citation.publisher} · {dated} · {tier}"
