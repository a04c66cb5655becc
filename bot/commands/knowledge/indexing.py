"""``daricheh knowledge index``: the index brought up to date by hand."""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.commands.options import AsJson, Knowledge, State, library_settings


def index(knowledge: Knowledge = None, state: State = None, as_json: AsJson = False) -> None:
    """Bring the index up to date: only texts that changed are encoded again.

    It is built beside the old one, which serves until the new one is whole. Not needed by hand
    where the index lies in the state folder: every command that needs it does this first. On a
    Chroma server (DARICHEH_CHROMA_URL) this is what publishes a new one to all that use it.
    """
    from bot.commands.progress import announce, build_progress
    from retrieval.encoder import load_encoder
    from retrieval.index.stores import store_of

    settings = library_settings(knowledge, state)
    encoder = load_encoder(
        settings.encoder,
        query_prefix=settings.encoder_query_prefix,
        passage_prefix=settings.encoder_passage_prefix,
    )
    store = store_of(settings, announce)
    with build_progress() as progress:
        report = store.update(encoder, progress)
    if as_json:
        print(json.dumps(asdict(report) if report else {"unchanged": True}))
    elif report is None:
        print("Nothing has changed.")
    else:
        print(
            f"{report.documents} documents, {report.passages} passages; "
            f"{report.encoded} texts encoded, {report.reused} used again."
        )
