"""An index on a Chroma server: published whole, read by several, and never in the way of a
question."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from retrieval.encoder import Encoder
from retrieval.index.chroma_server import Address, connected
from retrieval.index.register import lease, registered
from retrieval.index.store import IndexStore
from retrieval.library import Library
from tests.retrieval.index.served.chroma_process import ChromaProcess
from tests.retrieval.index.served.conftest import ASKED, Replica, edited


def answers(library: Library) -> list[dict[str, object]]:
    found = [library.answer(question).to_json() for question in ASKED]
    return [{**answer, "seconds": 0} for answer in found]


def test_what_one_publishes_others_read_and_answer_as_from_a_folder(
    replica: Replica,
    knowledge: Path,
    server: ChromaProcess,
    tmp_path: Path,
    encoder: Encoder,
) -> None:
    report = replica("one").update(encoder)
    assert report is not None
    assert replica("one").update(encoder) is None
    # A process that only answers needs no knowledge folder of its own.
    other = Library(replica("other", folder=tmp_path / "none").open(encoder), encoder)
    alone = Library(IndexStore(knowledge, tmp_path / "alone").open(encoder), encoder)
    assert answers(other) == answers(alone)
    assert [answer["status"] for answer in answers(other)] == ["answered", "answered"]
    # And nothing of what was asked is kept where the index is.
    other.answer("Is a phone call from Qarchakabad a summons?")
    kept = b"".join(path.read_bytes() for path in server.folder.rglob("*") if path.is_file())
    assert b"summons" in kept
    assert b"Qarchakabad" not in kept


def test_the_first_process_publishes_and_a_later_one_with_other_knowledge_does_not(
    replica: Replica, knowledge: Path, server: ChromaProcess, encoder: Encoder
) -> None:
    """In the middle of a rolling update old and new processes would replace each other's index."""
    first = replica("one").open(encoder)
    edited(knowledge, "Ask for the caller's name.")
    told: list[str] = []
    later = replica("other", told.append).open(encoder)
    assert later.name == first.name
    assert any("knowledge index" in line for line in told)
    again = replica("other").update(encoder)
    assert again is not None
    assert again.reused > again.encoded
    assert replica("one").newest(encoder.name) != first.name


def test_no_question_fails_while_newer_versions_are_published(
    replica: Replica, knowledge: Path, encoder: Encoder
) -> None:
    replica("one").update(encoder)
    reader, publisher = replica("reader"), replica("one")
    libraries = [Library(reader.open(encoder), encoder)]
    statuses: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            statuses.append(libraries[-1].answer(ASKED[0]).status)

    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(ask)
        try:
            for sentence in ("Ask for the caller's name.", "Ask which office is calling."):
                edited(knowledge, sentence)
                publisher.update(encoder)
                libraries.append(Library(reader.open(encoder), encoder))
        finally:
            done.set()
        asked.result()
    assert len({library.index_name for library in libraries}) == 3
    assert len(statuses) > 10
    assert set(statuses) == {"answered"}
    # Nor does one that has not yet noticed either of them.
    assert libraries[0].answer(ASKED[1]).status == "answered"
    assert libraries[0].search(ASKED[1]).complete


def test_two_builders_at_once_make_one_version(
    replica: Replica, server: ChromaProcess, encoder: Encoder
) -> None:
    with ThreadPoolExecutor(2) as both:
        reports = list(both.map(lambda name: replica(name).update(encoder), ("one", "other")))
    assert sorted(report is None for report in reports) == [False, True]
    assert len(registered(connected(Address(server.url), 30))) == 1


def test_a_newer_program_publishes_beside_what_an_older_one_reads(
    replica: Replica, server: ChromaProcess, encoder: Encoder
) -> None:
    store = replica("one")
    store.update(encoder)
    name = store.newest(encoder.name)
    client = connected(Address(server.url), 30)
    with lease(client, lambda _: None) as held:
        own = registered(client)[0]
        held.publish(replace(own, name="newer", format=own.format + 1, since=own.since + 1))
        held.sweep()
    assert registered(client)[0].name == "newer"
    assert store.newest(encoder.name) == name
    assert replica("other").open(encoder).name == name
