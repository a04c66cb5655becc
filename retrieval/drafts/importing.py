"""A file, a folder or a git checkout into drafts outside the served knowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from retrieval.drafts import gettext, html, lektor, markdown, patience, plain, strings
from retrieval.drafts.checkout import Checkout, checkout_of
from retrieval.drafts.dates import date_in
from retrieval.drafts.languages import foreign_share, written_in
from retrieval.drafts.licences import Licences, licence_name
from retrieval.drafts.likeness import Likenesses
from retrieval.drafts.links import untracked
from retrieval.drafts.raw import RawText, read_raw
from retrieval.drafts.report import Report, Taken
from retrieval.drafts.source import Flag, SourceText, UnusableError, words
from retrieval.drafts.suspicion import (
    character_flags,
    seen,
    text_flags,
    tracking_flags,
    without_tracking,
)
from retrieval.drafts.walk import files_of, is_hidden, is_licence
from retrieval.drafts.writing import draft_text
from retrieval.errors import DarichehError
from retrieval.knowledge.documents import Document

FEWEST_WORDS = 20  # a text shorter than this is a label or a title
_READERS: dict[str, Callable[[RawText], SourceText]] = {
    ".txt": plain.extract,
    ".text": plain.extract,
    ".md": markdown.extract,
    ".markdown": markdown.extract,
    ".html": html.extract,
    ".htm": html.extract,
    ".xhtml": html.extract,
    ".lr": lektor.extract,
    ".po": gettext.extract,
    ".yml": strings.extract,
    ".yaml": strings.extract,
    ".json": strings.extract,
}
_LICENCE_PAGE = 3_000  # characters looked at for the licence a text names itself

Progress = Callable[[str, int, int], None]


class ImportDraftsError(DarichehError):
    """The drafts folder cannot be used."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read: its text, its language, and what is suspicious in it."""

    source: SourceText
    language: str
    digest: str
    flags: tuple[Flag, ...]


def import_drafts(
    path: Path,
    drafts: Path,
    knowledge: Path,
    documents: Iterable[Document] = (),
    progress: Progress = lambda _stage, _done, _total: None,
) -> Report:
    """Write a draft into ``drafts`` for every usable text of ``path``; return what was done.

    ``documents`` are those there already, to compare with. A draft that is there is never written
    over: somebody may be working on it. Raises ``ImportDraftsError`` where ``drafts`` lies in the
    knowledge folder or cannot be written; a file that cannot be used is in the report.
    """
    _prepare(drafts, knowledge)
    files = list(files_of(path))
    top = path if path.is_dir() else path.parent
    licences, likenesses = Licences(top), Likenesses(documents)
    checkout = checkout_of(top)
    taken: list[Taken] = []
    skipped: list[tuple[str, str]] = []
    for done, file in enumerate(files, 1):
        name = file.relative_to(top).as_posix()
        try:
            with patience.at_most(patience.SECONDS):
                read = _read(file, licences, checkout)
            likes = likenesses.add(name, read.source.text, read.source.title, read.source.url)
            draft = _place(path, name)
            text = draft_text(
                read.source,
                language=read.language,
                fallback_id=PurePosixPath(name).with_suffix("").as_posix(),
                origin=_origin(file, name, read, checkout),
                flags=read.flags,
                likenesses=likes,
            )
            _write(drafts / draft, text, read.digest)
            taken.append(
                Taken(
                    file=name,
                    draft=draft.as_posix(),
                    title=read.source.title,
                    language=read.language,
                    words=words(read.source.text),
                    licence=read.source.licence,
                    dropped=read.source.dropped,
                    flags=read.flags,
                    likenesses=tuple(likes),
                    notes=read.source.notes,
                )
            )
        except UnusableError as reason:
            skipped.append((name, str(reason)))
        progress("Reading files", done, len(files))
    return Report(str(drafts), tuple(taken), tuple(skipped))


def _prepare(drafts: Path, knowledge: Path) -> None:
    inside, outside = drafts.resolve(), knowledge.resolve()
    if inside == outside or outside in inside.parents:
        raise ImportDraftsError(
            f"{drafts} lies in the knowledge folder, where drafts must not be. "
            "Name another place with --to DIR."
        )
    try:
        drafts.mkdir(parents=True, exist_ok=True)
        keep_out = drafts / ".gitignore"
        if not keep_out.exists():
            keep_out.write_text("# Other people's texts: not for the repository.\n*\n", "utf-8")
    except OSError as error:
        raise ImportDraftsError(
            f"The drafts folder {drafts} cannot be written ({error.strerror}). "
            "Name another place with --to DIR."
        ) from None


def _read(file: Path, licences: Licences, checkout: Checkout | None) -> _Read:
    """Return what ``file`` holds; raise ``UnusableError`` with the reason where it is no use."""
    if is_hidden(file):
        raise UnusableError("a hidden file")
    if is_licence(file):
        raise UnusableError("a licence, read for what it allows")
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise UnusableError(f"no kind of text known here ({file.suffix or 'no suffix'})")
    raw = read_raw(file)
    source = reader(replace(raw, text=seen(raw.text)))
    # Entities of a page can spell hidden characters that its bytes do not hold.
    unseen = character_flags(raw.text) or character_flags(source.text)
    text = without_tracking(seen(source.text))
    if words(text) < FEWEST_WORDS:
        raise UnusableError(f"fewer than {FEWEST_WORDS} words of text")
    language = written_in(text)
    if language == "other":
        raise UnusableError("neither Persian nor English")
    hidden = " \n".join(flag.excerpt for flag in source.flags)
    flags = (
        *unseen,
        *source.flags,
        *tracking_flags(raw.text),
        *text_flags(f"{source.title or ''}\n{text}"),
        *text_flags(hidden),
    )
    notes = [*raw.faults, *source.notes]
    if share := foreign_share(text.split("\n"), language):
        notes.append(f"about {share:.0%} of its paragraphs are in another language")
    date = source.date and (date_in(source.date) or source.date)
    completed = replace(
        source,
        text=text,
        date=date,
        url=untracked(source.url) if source.url else _address(file, checkout),
        licence=_licence(source, licences.of(file)),
        notes=tuple(notes),
    )
    digest = hashlib.sha256(raw.text.encode("utf-8", "replace")).hexdigest()
    return _Read(completed, language, digest, tuple(dict.fromkeys(flags)))


def _licence(source: SourceText, of_folder: str | None) -> str | None:
    own = source.licence and (licence_name(source.licence) or source.licence)
    return own or of_folder or licence_name(source.text[-_LICENCE_PAGE:])


def _address(file: Path, checkout: Checkout | None) -> str | None:
    return checkout.address_of(file.resolve()) if checkout else None


def _origin(file: Path, name: str, read: _Read, checkout: Checkout | None) -> dict[str, str | None]:
    origin: dict[str, str | None] = {"file": name, "digest": read.digest}
    if checkout:
        origin["file"] = file.resolve().relative_to(checkout.folder).as_posix()
        origin |= {"repository": checkout.repository, "commit": checkout.commit}
    return origin


def _place(path: Path, name: str) -> PurePosixPath:
    """Return where in the drafts folder the draft of ``name`` goes: the source's own folders."""
    inside = PurePosixPath(path.resolve().name) if path.is_dir() else PurePosixPath()
    place = inside / name
    return place.with_name(f"{place.name}.draft.md")


def _write(path: Path, text: str, digest: str) -> None:
    """Write a draft that is not there yet; raise ``UnusableError`` where one is."""
    try:
        if path.exists():
            same = f"digest: {digest}" in path.read_text("utf-8", errors="replace")
            raise UnusableError(
                "a draft of it is there already"
                if same
                else "a draft of an earlier state of it is there; remove that to import it anew"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise ImportDraftsError(f"{path} cannot be written ({error.strerror}).") from None
