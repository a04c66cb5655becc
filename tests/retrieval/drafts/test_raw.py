"""A file is read in its own encoding, which is announced; what is no text is left out."""

from __future__ import annotations

import codecs

import pytest

from retrieval.drafts.raw import LARGEST, decoded
from tests.retrieval.drafts.conftest import Importer
from tests.retrieval.drafts.test_formats import PERSIAN, SENTENCE

ARABIC_PAGE = "این یک متن فارسی است که در رایانه ای قدیمی نوشته شده است.".replace("ی", "ي")


@pytest.mark.parametrize(
    ("data", "text", "faults"),
    [
        (PERSIAN.encode(), PERSIAN, 0),
        (codecs.BOM_UTF8 + PERSIAN.encode(), PERSIAN, 0),
        (PERSIAN.encode("utf-16"), PERSIAN, 0),
        (PERSIAN.encode("utf-32"), PERSIAN, 0),
        (ARABIC_PAGE.encode("cp1256", "ignore"), None, 1),
        (b"<meta charset='windows-1252'>caf\xe9", "<meta charset='windows-1252'>café", 1),
        (b"na\xefve caf\xe9", "naïve café", 1),
        (PERSIAN.encode() * 9 + b"\xff", PERSIAN * 9 + "\ufffd", 2),
        (b"charset=hex caf\xe9", "charset=hex café", 1),
    ],
)
def test_encodings_are_recognised_and_guesses_announced(
    data: bytes, text: str | None, faults: int
) -> None:
    found, said = decoded(data)
    assert found == (text or data.decode("cp1256"))
    assert len(said) == faults


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
        ("a.md", b"word \0" * 100, "binary"),
        ("a.txt", b"w " * LARGEST, "larger"),
        ("a.txt", b"", "fewer than"),
        ("a.png", b"anything", "no kind of text"),
        ("noname", b"anything", "no kind of text"),
        (".env", b"SECRET=1", "hidden"),
        ("LICENSE", b"MIT License", "licence"),
        ("a.txt", "Lorem ipsum dolor sit amet consectetur é ".encode() * 20, "neither Persian"),
        (
            "a.txt",
            "هذه هي الجملة العربية التي لا تنتمي إلى هذا المشروع أبدا ".encode() * 5,
            "neither",
        ),
        ("a.json", b'{"a": ', "not valid JSON"),
        ("a.yml", b"[" * 5000, "not valid YML"),
    ],
)
def test_what_cannot_be_used_is_left_out_with_a_reason(
    importer: Importer, name: str, content: bytes, reason: str
) -> None:
    assert reason in importer.refused(name, content)


def test_broken_bytes_are_noted_in_the_report(importer: Importer) -> None:
    taken = importer.one("a.txt", (SENTENCE * 20).encode() + b" \xff\xfe and more")
    assert any("broken UTF-8" in note for note in taken.notes)
