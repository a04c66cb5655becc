"""The preview reads what is being written, and leaves what is served alone."""

from __future__ import annotations

from pathlib import Path

from bot.preview.bench import Bench
from bot.preview.view import contents, document
from retrieval.settings import LibrarySettings

NEW = "\n## A new section {#new}\nThe Dadban desk has a purple door.[^dadban]\n"


def edited(settings: LibrarySettings) -> Path:
    """Add a section to an English contact and return its path."""
    path = settings.knowledge / "contacts" / "dadban.en.md"
    path.write_text(path.read_text("utf-8") + NEW, "utf-8")
    return path


def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def test_an_edit_is_found_at_once_and_never_reaches_the_served_index(
    settings: LibrarySettings, tmp_path: Path
) -> None:
    bench = Bench(settings, scratch(tmp_path))
    bench.indexed(bench.look())
    served = sorted((path, path.stat().st_mtime_ns) for path in settings.state.rglob("*"))
    before = bench.signature()
    edited(settings)
    assert bench.signature() != before
    seen = bench.look()
    assert seen.pending
    library = bench.indexed(seen).library
    assert library is not None
    assert library.search("purple door").hits[0].passage.id == "dadban#new.1@en"
    assert served == sorted((path, path.stat().st_mtime_ns) for path in settings.state.rglob("*"))


def test_a_document_that_cannot_be_read_shows_its_findings_and_takes_no_other_down(
    settings: LibrarySettings, tmp_path: Path
) -> None:
    bench = Bench(settings, scratch(tmp_path))
    path = edited(settings)
    path.write_text(path.read_text("utf-8").replace("kind: contact", "kind: sermon"), "utf-8")
    state = bench.indexed(bench.look())
    shown = document("dadban", state.knowledge, state.faults)
    assert list(shown["versions"]) == ["fa"]
    assert any("sermon" in fault["problem"] for fault in shown["faults"])
    assert [entry["id"] for entry in contents(state.knowledge, state.faults)] == [
        "dadban",
        "front-line-defenders",
    ]


def test_where_nothing_can_be_indexed_the_last_library_stays_and_the_state_says_why(
    settings: LibrarySettings, tmp_path: Path
) -> None:
    bench = Bench(settings, scratch(tmp_path))
    first = bench.indexed(bench.look())
    for path in settings.knowledge.rglob("*.md"):
        path.unlink()
    state = bench.indexed(bench.look())
    assert state.library is first.library
    assert state.trouble is not None
    assert "no valid document" in state.trouble


def test_a_file_from_outside_is_shown_as_if_it_stood_in_the_folder(
    settings: LibrarySettings, tmp_path: Path
) -> None:
    outside = tmp_path / "desk"
    outside.mkdir()
    for language in ("en", "fa"):
        source = settings.knowledge / "contacts" / f"dadban.{language}.md"
        (outside / source.name).write_text(source.read_text("utf-8"), "utf-8")
    guest = outside / "dadban.en.md"
    guest.write_text(guest.read_text("utf-8") + NEW, "utf-8")
    bench = Bench(settings, scratch(tmp_path), guest)
    state = bench.indexed(bench.look())
    assert state.library is not None
    assert state.library.search("purple door").hits[0].passage.id == "dadban#new.1@en"
    paths = [each.path for each in state.knowledge.documents if each.id == "dadban"]
    assert paths == ["dadban.en.md", "dadban.fa.md"]
    assert "purple" not in (settings.knowledge / "contacts" / "dadban.en.md").read_text("utf-8")
