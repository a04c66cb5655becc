"""``daricheh knowledge preview``: a document in the browser, as people will meet it."""

from __future__ import annotations

import asyncio
import contextlib
import difflib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Knowledge, State, library_settings

if TYPE_CHECKING:
    from bot.preview.bench import Bench
    from bot.preview.bench import State as BenchState
    from retrieval.settings import LibrarySettings

PORT = 8377


def preview(
    document: Annotated[
        str | None,
        typer.Argument(metavar="[ID|FILE]", help="The document to begin with.", show_default=False),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Where to serve; 0: a free port.")
    ] = PORT,
    knowledge: Knowledge = None,
    state: State = None,
) -> None:
    """Show in the browser how a document becomes passages, which questions find it, and how its
    answers look on a phone in both languages; what lint says of it, too.

    Served to this machine alone, and renewed whenever a file is saved. A FILE outside the folder
    is shown as if it stood in it. The served index is left as it is. Ctrl-C ends it.
    """
    from bot.commands.progress import announce, build_progress
    from bot.preview.bench import Bench

    settings = library_settings(knowledge, state)
    guest = _guest(document, settings)
    with TemporaryDirectory(prefix="daricheh-", ignore_cleanup_errors=True) as scratch:
        bench = Bench(settings, Path(scratch), guest, announce)
        with build_progress() as progress:
            first = bench.indexed(bench.look(), progress)
        chosen = _chosen(document, guest, first)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(bench, first, chosen, port))


async def _serve(bench: Bench, first: BenchState, chosen: str | None, port: int) -> None:
    from bot.preview.server import Preview

    shown = Preview(bench, first, chosen)
    server = shown.listen(port)
    print(shown.address, flush=True)
    try:
        await shown.watch()
    finally:
        server.stop()
        shown.close()


def _guest(document: str | None, settings: LibrarySettings) -> Path | None:
    """Return the file that ``document`` names, where it lies outside the knowledge folder."""
    if document is None or not Path(document).is_file():
        return None
    path = Path(document).resolve()
    return None if settings.knowledge.resolve() in path.parents else path


def _chosen(document: str | None, guest: Path | None, state: BenchState) -> str | None:
    """Return the id to show first; raise ``BadParameter`` where there is no such document."""
    from bot.preview.view import contents, id_of

    if document is None:
        return None
    folder = state.knowledge.folder.resolve()
    path = Path(document).resolve()
    if guest is not None:
        return id_of(guest.name, state.knowledge)
    if path.is_file() and folder in path.parents:
        return id_of(path.relative_to(folder).as_posix(), state.knowledge)
    known = [str(entry["id"]) for entry in contents(state.knowledge, state.faults)]
    if document in known:
        return document
    near = difflib.get_close_matches(document, known, 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise typer.BadParameter(f"There is no document or file called {document}.{hint}")
