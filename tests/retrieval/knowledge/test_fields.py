"""Typed fields of a card are found like any text: as sentences that name their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.knowledge.documents import Document, Section
from retrieval.knowledge.fields import field_texts
from retrieval.knowledge.lint import lint
from retrieval.knowledge.reading import read_document, read_knowledge
from retrieval.passages import passages_of
from retrieval.settings import PROJECT

SOURCES = """sources:
  - {key: maker, publisher: The maker, title: T, url: null, date: 2026-01, tier: official, licence: L}
  - {key: audit, publisher: An auditor, title: T, url: null, date: 2025-03, tier: research, licence: L}
"""  # noqa: E501
COMMON = (
    "summary: S\ntopics: [vpn]\nas_of: 2026-01-01\nreviewed: 2026-01-02\nreview_by: 2026-08-01\n"
)
TOOL = """purpose: [messenger]
end_to_end: optional
phone_number: no
works_offline: partly
open_source: yes
operator: a company
countries: [IR]
messenger: {group_size: 1000, calls: voice, hides_number: no}
operator_sees: "The maker sees your address.[^maker]"
get_it: ["Get it from a.org.[^maker]", "This stays a field."]
audits: [{date: 2025-03, by: Somebody, source: audit}]
cites: {end_to_end: [maker, audit], phone_number: [maker], operator: [maker], group_size: [maker]}
"""
PLATFORM = """operator: A company
events:
  - {date: 2018-04-30, what: "The judiciary blocked it.", by: J, source: audit, also: [maker]}
  - {date: 2015, what: "It began.", by: A company, source: maker}
  - {date: 2021-03, what: "In March 2021 it was opened.", by: A company, source: maker}
"""
TRANSLATED = (
    PLATFORM.replace("The judiciary blocked it.", "قوه‌ی قضاییه آن را بست.")
    .replace("It began.", "آغاز شد.")
    .replace("In March 2021 it was opened.", "در مارس ۲۰۲۱ باز شد.")
)


def read(
    folder: Path,
    kind: str,
    fields: str,
    language: str = "en",
    body: str = "",
    sources: str = SOURCES,
) -> Document:
    path = folder / f"a.{language}.md"
    path.write_text(
        f"---\nid: a\nkind: {kind}\nlanguage: {language}\ntitle: A\nname: A\n{COMMON}{fields}"
        f"{sources}---\n{body or '## One {#one}' + chr(10) + 'Text.[^maker]'}\n",
        encoding="utf-8",
    )
    document = read_document(path, folder)
    assert isinstance(document, Document), document
    return document


def section(document: Document, name: str) -> Section:
    return next(section for section in document.sections if section.id == name)


def test_a_value_becomes_a_sentence_that_stands_on_its_own_sources(tmp_path: Path) -> None:
    document = read(tmp_path, "tool", TOOL)
    glance = section(document, "at-a-glance")
    assert [block.text for block in glance.blocks] == [
        "A is the work of a company, inside Iran.",
        "Messages in A are end-to-end encrypted only in some chats or once you turn it on.",
        "A needs no phone number.",
        "A group in A holds up to 1,000 people, as of January 2026.",
        "Somebody examined A in March 2025.",
        "The maker sees your address.",
    ]
    passage = next(p for p in passages_of(document) if p.id == "a#at-a-glance.1@en")
    publishers = [
        {reference.publisher for reference in sentence.references} for sentence in passage.sentences
    ]
    assert publishers[1] == {"The maker", "An auditor"}
    assert publishers[4] == {"An auditor"}


def test_a_value_from_an_undated_source_carries_the_cards_date(tmp_path: Path) -> None:
    fields = TOOL.replace("operator: [maker]", "open_source: [undated]")
    undated = "{key: undated, publisher: P, title: T, url: null, date: null, tier: official,"
    undated += " licence: L}"
    document = read(tmp_path, "tool", f"{fields}{SOURCES}  - {undated}\n", sources="")
    said = [block.text for block in section(document, "at-a-glance").blocks]
    assert "The code of A is open to everybody, as of 1 January 2026." in said
    assert "A needs no phone number." in said


def test_what_names_no_source_is_no_statement(tmp_path: Path) -> None:
    document = read(tmp_path, "tool", TOOL)
    said = " ".join(block.text for s in document.sections for block in s.blocks)
    assert "Get it from a.org." in said
    assert "This stays a field." not in said
    assert "voice calls" not in said
    assert "open to everybody" not in said


def test_events_come_in_order_of_time_each_with_its_date_once(tmp_path: Path) -> None:
    timeline = section(read(tmp_path, "platform", PLATFORM), "timeline")
    assert [block.text for block in timeline.blocks] == [
        "2015: It began.",
        "30 April 2018: The judiciary blocked it.",
        "In March 2021 it was opened.",
    ]
    assert [key for _, key in timeline.blocks[1].marks] == ["audit", "maker"]


def test_a_persian_event_carries_the_iranian_date(tmp_path: Path) -> None:
    timeline = section(read(tmp_path, "platform", TRANSLATED, "fa"), "timeline")
    assert [block.text for block in timeline.blocks] == [
        "سال ۲۰۱۵ میلادی: آغاز شد.",
        "۱۰ اردیبهشت ۱۳۹۷ (۳۰ آوریل ۲۰۱۸): قوه‌ی قضاییه آن را بست.",
        "در مارس ۲۰۲۱ باز شد.",
    ]


def test_a_section_of_the_same_name_stands_in_place_of_the_fields(tmp_path: Path) -> None:
    document = read(tmp_path, "tool", TOOL, body="## Mine {#at-a-glance}\nMy own words.[^maker]")
    glances = [s for s in document.sections if s.id.startswith("at-a-glance")]
    assert [s.heading for s in glances] == ["Mine"]


def test_a_field_that_names_an_unknown_source_is_a_fault_on_its_line(tmp_path: Path) -> None:
    read(tmp_path, "tool", TOOL.replace("phone_number: [maker]", "phone_number: [nobody]"))
    read(tmp_path, "tool", TOOL, "fa", body="## یک {#one}\nمتن.[^maker]")
    found = lint(read_knowledge(tmp_path), (), read(tmp_path, "tool", TOOL, "fa").header.reviewed)
    assert any("nobody" in fault.problem and fault.line == 23 for fault in found), found


@pytest.fixture(scope="module")
def project() -> tuple[Document, ...]:
    return read_knowledge(PROJECT / "knowledge").documents


def test_every_value_of_the_projects_cards_has_a_sentence(project: tuple[Document, ...]) -> None:
    for document in project:
        header = document.header
        if header.kind != "tool":
            continue
        texts = field_texts(header.language)
        assert header.phone_number in texts["phone_number"]
        assert header.works_offline in texts["works_offline"]
        assert header.open_source in texts["open_source"]
        assert header.end_to_end in {*texts["end_to_end"], "not-applicable"}


def test_both_languages_of_a_card_hold_the_same_values(project: tuple[Document, ...]) -> None:
    cards: dict[str, list[dict[str, object]]] = {}
    for document in project:
        if document.header.kind == "tool":
            values = document.header.model_dump(
                include={
                    *("purpose", "end_to_end", "phone_number", "works_offline", "open_source"),
                    *("countries", "messenger", "cites"),
                }
            )
            values["audits"] = [(a.date, a.source) for a in document.header.audits]
            values["items"] = len(document.header.get_it), len(document.header.known_problems)
            cards.setdefault(document.id, []).append(values)
        elif document.header.kind == "platform":
            events = [(e.date, e.source, e.also) for e in document.header.events]
            cards.setdefault(document.id, []).append({"events": events})
    for name, versions in cards.items():
        assert len(versions) == 2, name
        assert versions[0] == versions[1], name


def test_the_sentences_of_both_languages_have_the_same_keys() -> None:
    english, persian = (
        {key: set(value) if isinstance(value, dict) else None for key, value in texts.items()}
        for texts in (field_texts("en"), field_texts("fa"))
    )
    assert english == persian
