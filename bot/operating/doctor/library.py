"""The index and the knowledge folder: are they there, whole, and of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.operating.doctor.finding import Finding, fault, ok, warning
from retrieval.errors import DarichehError
from retrieval.settings import LibrarySettings

if TYPE_CHECKING:
    from retrieval.index.condition import Condition

SOON = 30  # days
_MAKE = "daricheh knowledge index"


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def index_findings(settings: LibrarySettings) -> Iterator[Finding]:
    """Yield how the index stands. Nothing is made."""
    from retrieval.encoder import load_encoder
    from retrieval.index.condition import condition

    try:
        encoder = load_encoder(
            settings.encoder,
            query_prefix=settings.encoder_query_prefix,
            passage_prefix=settings.encoder_passage_prefix,
        )
    except DarichehError as error:
        yield fault("encoder", str(error), "Set DARICHEH_ENCODER to one that is there.")
        return
    yield ok("encoder", f"{encoder.name} can be loaded.")
    try:
        found = condition(settings, encoder)
    except DarichehError as error:
        yield fault("index", str(error), "Until then questions are answered by words alone.")
        return
    yield _index(found, settings)


def _index(found: Condition, settings: LibrarySettings) -> Finding:
    if found.version is None:
        return warning(
            "index", "There is none yet.", f"It is made at the next start, or by {_MAKE}"
        )
    what = f"Version {found.version}"
    if not found.fits:
        return warning(
            "index",
            f"{what} was made by another program version or encoder.",
            f"It is made anew at the next start, or by {_MAKE}",
        )
    if not found.whole:
        return fault(
            "index",
            f"{what} is damaged.",
            f"Remove {settings.state / 'index'}; it is made anew at the next start.",
        )
    if found.made is not None:
        made = dt.datetime.fromtimestamp(found.made, tz=dt.UTC)
        what = f"{what} of {made:%Y-%m-%d %H:%M} UTC"
    if not found.fresh:
        return warning("index", f"{what}; the knowledge folder has changed since.", f"{_MAKE}")
    return ok("index", f"{what}, up to date.")


def knowledge_findings(
    settings: LibrarySettings, today: Callable[[], dt.date] = _today
) -> Iterator[Finding]:
    """Yield what is found of the folder: faults, and what is past its review or soon will be."""
    from retrieval.knowledge.due import due
    from retrieval.knowledge.reading import read_knowledge

    if not settings.knowledge.is_dir():
        yield fault(
            "knowledge", f"{settings.knowledge} is no folder.", "Name it with DARICHEH_KNOWLEDGE."
        )
        return
    knowledge = read_knowledge(settings.knowledge)
    if not knowledge.documents:
        yield fault("knowledge", "There is no valid document.", "daricheh knowledge lint")
        return
    left_out = {each.path for each in knowledge.faults if each.level == "error"}
    what = f"{len(knowledge.documents)} documents"
    if left_out:
        yield warning(
            "knowledge",
            f"{what}; {len(left_out)} more have errors and are left out.",
            "daricheh knowledge lint",
        )
    else:
        yield ok("knowledge", f"{what}, all valid.")
    day = today()
    near = due(knowledge.documents, {}, day, SOON)
    late = [each for each in near if each.days > 0]
    soon = f"{len(near) - len(late)} more fall due within {SOON} days"
    if late:
        yield warning(
            "freshness",
            f"{len(late)} documents are past their review; {soon}. Answers say so.",
            "daricheh knowledge stale",
        )
        return
    first = min(document.header.review_by for document in knowledge.documents)
    yield ok("freshness", f"No document is past its review; {soon}, the first on {first}.")
