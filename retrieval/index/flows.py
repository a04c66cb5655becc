"""The flows of a version of the index, and the typed facts of tools that comparisons need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from retrieval.knowledge.documents import Document
from retrieval.knowledge.flows import Flow
from retrieval.knowledge.tool_facts import ToolFacts, tool_facts

_FILE = "flows.json"


@dataclass(frozen=True, slots=True)
class FlowContents:
    """What a version holds for guided conversations."""

    flows: tuple[Flow, ...]
    tools: tuple[ToolFacts, ...]


_contents: TypeAdapter[FlowContents] = TypeAdapter(FlowContents)


def write_flows(folder: Path, flows: Iterable[Flow], documents: Iterable[Document]) -> None:
    """Write ``flows`` and the facts of the tools among ``documents`` into ``folder``. A version
    without flows has no such file."""
    flows = tuple(flows)
    if not flows:
        return
    tools = (tool_facts(document) for document in documents)
    contents = FlowContents(flows, tuple(tool for tool in tools if tool is not None))
    (folder / _FILE).write_bytes(_contents.dump_json(contents, by_alias=True))


def read_flows(folder: Path) -> FlowContents:
    """Read what ``write_flows`` wrote."""
    if not (folder / _FILE).is_file():
        return FlowContents((), ())
    return _contents.validate_json((folder / _FILE).read_bytes())
