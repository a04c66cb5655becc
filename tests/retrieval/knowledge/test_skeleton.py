"""A document begun is valid in both languages, and not served before it is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from retrieval.knowledge.documents import Kind, Language
from retrieval.knowledge.lint import FOLDERS, lint
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import Topic
from retrieval.knowledge.skeleton import Beginning, months_later, skeleton

TODAY = dt.date(2026, 8, 31)
LANGUAGES: tuple[Language, ...] = get_args(Language)
TOPICS = (Topic(id="law", en="Law", fa="قانون"),)


def beginning(kind: Kind, **given: str) -> Beginning:
    return Beginning(
        id="begun",
        kind=kind,
        topics=("law",),
        titles={"en": 'A "quoted": title', "fa": ""},
        publisher=given.get("publisher", "Radio Farda"),
        source_title="",
        url=given.get("url", ""),
        date=given.get("date", ""),
        tier="reporting",
        licence="all rights reserved",
    )


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize(
    "given", [{}, {"publisher": "رادیو فردا", "url": "https://a.org/", "date": "2026-05"}]
)
def test_every_kind_is_valid_but_for_what_is_to_be_written(
    tmp_path: Path, kind: Kind, given: dict[str, str]
) -> None:
    folder = tmp_path / FOLDERS[kind]
    folder.mkdir()
    paths = {language: folder / f"begun.{language}.md" for language in LANGUAGES}
    for language, path in paths.items():
        path.write_text(skeleton(beginning(kind, **given), language, TODAY), "utf-8")
    read = read_knowledge(tmp_path)
    assert read.documents == ()
    assert {fault.lint for fault in read.faults} == {"unwritten"}
    assert {fault.path for fault in read.faults} == {
        f"{folder.name}/{path.name}" for path in paths.values()
    }
    for path in paths.values():
        path.write_text(path.read_text("utf-8").replace("TODO:", ""), "utf-8")
    written = read_knowledge(tmp_path)
    assert [document.header.kind for document in written.documents] == [kind, kind]
    found = {(fault.level, fault.lint) for fault in lint(written, TOPICS, TODAY)}
    # What is left to be weighed is the text itself; its form is right and both versions agree.
    assert found <= {("warning", "single-source"), ("warning", "typography")}


def test_dates_and_key_come_from_the_source() -> None:
    text = skeleton(beginning("contact", date="2026-05-04"), "en", TODAY)
    assert "as_of: 2026-05-04\nreviewed: 2026-08-31\nreview_by: 2026-11-28\n" in text
    assert "{key: radio-farda, " in text
    assert "[^radio-farda]" in text
    assert 'title: "A \\"quoted\\": title"\n' in text
    assert "as_of: 2026-08-31\n" in skeleton(beginning("contact", date="2026-05"), "en", TODAY)


def test_months_later_is_always_a_day_that_exists() -> None:
    assert months_later(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2026, 12, 5), 3) == dt.date(2027, 3, 5)
    assert months_later(dt.date(2026, 6, 5), 6) == dt.date(2026, 12, 5)
