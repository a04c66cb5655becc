"""``daricheh knowledge new``: a document begun in both languages."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings
from retrieval.errors import DarichehError
from retrieval.knowledge.documents import Kind, Language, Tier

if TYPE_CHECKING:
    from retrieval.knowledge.skeleton import Beginning

_KINDS, _TIERS = " | ".join(get_args(Kind)), " | ".join(get_args(Tier))
_LANGUAGES: tuple[Language, ...] = get_args(Language)


def _option(name: str, text: str) -> Any:
    return typer.Option(name, help=text, show_default=False)


def new(
    document_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="Its id: words-joined-by-hyphens.")
    ] = "",
    kind: Annotated[str, _option("--kind", f"{_KINDS}.")] = "",
    topic: Annotated[list[str] | None, _option("--topic", "From topics.yaml; repeatable.")] = None,
    title_en: Annotated[str, _option("--title-en", "Its English title.")] = "",
    title_fa: Annotated[str, _option("--title-fa", "Its Persian title.")] = "",
    publisher: Annotated[str, _option("--publisher", "Who published the first source.")] = "",
    source_title: Annotated[str, _option("--source-title", "The title of the source.")] = "",
    url: Annotated[str, _option("--url", "Where it is; null where none is given.")] = "",
    date: Annotated[str, _option("--date", "YYYY-MM-DD, YYYY-MM or YYYY; null without.")] = "",
    tier: Annotated[str, typer.Option("--tier", help=f"{_TIERS}.")] = "reporting",
    licence: Annotated[str, typer.Option("--licence", help="Its licence.")] = "all rights reserved",
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Begin a document in both languages: a file each, with TODO: where something is to be written.

    In a terminal it asks for what the options leave out. Until every TODO: is gone the documents
    are not served, and `daricheh knowledge lint` names each.
    """
    from retrieval.knowledge.shared_files import read_topics
    from retrieval.knowledge.skeleton import Beginning

    folder = library_settings(knowledge, state).knowledge
    known = [topic.id for topic in read_topics(folder)]
    begun = Beginning(
        id=document_id,
        kind=cast(Kind, kind),
        topics=tuple(topic or ()),
        titles={"en": title_en, "fa": title_fa},
        publisher=publisher,
        source_title=source_title,
        url=url,
        date=date,
        tier=tier,
        licence=licence,
    )
    if sys.stdin.isatty():
        begun = _asked(begun, known)
    _check(begun, known)
    paths = _write(begun, folder)
    if as_json:
        print(json.dumps({"files": [str(path) for path in paths]}, ensure_ascii=False))
    else:
        print("\n".join(map(str, paths)))


def _asked(begun: Beginning, known: list[str]) -> Beginning:
    """Return ``begun`` with what a person at the terminal adds to it."""

    def ask(given: str, question: str, default: str | None = "") -> str:
        if given:
            return given
        return str(typer.prompt(question, default=default, err=True, show_default=False)).strip()

    def listed(question: str) -> tuple[str, ...]:
        return tuple(ask("", question, None).replace(",", " ").split())

    return replace(
        begun,
        id=ask(begun.id, "Id (words-joined-by-hyphens)", None),
        kind=cast(Kind, ask(begun.kind, f"Kind ({_KINDS})", None)),
        topics=begun.topics or listed(f"Topics, of {', '.join(known)}"),
        titles={
            "en": ask(begun.titles["en"], "Title in English (or nothing)"),
            "fa": ask(begun.titles["fa"], "Title in Persian (or nothing)"),
        },
        publisher=ask(begun.publisher, "Publisher of the first source (or nothing)"),
        source_title=ask(begun.source_title, "Title of the source (or nothing)"),
        url=ask(begun.url, "Address of the source (or nothing)"),
        date=ask(begun.date, "Date of the source (YYYY-MM-DD, YYYY-MM, YYYY or nothing)"),
    )


def _check(begun: Beginning, known: list[str]) -> None:
    """Raise ``typer.BadParameter`` for what no document may hold, with what to write instead."""
    from retrieval.knowledge.lint import FOLDERS
    from retrieval.knowledge.reading import read_document
    from retrieval.knowledge.skeleton import skeleton

    missing = [n for n in ("id", "kind", "topics") if not getattr(begun, n)]
    if missing:
        raise typer.BadParameter(f"Missing: {', '.join(missing)}. Give ID, --kind and --topic.")
    if begun.kind not in FOLDERS:
        raise typer.BadParameter(f"--kind {begun.kind}: write one of {_KINDS}.")
    for topic in begun.topics:
        if known and topic not in known:
            raise typer.BadParameter(f"--topic {topic}: write one of {', '.join(known)}.")
    with TemporaryDirectory() as scratch:
        trial = Path(scratch) / "trial.md"
        trial.write_text(skeleton(begun, "en", dt.date.today()), encoding="utf-8")
        read = read_document(trial, Path(scratch))
    faults = [f for f in read if f.lint != "unwritten"] if isinstance(read, list) else []
    if faults:
        raise typer.BadParameter(" ".join(f"{fault.problem} {fault.mend}" for fault in faults))


def _write(begun: Beginning, folder: Path) -> list[Path]:
    from retrieval.knowledge.lint import FOLDERS
    from retrieval.knowledge.skeleton import skeleton

    below = folder / FOLDERS[begun.kind]
    paths = [below / f"{begun.id}.{language}.md" for language in _LANGUAGES]
    for path in paths:
        if path.exists():
            raise DarichehError(f"{path} is there already. Choose another id, or edit it.")
    try:
        below.mkdir(parents=True, exist_ok=True)
        for language, path in zip(_LANGUAGES, paths, strict=True):
            path.write_text(skeleton(begun, language, dt.date.today()), encoding="utf-8")
    except OSError as error:
        raise DarichehError(
            f"{error.filename or below} cannot be written: {error.strerror}. Check its permissions."
        ) from None
    return paths
