"""The sealed file: whole or absent, of a size that tells little, and shut without the token."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.telegram.sealed import SMALLEST, SealedFile, UnreadableError

TOKEN = "123456:abcdef"  # noqa: S105
CONTENT = {"due": [[7_340_912_655, 17, 1_700_000_000, False]], "choices": []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "unfinished.sealed"


def test_what_was_written_is_read_with_the_same_token(path: Path) -> None:
    SealedFile(path, TOKEN).write(CONTENT)
    assert SealedFile(path, TOKEN).read() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_without_the_token_it_tells_nothing(path: Path) -> None:
    SealedFile(path, TOKEN).write(CONTENT)
    whole = path.read_bytes()
    assert b"7340912655" not in whole
    assert b"due" not in whole
    with pytest.raises(UnreadableError):
        SealedFile(path, TOKEN + "x").read()


def test_one_deletion_and_a_thousand_look_alike_and_never_the_same_twice(path: Path) -> None:
    file = SealedFile(path, TOKEN)
    file.write(CONTENT)
    one = path.read_bytes()
    file.write({"due": CONTENT["due"] * 1000, "choices": []})
    assert len(path.read_bytes()) == len(one) > SMALLEST
    file.write(CONTENT)
    assert path.read_bytes() != one


def test_with_nothing_to_keep_there_is_no_file(path: Path) -> None:
    file = SealedFile(path, TOKEN)
    assert file.read() == {}
    file.write(CONTENT)
    file.write({"due": [], "choices": []})
    assert not path.exists()
    file.write({"due": []})


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"daricheh-1 and rubbish"])
def test_a_damaged_file_is_told_from_an_absent_one(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    with pytest.raises(UnreadableError):
        SealedFile(path, TOKEN).read()


def test_a_changed_byte_is_noticed(path: Path) -> None:
    SealedFile(path, TOKEN).write(CONTENT)
    whole = bytearray(path.read_bytes())
    whole[-20] ^= 1
    path.write_bytes(whole)
    with pytest.raises(UnreadableError):
        SealedFile(path, TOKEN).read()
