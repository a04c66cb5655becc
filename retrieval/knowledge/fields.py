"""The typed fields of a card as sections of text, so that they are found and cited like any other.

A value becomes a sentence only where its source is named: an event by its ``source``, a typed
value by ``cites``, a text by its ``[^key]`` marks. What the document's own sections say already is
left unmarked and stays a field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.knowledge.documents import (
    AnyHeader,
    Audit,
    Block,
    CitedField,
    PlatformEvent,
    PlatformHeader,
    Section,
    ToolHeader,
)
from retrieval.knowledge.markdown import marked_block
from retrieval.language.dates import date_forms, readable_date

# Returns the line of a field of the front matter, by its path.
LineOf = Callable[[tuple[str | int, ...]], int]
# Values that time may make untrue: without a source's date their sentence carries the card's.
_AGEING: tuple[CitedField, ...] = ("calls", "works_offline", "open_source")
_THOUSANDS = {"en": ",", "fa": "٬"}
_DIGITS_FA = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@lru_cache(maxsize=4)
def field_texts(language: str) -> dict[str, Any]:
    """Return the sentences that fields are put into, by field and value."""
    file = resources.files("retrieval.knowledge").joinpath(f"texts/{language}.yaml")
    loaded: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def field_sections(header: AnyHeader, line_of: LineOf) -> tuple[Section, ...]:
    """Return the sections that the typed fields of ``header`` make; none for other kinds."""
    if isinstance(header, PlatformHeader):
        found = {"timeline": list(_timeline(header, line_of))}
    elif isinstance(header, ToolHeader):
        found = {
            "at-a-glance": list(_glance(header, line_of)),
            "get-it": list(_marked("get_it", header.get_it, line_of)),
            "known-problems": list(_marked("known_problems", header.known_problems, line_of)),
        }
    else:
        return ()
    headings = field_texts(header.language)["headings"]
    return tuple(
        Section(
            id=section,
            heading=headings[section].format(name=header.name),
            path=(),
            role="fact",
            line=blocks[0].line,
            blocks=tuple(blocks),
        )
        for section, blocks in found.items()
        if blocks
    )


def _timeline(header: PlatformHeader, line_of: LineOf) -> Iterator[Block]:
    numbered = sorted(enumerate(header.events), key=lambda item: item[1].date)
    for number, event in numbered:
        text = event_sentence(event, header.language)
        marks = tuple((len(text), key) for key in (event.source, *event.also))
        yield Block(text, line_of(("events", number)), marks)


def event_sentence(event: PlatformEvent, language: str) -> str:
    """Return ``event`` as one sentence that carries its date."""
    texts = field_texts(language)
    if any(form in event.what for form in date_forms(event.date, language)):
        return event.what
    date = readable_date(event.date, language)
    return str(texts["event"].format(date=date, what=event.what))


def _glance(header: ToolHeader, line_of: LineOf) -> Iterator[Block]:
    for field, sentence in value_sentences(header):
        keys = header.cites.get(field, ())
        if sentence and keys:
            marks = tuple((len(sentence), key) for key in keys)
            yield Block(sentence, line_of(("cites", field)), marks)
    for number, audit in enumerate(header.audits):
        sentence = audit_sentence(audit, header)
        yield Block(sentence, line_of(("audits", number)), ((len(sentence), audit.source),))
    yield from _marked("operator_sees", (header.operator_sees,), line_of)
    if header.does_not_protect:
        yield from _marked("does_not_protect", (header.does_not_protect,), line_of)


def _dated(sentence: str, header: ToolHeader, field: CitedField) -> str:
    """Return ``sentence`` with the card's date in it where it may age and no source has one."""
    keys = header.cites.get(field, ())
    if field not in _AGEING or any(s.date for s in header.sources if s.key in keys):
        return sentence
    date = readable_date(header.as_of.isoformat(), header.language)
    dated: str = field_texts(header.language)["dated"]
    return dated.format(said=sentence.rstrip("."), date=date)


def audit_sentence(audit: Audit, header: ToolHeader) -> str:
    """Return ``audit`` as one sentence."""
    date = readable_date(audit.date, header.language)
    text: str = field_texts(header.language)["audit"]
    return text.format(of=audit.of or header.name, by=audit.by, date=date)


def value_sentences(header: ToolHeader) -> Iterator[tuple[CitedField, str | None]]:
    """Yield the typed fields of ``header`` with the sentence of their value, None without one."""
    texts = field_texts(header.language)
    messenger = header.messenger
    side = "inside" if "IR" in header.countries else "outside"
    size = f"{messenger.group_size or 0:,}".replace(",", _THOUSANDS[header.language])
    found: dict[CitedField, str | None] = {
        "operator": texts["operator"][side] if header.operator and header.countries else None,
        "end_to_end": texts["end_to_end"].get(header.end_to_end),
        "phone_number": texts["phone_number"][header.phone_number],
        "hides_number": texts["hides_number"].get(messenger.hides_number),
        "group_size": texts["group_size"][messenger.group_limit] if messenger.group_size else None,
        "calls": texts["calls"].get(messenger.calls),
        "works_offline": texts["works_offline"][header.works_offline],
        "open_source": texts["open_source"][header.open_source],
        "audits": None if header.audits else texts["no_audit"],
    }
    for field, text in found.items():
        said = text and text.format(
            name=header.name,
            operator=header.operator,
            date=_told(header, field),
            size=size.translate(_DIGITS_FA) if header.language == "fa" else size,
        )
        yield field, said and _dated(said, header, field)


def _told(header: ToolHeader, field: CitedField) -> str:
    """Return the date of the first source of ``field``; where it has none, the card's."""
    keys = header.cites.get(field, ())
    dates = [source.date for source in header.sources if source.key in keys and source.date]
    return readable_date(dates[0] if dates else header.as_of.isoformat(), header.language)


def _marked(field: str, texts: tuple[str, ...], line_of: LineOf) -> Iterator[Block]:
    for number, text in enumerate(texts):
        block = marked_block(text, line_of((field, number)))
        if block.marks:
            yield block
