"""``daricheh knowledge show``: a document as the bot has it, sentence by sentence."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import AsJson, Knowledge, State, library_settings
from retrieval.errors import DarichehError

if TYPE_CHECKING:
    from retrieval.knowledge.documents import Document
    from retrieval.knowledge.faults import Fault
    from retrieval.knowledge.reading import Knowledge as Read


def show(
    document_id: Annotated[
        str, typer.Argument(metavar="ID", help="A document's id; with @en or @fa one version.")
    ],
    knowledge: Knowledge = None,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Show a document as the bot has it: passages, sentences with their sources, questions, faults.

    The ID may be that of a passage, as `daricheh search` prints it: then its document is shown.
    """
    from retrieval.knowledge.lint import lint
    from retrieval.knowledge.reading import read_knowledge
    from retrieval.knowledge.shared_files import read_topics

    folder = library_settings(knowledge, state).knowledge
    read = read_knowledge(folder)
    name, _, language = document_id.partition("@")
    name = name.partition("#")[0]
    found = [d for d in read.documents if d.id == name and language in ("", d.language)]
    if not found:
        raise DarichehError(_unknown(document_id, name, read))
    faults = lint(read, read_topics(folder), dt.date.today())
    shown = [_to_json(d, [f for f in faults if f.path == d.path]) for d in found]
    if as_json:
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(_lines(each)) for each in shown))


def _unknown(asked: str, name: str, read: Read) -> str:
    faults = [fault for fault in read.faults if f"/{name}." in f"/{fault.path}"]
    if faults:
        return f"{asked} is at fault and not served. {faults[0]}"
    near = difflib.get_close_matches(name, {document.id for document in read.documents}, 3)
    hint = f"Did you mean {', '.join(near)}?" if near else "`daricheh search` prints ids."
    return f"There is no document {asked}. {hint}"


def _to_json(document: Document, faults: list[Fault]) -> dict[str, Any]:
    from retrieval.passages import passages_of

    led: dict[str | None, list[str]] = {}
    for question in document.questions:
        led.setdefault(question.section, []).append(question.text)
    passages = passages_of(document)
    firsts = {passage.id.rpartition(".")[0]: passage.id for passage in reversed(passages)}
    return {
        "path": document.path,
        "header": document.header.model_dump(mode="json", exclude={"questions"}),
        "passages": [
            {
                "id": passage.id,
                "section": passage.section,
                "role": passage.role,
                "sentences": [
                    {
                        "text": passage.text[sentence.start : sentence.end],
                        "sources": [r.publisher for r in sentence.references],
                    }
                    for sentence in passage.sentences
                ],
                # Those of a section are shown once, with its first passage.
                "questions": led.get(_section(passage.id), [])
                if firsts[passage.id.rpartition(".")[0]] == passage.id
                else [],
            }
            for passage in passages
        ],
        "questions": led.get(None, []),
        "faults": [fault.to_json() for fault in faults],
    }


def _section(passage_id: str) -> str:
    return passage_id.partition("#")[2].rpartition(".")[0]


def _lines(shown: dict[str, Any]) -> Iterator[str]:
    header = shown["header"]
    yield f"{shown['path']}  ({header['kind']}, {', '.join(header['topics'])})"
    yield header["title"]
    yield header["summary"]
    yield f"as of {header['as_of']}, reviewed {header['reviewed']}, due {header['review_by']}"
    for passage in shown["passages"]:
        role = "" if passage["role"] == "fact" else f"  [{passage['role']}]"
        yield f"\n{passage['section']}{role}\n  {passage['id']}"
        for sentence in passage["sentences"]:
            yield f"  - {sentence['text']}  \u2068({'; '.join(sentence['sources'])})\u2069"
        for question in passage["questions"]:
            yield f"  ? {question}"
    if shown["questions"]:
        yield "\nQuestions that name no section"
        for question in shown["questions"]:
            yield f"  ? {question}"
    yield "\nSources"
    for source in header["sources"]:
        date = source["date"] or "undated"
        yield f"  {source['publisher']}, {date} ({source['tier']}; {source['licence']})"
        yield f"    {source['title']}  {source['url'] or ''}"
    for fault in shown["faults"]:
        yield f"\n{fault['level']}, line {fault['line']}: {fault['problem']} {fault['mend']}"
