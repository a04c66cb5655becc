"""What a server holds: which versions stay, and who may publish the next."""

from __future__ import annotations

import pytest
from chromadb.api.client import Client

from retrieval.errors import IndexUnavailableError
from retrieval.index import register
from retrieval.index.chroma_server import Address, connected
from retrieval.index.register import (
    LIFETIME,
    Form,
    Version,
    files_of,
    kept,
    lease,
    registered,
    vectors_of,
)
from tests.retrieval.index.served.chroma_process import ChromaProcess
from tests.retrieval.index.served.conftest import names

OLD, NEW, NEWEST = (1, "small", "a"), (2, "small", "a"), (2, "small", "b")


def version(name: str, since: float = 0.0, form: Form = NEW) -> Version:
    return Version(name, *form, manifest=name, listing="", since=since)


def named(versions: tuple[Version, ...]) -> str:
    return "".join(version.name for version in versions)


def test_the_newest_two_stay_however_old() -> None:
    versions = (version("c", 3), version("b", 2), version("a", 1))
    assert named(kept(versions, 10 * LIFETIME)) == "cb"


def test_what_was_replaced_a_moment_ago_stays() -> None:
    """However many were published since: a replica may not have looked yet."""
    versions = (version("d", 30), version("c", 20), version("b", 10), version("a", 0))
    assert named(kept(versions, 40)) == "dcba"
    assert named(kept(versions, 15 + LIFETIME)) == "dcb"
    assert named(kept(versions, 25 + LIFETIME)) == "dc"


def test_an_older_program_keeps_its_own_versions_until_a_third_form_comes() -> None:
    late = 10 * LIFETIME
    versions = (version("n", 5), version("o", 4, OLD), version("p", 3, OLD), version("q", 2, OLD))
    assert named(kept(versions, late)) == "nop"
    third = (version("t", 6, NEWEST), *versions)
    assert named(kept(third, late)) == "tn"


@pytest.fixture
def client(server: ChromaProcess) -> Client:
    return connected(Address(server.url), 30)


def made(client: Client, name: str) -> Version:
    """Return a version of which there are collections."""
    for collection in (vectors_of(name), files_of(name)):
        client.create_collection(collection)
    return version(name, register.server_time(client))


def silent(_line: str) -> None:
    return


def test_what_belongs_to_no_version_is_swept_and_nothing_else(
    client: Client, server: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "LIFETIME", 0.0)
    client.create_collection("somebody-elses")
    client.create_collection(vectors_of("left-by-a-dead-builder"))
    with lease(client, silent) as held:
        versions = [made(client, name) for name in ("one", "two", "three")]
        for each in versions:
            held.publish(each)
        held.sweep()
        lasting = {name for v in versions[1:] for name in (v.vectors, v.files)}
        assert names(server) == {*lasting, "daricheh-register", "daricheh-lease"}
    assert names(server) == {*lasting, "daricheh-register"}
    assert [each.name for each in registered(client)] == ["three", "two"]
    assert client.get_collection("somebody-elses").name == "somebody-elses"


def test_the_lease_of_a_builder_that_died_is_free_after_its_time(client: Client) -> None:
    told: list[str] = []
    until = register.server_time(client) + 600
    dead = client.create_collection("daricheh-lease", metadata={"until": until})

    def time_passes(line: str) -> None:
        told.append(line)
        dead.modify(metadata={"until": 0.0})

    with lease(client, time_passes):
        assert client.get_collection("daricheh-lease").id != dead.id
    assert told == ["Another process is building the index; waiting for it."]


def test_a_builder_that_stood_still_too_long_publishes_nothing(client: Client) -> None:
    with lease(client, silent, seconds=60) as first:
        # As if its time had run out while it slept: somebody else takes the lease.
        held = client.get_collection("daricheh-lease")
        held.modify(metadata={"until": 0.0})
        with lease(client, silent) as second:
            with pytest.raises(IndexUnavailableError, match="another process took its place"):
                first.publish(version("late"))
            with pytest.raises(IndexUnavailableError):
                first.sweep()
            second.publish(version("timely"))
    assert [each.name for each in registered(client)] == ["timely"]
    assert "daricheh-lease" not in {each.name for each in client.list_collections()}


def test_a_lease_is_renewed_while_it_is_held(client: Client) -> None:
    with lease(client, silent, seconds=0.6):
        held = client.get_collection("daricheh-lease")
        first = float(held.metadata["until"])
        while (until := float(client.get_collection("daricheh-lease").metadata["until"])) <= first:
            assert register.server_time(client) < first + 60, "it was never renewed"
        assert until > first
