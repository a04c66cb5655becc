"""What a knowledge folder holds to leaf through and to be led through, without an index."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from retrieval.browsing import Catalogue
from retrieval.flows import Guide, guides_of
from retrieval.flows.quoting import Sections
from retrieval.index.version import Contents
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import read_glossary, read_topics
from retrieval.knowledge.tool_facts import tool_facts
from retrieval.passages import passages_of

SMALL = Path(__file__).parent / "knowledge"
TODAY = dt.date(2026, 11, 23)


class Shelf(NamedTuple):
    """The lists and the guided conversations of a folder."""

    catalogue: Catalogue
    guides: dict[str, Guide]


@lru_cache(maxsize=4)
def shelf(folder: Path = SMALL, reworded: bool = False) -> Shelf:
    """Return the shelf of ``folder``, all of whose documents and flows must hold.

    ``reworded``: as if the openings of the flows had been written anew.
    """
    knowledge = read_knowledge(folder)
    faults = [fault for fault in knowledge.faults if fault.level == "error"]
    assert not faults, faults
    contents = Contents(
        tuple(passage for document in knowledge.documents for passage in passages_of(document)),
        (),
        read_topics(folder),
        read_glossary(folder),
    )
    tools = {
        (facts.document, facts.language): facts
        for facts in map(tool_facts, knowledge.documents)
        if facts is not None
    }
    headers = [document.header for document in knowledge.documents]
    flows = tuple(file.flow for file in knowledge.flows)
    if reworded:
        flows = tuple(flow.model_copy(update={"opening": flow.title}) for flow in flows)
    return Shelf(
        Catalogue(contents, headers, lambda: TODAY),
        guides_of(flows, Sections(contents), tools, lambda: TODAY),
    )
