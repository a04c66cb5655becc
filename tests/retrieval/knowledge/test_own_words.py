"""The texts of the knowledge folder are our own: no run of twelve words is somebody else's.

The originals are not part of the project. DARICHEH_ORIGINALS names the folders that hold them
(separated as in PATH); without it, `shared/articles` and `shared/sources` beside the project are
read where they exist. What stands in quotation marks is a quotation and may be verbatim.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.knowledge.documents import Document
from retrieval.knowledge.reading import read_knowledge
from retrieval.language.normalise import search_form
from retrieval.settings import PROJECT

RUN = 12  # words in a row; shorter ones are names, titles and set phrases
BESIDE = PROJECT.parent / "shared"

# An apostrophe joins, a half-space parts: originals write «می شود» with either or neither.
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def folders_of_originals() -> list[Path]:
    """Return the folders to compare with; raise ``ValueError`` if a named one is not there."""
    named = os.environ.get("DARICHEH_ORIGINALS", "")
    if not named:
        return [path for path in (BESIDE / "articles", BESIDE / "sources") if path.is_dir()]
    folders = [Path(name) for name in named.split(os.pathsep) if name]
    for folder in folders:
        if not folder.is_dir():
            raise ValueError(f"DARICHEH_ORIGINALS names {folder}, which is not a folder. Mend it.")
    return folders


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of ``RUN`` words of ``text``, as index and search write them."""
    words = _WORD.findall(search_form(text))
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def unquoted(text: str) -> list[str]:
    """Return the pieces of ``text`` between its quotations, so that no run bridges one."""
    return _QUOTED.split(text)


def own_texts(document: Document) -> Iterator[str]:
    """Yield what we wrote in ``document``: all but the titles of its sources."""
    header = document.header
    yield from (header.title, header.summary, *header.questions)
    for event in getattr(header, "events", ()):
        yield event.what
    for field in ("operator_sees", "known_problems", "does", "does_not"):
        value = getattr(header, field, ())
        yield from (value,) if isinstance(value, str) else value
    for section in document.sections:
        yield section.heading
        yield from (block.text for block in section.blocks)


def borrowed(documents: tuple[Document, ...], folders: list[Path]) -> list[str]:
    """Return a line for each document and original that share a run, with the words they share."""
    written: dict[int, tuple[str, str]] = {}
    for document in documents:
        for text in own_texts(document):
            for piece in unquoted(text):
                for run in runs(piece):
                    written[hash(run)] = (document.path, " ".join(run))
    found: dict[tuple[str, str], str] = {}
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            shared = written.keys() & map(hash, runs(path.read_text("utf-8", errors="replace")))
            for ours, words in sorted(written[key] for key in shared):
                found.setdefault((ours, str(path)), words)
    return [f"{ours} and {theirs}: «{words}»" for (ours, theirs), words in sorted(found.items())]


def test_no_document_borrows_twelve_words_in_a_row() -> None:
    folders = folders_of_originals()
    if not folders:
        pytest.skip("No originals here: name their folders in DARICHEH_ORIGINALS to compare.")
    found = borrowed(read_knowledge(PROJECT / "knowledge").documents, folders)
    assert not found, "Say it in other words, or quote it:\n" + "\n".join(found)


BORROWED = "Iran's ministry told the three big operators to mend the app within a day or pay."
QUOTED = f'The paper wrote: "{BORROWED}"'


@pytest.mark.parametrize(("line", "is_borrowed"), [(BORROWED, True), (QUOTED, False)])
def test_a_borrowed_run_is_found_and_a_quoted_one_is_not(
    tmp_path: Path, line: str, is_borrowed: bool
) -> None:
    originals, knowledge = tmp_path / "originals", tmp_path / "knowledge"
    originals.mkdir()
    knowledge.mkdir()
    (originals / "article.txt").write_text(BORROWED.upper(), encoding="utf-8")
    source = "{publisher: P, title: T, url: null, date: null, tier: reporting, licence: L}"
    (knowledge / "a.en.md").write_text(
        "---\nid: a\nkind: article\nlanguage: en\ntitle: T\nsummary: S\ntopics: [summons]\n"
        "as_of: 2021-09-23\nreviewed: 2026-11-22\nreview_by: 2027-05-22\n"
        f"sources:\n  - {source}\n---\n## One {{#one}}\n{line}\n",
        encoding="utf-8",
    )
    assert bool(borrowed(read_knowledge(knowledge).documents, [originals])) is is_borrowed
