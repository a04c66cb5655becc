"""Sources: each with a key that something points to, and an address that leads only there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from retrieval.knowledge.documents import Document
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.lines import FieldLines

_MARKUP = re.compile(r"\]\(|<https?:|\*\*")
_TRACKING = re.compile(r"utm_|(?:fbclid|gclid|igshid|mc_cid|mc_eid|yclid|ref_src)$")
_SHORTENERS = frozenset("bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly cutt.ly yun.ir".split())


def source_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    """Yield what is wrong with the sources of ``document`` and with what points to them."""
    yield from _key_faults(document, lines)
    yield from _address_faults(document, lines)
    yield from _field_faults(document, lines)
    yield from _mark_faults(document, lines)


def _key_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    sources = document.header.sources
    keys = [source.key for source in sources]
    pointed_to = _marked(document) | {key for _, key in _typed(document)}
    for number, key in enumerate(keys):
        if len(sources) > 1 and key is None:
            yield Fault(
                document.path,
                lines.of("sources", number),
                "One of several sources has no `key`.",
                "Add `key: short-name`, and put [^short-name] after the sentences it carries.",
                lint="source",
            )
        elif key is not None and key in keys[:number]:
            yield Fault(
                document.path,
                lines.of("sources", number, "key"),
                f"The source key `{key}` is used twice.",
                "Give each source its own key.",
                lint="source",
            )
        elif len(sources) > 1 and key not in pointed_to:
            yield Fault(
                document.path,
                lines.of("sources", number),
                f"Nothing stands on the source `{key}`.",
                f"Put [^{key}] after the sentences it carries, or remove it.",
                "warning",
                "source",
            )


def _address_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    for number, source in enumerate(document.header.sources):
        if source.url is None:
            continue
        place = lines.of("sources", number, "url")
        parts = urlsplit(source.url)
        if "." not in (parts.hostname or ""):
            yield Fault(
                document.path,
                place,
                f"The address {source.url} names no site.",
                "Write a full address that begins with https://, or null.",
                lint="link",
            )
        elif (parts.hostname or "").removeprefix("www.") in _SHORTENERS:
            yield Fault(
                document.path,
                place,
                f"The address {source.url} is a shortened one: it hides where it leads.",
                "Open it and write the address it leads to.",
                "warning",
                "link",
            )
        for name, _ in parse_qsl(parts.query, keep_blank_values=True):
            if _TRACKING.match(name):
                yield Fault(
                    document.path,
                    place,
                    f"The address follows its readers with `{name}`.",
                    f"Remove `{name}=…` from it.",
                    "warning",
                    "link",
                )


def _field_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    keys = [source.key for source in document.header.sources if source.key]
    for place, key in _typed(document):
        if key not in keys:
            yield Fault(
                document.path,
                lines.of(*place),
                f"The source `{key}` is not among the sources.",
                f"Use one of: {', '.join(keys)}.",
                lint="source",
            )


def _mark_faults(document: Document, lines: FieldLines) -> Iterator[Fault]:
    sources = document.header.sources
    keys = {source.key for source in sources}
    for section in document.sections:
        for block in section.blocks:
            for _, key in block.marks:
                if key not in keys and not lines.in_header(block.line):
                    yield Fault(
                        document.path,
                        block.line,
                        f"[^{key}] points to no source.",
                        "Add a source with that key, or correct the mark.",
                        lint="source",
                    )
            if _MARKUP.search(block.text):
                yield Fault(
                    document.path,
                    block.line,
                    "The text holds mark-up that a chat message cannot show.",
                    "Write plain sentences; addresses as plain text.",
                    "warning",
                    "mark-up",
                )
        if len(sources) > 1 and not any(block.marks for block in section.blocks):
            yield Fault(
                document.path,
                section.line,
                f"The section «{section.heading}» does not say which source it stands on.",
                "Put [^key] after its sentences.",
                "warning",
                "source",
            )


def _marked(document: Document) -> set[str]:
    return {key for s in document.sections for block in s.blocks for _, key in block.marks}


def _typed(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the source keys that typed fields name, and where they stand."""
    header = document.header
    if header.kind == "platform":
        for number, event in enumerate(header.events):
            yield ("events", number, "source"), event.source
    elif header.kind == "tool":
        for number, audit in enumerate(header.audits):
            yield ("audits", number, "source"), audit.source
        for field, keys in header.cites.items():
            for number, key in enumerate(keys):
                yield ("cites", field, number), key
