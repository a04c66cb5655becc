"""A file to its characters: size, kind and encoding are checked before anything is read of it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from retrieval.drafts.source import UnusableError
from retrieval.language.detect import arabic_share

LARGEST = 2_000_000  # bytes; a book of 300,000 words
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 LE does, so it is looked for first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{3,20})", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class RawText:
    """A file's characters, with ``\\n`` between lines. ``faults`` says what had to be guessed."""

    path: Path
    text: str
    faults: tuple[str, ...] = ()


def read_raw(path: Path) -> RawText:
    """Read ``path``; raise ``UnusableError`` where it is too large, binary or cannot be read."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnusableError(f"larger than {LARGEST // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnusableError(f"cannot be read ({error.strerror})") from None
    text, faults = decoded(data)
    if len(_CONTROL.findall(text)) > len(text) / 1000:
        raise UnusableError("binary, not text")
    text = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return RawText(path, text, faults)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return ``data`` as text, and what was wrong with its encoding.

    Without a byte order mark: UTF-8, else what the file itself declares, else Windows-1256 where
    that reads as Arabic script, else Windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(name, "replace")
            return text, _lost(text, name)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        broken = error
    declared = _DECLARED.search(data[:2048])
    named = _codec(declared.group(1).decode("ascii")) if declared else None
    if named is not None and named != "utf-8":
        text = data.decode(named, "replace")
        return text, (f"not UTF-8; read as {named}, which it declares", *_lost(text, named))
    nearly = data.decode("utf-8", "replace")
    if nearly.count("\ufffd") <= len(nearly) / 200:
        return nearly, (f"broken UTF-8, first at byte {broken.start}", *_lost(nearly, "utf-8"))
    name = "cp1256" if arabic_share(data.decode("cp1256", "replace")) >= 1 / 3 else "cp1252"
    text = data.decode(name, "replace")
    return text, (f"not UTF-8; read as {name}, a guess", *_lost(text, name))


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    # Some codecs turn bytes into bytes; those are no encodings of text.
    return found.name if getattr(found, "_is_text_encoding", False) else None


def _lost(text: str, name: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    return (f"{count} characters could not be read as {name}",) if count else ()
