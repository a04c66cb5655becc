"""A preview of two real documents, served on the loopback address for as long as a test runs."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.preview.bench import Bench
from bot.preview.server import Preview
from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.settings import PROJECT, LibrarySettings

DOCUMENTS = ("contacts/dadban", "contacts/front-line-defenders")


@pytest.fixture(scope="session")
def _pristine(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder of two real contacts in both languages, and its index."""
    place = tmp_path_factory.mktemp("pristine")
    folder = place / "knowledge"
    (folder / "contacts").mkdir(parents=True)
    for name in ("glossary.yaml", "topics.yaml"):
        shutil.copy(PROJECT / "knowledge" / name, folder)
    for name in DOCUMENTS:
        for language in ("en", "fa"):
            shutil.copy(PROJECT / "knowledge" / f"{name}.{language}.md", folder / "contacts")
    IndexStore(folder, place / "state").update(encoder)
    return place


@pytest.fixture
def settings(_pristine: Path, tmp_path: Path) -> LibrarySettings:
    """Settings that name a copy of the two documents, free to be edited."""
    place = tmp_path / "copy"
    shutil.copytree(_pristine, place)
    return LibrarySettings(_env_file=None, knowledge=place / "knowledge", state=place / "state")


@contextmanager
def serving(bench: Bench, chosen: str | None = None) -> Iterator[Preview]:
    """Serve ``bench`` on a free port in a thread of its own."""
    ready: Future[tuple[Preview, Callable[[], None]]] = Future()

    async def serve() -> None:
        shown = Preview(bench, bench.indexed(bench.look()), chosen)
        server = shown.listen(0)
        watching = asyncio.create_task(shown.watch())
        loop = asyncio.get_running_loop()

        def stop() -> None:
            loop.call_soon_threadsafe(watching.cancel)

        ready.set_result((shown, stop))
        await asyncio.gather(watching, return_exceptions=True)
        server.stop()
        await server.close_all_connections()
        shown.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    shown, stop = ready.result(60)
    try:
        yield shown
    finally:
        stop()
        thread.join(30)


@pytest.fixture
def preview(settings: LibrarySettings, tmp_path: Path) -> Iterator[Preview]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with serving(Bench(settings, scratch)) as shown:
        yield shown
