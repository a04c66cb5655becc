"""A process that answers loads nothing that only a build needs: it may hold 400 MB in all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.settings import PROJECT
from tests.conftest import WriteDocument

ANSWERING = """
import sys
from pathlib import Path
import bot.commands.serving, bot.telegram, retrieval.model.opened
from retrieval.library import Library
from retrieval.settings import LibrarySettings

NEEDLESS = set("langchain langchain_core langchain_chroma langsmith PIL bm25s scipy".split())
knowledge, state = map(Path, sys.argv[1:])
library = Library.open(LibrarySettings(_env_file=None, knowledge=knowledge, state=state))
print(library.answer("What is Dadban?").status)
loaded = {name.split(".")[0] for name in sys.modules}
print(*sorted(loaded & NEEDLESS))
"""


def test_answering_loads_nothing_that_builds_traces_or_draws(
    knowledge_folder: Path, write_document: WriteDocument, tmp_path: Path, encoder: Encoder
) -> None:
    write_document("dadban", "## What it is\n\nDadban gives legal counsel.", title="Dadban")
    IndexStore(knowledge_folder, tmp_path / "state").update(encoder)
    command = [sys.executable, "-c", ANSWERING, str(knowledge_folder), str(tmp_path / "state")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    status, loaded = done.stdout.splitlines()
    assert status
    assert loaded == ""
