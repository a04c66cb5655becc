"""Drafts stand apart: never served, never written over, never from outside the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.drafts import patience
from retrieval.drafts.importing import _READERS, ImportDraftsError, import_drafts
from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.retrieval.drafts.conftest import Importer, read_draft
from tests.retrieval.drafts.test_formats import COPIED_PAGE, MARKDOWN, SENTENCE

BESIDE = PROJECT.parent / "shared"


def originals(name: str) -> Path:
    """Return the folder of originals called ``name``; skip where it is not there."""
    named = [Path(part) for part in os.environ.get("DARICHEH_ORIGINALS", "").split(os.pathsep)]
    for folder in (*named, BESIDE / name):
        if folder.name == name and folder.is_dir():
            return folder
    pytest.skip(f"No originals here: name a folder called {name} in DARICHEH_ORIGINALS.")


def test_a_draft_dropped_into_the_knowledge_folder_is_refused(importer: Importer) -> None:
    taken = importer.one("page.txt", COPIED_PAGE)
    shutil.copy(importer.drafts / taken.draft, importer.knowledge / "a.en.md")
    read = read_knowledge(importer.knowledge)
    assert read.documents == ()
    assert any("a draft that nobody has reviewed" in fault.problem for fault in read.faults)


def test_a_draft_with_its_mark_removed_but_not_its_quotation_is_refused(importer: Importer) -> None:
    draft = importer.drafts / importer.one("page.txt", COPIED_PAGE).draft
    unmarked = draft.read_text("utf-8").replace("draft: true\n", "")
    (importer.knowledge / "a.en.md").write_text(unmarked, "utf-8")
    read = read_knowledge(importer.knowledge)
    assert read.documents == ()
    assert any("block of quotation" in fault.problem for fault in read.faults)
    assert all(fault.level == "error" for fault in read.faults)


def test_drafts_cannot_be_put_into_the_knowledge_folder(importer: Importer) -> None:
    page = importer.write("page.txt", COPIED_PAGE)
    for inside in (importer.knowledge, importer.knowledge / "articles"):
        with pytest.raises(ImportDraftsError, match="must not be"):
            import_drafts(page, inside, importer.knowledge)
    assert list(importer.knowledge.iterdir()) == []


def test_a_draft_somebody_works_on_is_never_written_over(importer: Importer) -> None:
    page = importer.write("page.txt", COPIED_PAGE)
    draft = importer.drafts / importer.run(page).taken[0].draft
    draft.write_text(draft.read_text("utf-8") + "my own words", "utf-8")
    assert importer.run(page).skipped == (("page.txt", "a draft of it is there already"),)
    page.write_text(COPIED_PAGE.replace("three days", "four days"), "utf-8")
    assert "earlier state" in importer.run(page).skipped[0][1]
    assert draft.read_text("utf-8").endswith("my own words")


def test_drafts_are_kept_out_of_a_repository(importer: Importer) -> None:
    importer.one("page.txt", COPIED_PAGE)
    subprocess.run(["git", "init", "-q", importer.drafts.parent], check=True)
    listed = subprocess.run(
        ["git", "status", "--porcelain", "-uall", "drafts"],
        cwd=importer.drafts.parent,
        capture_output=True,
        check=True,
    )
    assert listed.stdout == b""


def test_links_out_of_the_folder_are_not_followed(importer: Importer, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(SENTENCE, "utf-8")
    (importer.source / "linked").symlink_to(outside)
    (importer.source / "linked.txt").symlink_to(outside / "secret.txt")
    report = importer.run()
    assert (report.taken, report.skipped) == ((), ())


def test_a_checkout_gives_commit_and_address_and_git_is_not_run(importer: Importer) -> None:
    importer.write("docs/guide.md", MARKDOWN)
    importer.write("LICENSE", "MIT License\n\nPermission is hereby granted, free of charge")

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(importer.source), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    git("remote", "add", "origin", "https://name:secret@github.com/owner/site.git")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "-m", "a")
    commit = git("rev-parse", "HEAD")
    trap = importer.source / "ran"
    git("config", "core.fsmonitor", f"touch {trap}")
    git("pack-refs", "--all")
    report = importer.run()
    assert not trap.exists()
    draft = importer.draft(report.taken[0])
    assert draft.fields["origin"]["commit"] == commit
    assert draft.fields["origin"]["repository"] == "https://github.com/owner/site"
    address = f"https://github.com/owner/site/blob/{commit}/docs/guide.md"
    assert draft.fields["sources"][0]["url"] == address


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("MIT License\n\nPermission is hereby granted, free of charge", "MIT (LICENSE)"),
        (
            "GNU GENERAL PUBLIC LICENSE\n Version 3\n" + "GNU AFFERO GENERAL PUBLIC LICENSE",
            "GPL-3.0 (LICENSE)",
        ),
        ("This page. " * 30 + "CC0 and also by-nc-sa/4.0", "see LICENSE"),
    ],
)
def test_the_licence_of_the_folder_is_kept(importer: Importer, licence: str, said: str) -> None:
    importer.write("LICENSE", licence)
    importer.write("inner/deep/a.txt", SENTENCE)
    assert importer.run().taken[0].licence == said


def test_a_file_that_takes_too_long_is_left_out(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    assert "takes longer" in importer.refused("a.html", "<a " * 100_000)
    monkeypatch.undo()
    assert importer.one("b.txt", SENTENCE)


@given(
    suffix=st.sampled_from(sorted(_READERS)),
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400),
        st.lists(
            st.sampled_from(
                [
                    "---\n",
                    "<p hidden>",
                    "<!--",
                    "{{",
                    'msgid "',
                    "- a: ",
                    "&x",
                    "http://[",
                    "\ud800",
                    "word and the other ",
                    "یک واژه‌ی فارسی ",
                    "\n\n",
                    "# ",
                    "[a](",
                    "%zz",
                    "\u202e",
                ]
            ),
            max_size=40,
        ).map("".join),
    ),
)
def test_whatever_a_file_holds_the_import_ends_with_a_report(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: bytes | str
) -> None:
    importer = Importer(tmp_path_factory.mktemp("any"))
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    report = importer.run(importer.write(f"a{suffix}", data))
    assert len(report.taken) + len(report.skipped) == 1
    for taken in report.taken:
        assert importer.draft(taken).fields["draft"] is True


def test_the_articles_lose_their_furniture(tmp_path: Path) -> None:
    folder = originals("articles")
    report = import_drafts(folder, tmp_path / "drafts", PROJECT / "knowledge")
    articles = [taken for taken in report.taken if taken.file.startswith("00")]
    assert len(articles) == 5
    dates = ["2021-09-23", "2021-05-11", "2018-04-20", None, None]
    drafts = [read_draft(tmp_path / "drafts" / taken.draft) for taken in articles]
    assert [draft.fields["as_of"] for draft in drafts] == dates
    assert [draft.fields["sources"][0]["publisher"] for draft in drafts[:3]] == [
        "IranWire",
        "IranWire",
        "Middle East Institute",
    ]
    furniture = (
        "close button",
        "Iranwire Light",
        "min read",
        "Related coverage",
        "Navid Afkari",
        "Protesters Descend",
        "Read more",
        "Newsletter",
        "Maryam Rajavi",
        "Priests Meet",
        "Telegram logo",
    )
    for draft in drafts:
        assert not [words for words in furniture if words in draft.quoted]
        assert len(draft.quoted.split()) > 600
    ends = (
        'have to deal with."',
        "once the vote is over.",
        "support domestic applications.",
        "but completely.",
        "Resistance of Iran.",
    )
    assert [
        draft.quoted.strip().endswith(end) for draft, end in zip(drafts, ends, strict=True)
    ] == [True] * 5


def test_every_file_of_the_sources_ends_in_the_report(tmp_path: Path) -> None:
    folder = originals("sources")
    report = import_drafts(folder, tmp_path / "drafts", PROJECT / "knowledge")
    named = [*(taken.file for taken in report.taken), *(file for file, _ in report.skipped)]
    assert sorted(named) == sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    assert len(report.taken) > 1500
    assert len(list((tmp_path / "drafts").rglob("*.draft.md"))) == len(report.taken)
    assert len(list(report.lines())) < 150
