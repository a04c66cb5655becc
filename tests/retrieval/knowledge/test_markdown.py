"""Front matter with its lines, sections in plain text with their marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.knowledge.markdown import (
    FrontMatterError,
    read_front_matter,
    read_sections,
    slug,
)


def test_values_know_their_lines() -> None:
    text = "---\nid: a\nsources:\n  - {publisher: P, date: 2020}\n---\nbody\n"
    front, body = read_front_matter(text)
    assert front.values["id"] == "a"
    assert front.line_of(("sources", 0, "date")) == 4
    assert front.line_of(("sources", 9, "nothing")) == 3
    assert body == "body\n"


@pytest.mark.parametrize(
    "text", ["no front matter", "---\nid: a\n", "---\n- a\n---\n", "---\na: [\n---\n"]
)  # fmt: skip
def test_broken_front_matter_says_where_and_what_to_write(text: str) -> None:
    with pytest.raises(FrontMatterError) as caught:
        read_front_matter(text)
    assert caught.value.line >= 1
    assert caught.value.mend


def test_sections_carry_ids_roles_paths_and_marks() -> None:
    body = (
        "Before.\n\n## First {#one}\nA fact.[^a] Another.[^b]\n\n"
        "### Steps {#two .do}\n1. Go.[^a]\n2. Stay.\n\n## قدم بعد {.avoid}\nنروید.\n"
    )
    introduction, one, two, three = read_sections(body, "Title", 10)
    assert (introduction.heading, introduction.id) == ("Title", "introduction")
    assert (one.id, one.role, one.line) == ("one", "fact", 12)
    assert one.blocks[0].text == "A fact. Another."
    assert one.blocks[0].marks == ((7, "a"), (16, "b"))
    assert (two.role, two.path) == ("do", ("First",))
    assert [block.text for block in two.blocks] == ["Go.", "Stay."]
    assert (three.id, three.role) == ("قدم-بعد", "avoid")


def test_mark_up_is_dropped_and_text_kept() -> None:
    (section,) = read_sections("Use **Signal** or [Tor](https://x.y) `now`.\n", "T", 1)
    assert section.blocks[0].text == "Use Signal or Tor now."


def test_repeated_section_ids_stay_apart() -> None:
    sections = read_sections("## A\nx\n## A\ny\n", "T", 1)
    assert [section.id for section in sections] == ["a", "a-2"]


@given(st.text())
def test_any_body_can_be_read(body: str) -> None:
    for section in read_sections(body, "T", 1):
        assert section.id
        for block in section.blocks:
            assert block.text == block.text.strip() != ""
            assert all(0 <= at <= len(block.text) for at, _ in block.marks)


@given(st.text())
def test_slugs_hold_no_spaces(heading: str) -> None:
    assert " " not in slug(heading)
