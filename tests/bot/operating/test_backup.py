"""What cannot be made again survives the machine, and nothing is ever overwritten."""

from __future__ import annotations

import io
import stat
import tarfile
from pathlib import Path

import pytest

from bot.commands.backing_up import backup, restore
from bot.counting import read_counts
from bot.feedback import STEP_WRONG, Feedback, feedback_file, read_feedback
from bot.gaps import STEP, Gaps, gaps_file, read_gaps
from bot.operating.backup import BackupError, back_up
from bot.telegram.app import LEDGER
from bot.telegram.sealed import SealedFile

TOKEN = "123456789:backed-up-token-that-is-not-real"  # noqa: S105
DUE = {"due": [[7_340_912_655, 12, 1795400000, False]], "choices": []}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder that holds all there can be: sealed, counted, and an index."""
    state = tmp_path / "state"
    SealedFile(state / LEDGER, TOKEN).write(DUE)
    feedback, gaps = Feedback(state), Gaps(state)
    for _ in range(STEP_WRONG):
        feedback.wrong("be-ready#first.1@en", "outdated")
    for _ in range(STEP):
        gaps.count("arrest")
    (state / "index").mkdir()
    (state / "index" / "current").write_text("of the knowledge folder")
    return state


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN", TOKEN)


def test_what_was_backed_up_comes_back_as_it_was(state: Path, tmp_path: Path) -> None:
    backup(tmp_path / "kept", state)
    new = tmp_path / "new"
    restore(tmp_path / "kept", new)
    assert SealedFile(new / LEDGER, TOKEN).read() == DUE
    assert read_feedback(new) == read_feedback(state) != {}
    assert read_gaps(new) == read_gaps(state) != {}
    assert sorted(path.name for path in new.iterdir()) == sorted(
        [LEDGER, feedback_file(new).name, gaps_file(new).name]
    )


def test_a_backup_shows_no_chat_and_only_its_owner_may_read_it(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    backup(file, state)
    assert str(DUE["due"][0][0]).encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    restore(file, tmp_path / "new")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()} == {0o600}


def test_two_backups_of_the_same_state_are_the_same_file(state: Path, tmp_path: Path) -> None:
    """So no time, owner or machine stands in it."""
    backup(tmp_path / "one", state)
    backup(tmp_path / "two", state)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_backup_that_is_there_is_not_overwritten(state: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("of last week")
    with pytest.raises(BackupError, match="there already"):
        backup(file, state)
    assert file.read_text() == "of last week"


def test_what_is_in_the_state_folder_is_not_overwritten(state: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "kept", tmp_path / "new"
    backup(file, state)
    new.mkdir()
    gaps_file(new).write_text("{}")
    with pytest.raises(BackupError, match=r"gaps\.json in .* would be overwritten"):
        restore(file, new)
    assert [path.name for path in new.iterdir()] == [gaps_file(new).name]
    assert read_counts(gaps_file(new)) == {}


def test_a_backup_that_cannot_be_written_leaves_nothing(state: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="was not written"):
        backup(tmp_path / "nowhere" / "kept", state)
    assert not (tmp_path / "nowhere").exists()


def test_without_anything_to_keep_a_backup_is_empty_and_restores_nothing(tmp_path: Path) -> None:
    backup(tmp_path / "kept", tmp_path / "state")
    restore(tmp_path / "kept", tmp_path / "new")
    assert not list((tmp_path / "new").iterdir())


def tar(path: Path, name: str, content: bytes, kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w") as archive:
        about = tarfile.TarInfo(name)
        about.size, about.type, about.linkname = len(content), kind, "elsewhere"
        archive.addfile(about, io.BytesIO(content))
    return path


@pytest.mark.parametrize("name", ["../gaps.json", "/etc/passwd", "index/current", "other"])
def test_a_backup_with_other_files_in_it_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupError, match="no backup of this program"):
        restore(tar(tmp_path / "kept", name, b"{}"), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_link_in_a_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no backup of this program"):
        restore(tar(tmp_path / "kept", "gaps.json", b"", tarfile.SYMTYPE), tmp_path / "new")


def test_damaged_counts_and_what_is_no_backup_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="it holds no counts"):
        restore(tar(tmp_path / "kept", "gaps.json", b"[1]"), tmp_path / "new")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(BackupError, match="is no backup"):
        restore(tmp_path / "text", tmp_path / "new")
    with pytest.raises(BackupError, match="cannot be read"):
        restore(tmp_path / "nowhere", tmp_path / "new")


def test_a_sealed_part_of_another_token_is_refused_before_anything_is_placed(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(state, [LEDGER], tmp_path / "kept")
    monkeypatch.setenv("DARICHEH_TELEGRAM_TOKEN", "987654321:another-token-altogether")
    with pytest.raises(BackupError, match="another token"):
        restore(tmp_path / "kept", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    monkeypatch.delenv("DARICHEH_TELEGRAM_TOKEN")
    restore(tmp_path / "kept", tmp_path / "new")  # untried: whoever restores may not have it
    assert SealedFile(tmp_path / "new" / LEDGER, TOKEN).read() == DUE
