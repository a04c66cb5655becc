"""The typed values of a tool card, each with the sentence that says it with its source."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from retrieval.knowledge.documents import CitedField, Document, Language, ToolHeader
from retrieval.knowledge.fields import audit_sentence, value_sentences
from retrieval.knowledge.markdown import marked_block


class Fact(BaseModel):
    """A typed value as a word or number, what fills the gaps of its label, and its sentence."""

    model_config = ConfigDict(frozen=True)

    value: str | int
    gaps: dict[str, str] = {}
    sentence: str


class ToolFacts(BaseModel):
    """What a card says of a tool in one language. A value without a named source is left out:
    nobody could look it up. ``limits`` is what the tool does not protect."""

    model_config = ConfigDict(frozen=True)

    document: str
    language: Language
    name: str
    facts: dict[CitedField, Fact]
    limits: str


def tool_facts(document: Document) -> ToolFacts | None:
    """Return the facts of a tool card; None for documents of other kinds."""
    header = document.header
    if not isinstance(header, ToolHeader):
        return None
    facts: dict[CitedField, Fact] = {}
    for field, sentence in value_sentences(header):
        value, gaps = _value(header, field)
        if sentence and value is not None and header.cites.get(field):
            facts[field] = Fact(value=value, gaps=gaps, sentence=sentence)
    if header.audits:
        newest = max(header.audits, key=lambda audit: audit.date)
        examined = f"{newest.by} ({newest.of})" if newest.of else newest.by
        gaps = {"by": examined, "year": newest.date[:4]}
        sentence = audit_sentence(newest, header)
        facts["audits"] = Fact(value="yes", gaps=gaps, sentence=sentence)
    return ToolFacts(
        document=document.id,
        language=document.language,
        name=header.name,
        facts=facts,
        limits=marked_block(header.does_not_protect or "", 0).text,
    )


def _value(header: ToolHeader, field: CitedField) -> tuple[str | int | None, dict[str, str]]:
    if field == "operator":
        side = "inside" if "IR" in header.countries else "outside"
        return side, {"operator": header.operator or ""}
    if field == "audits":
        return "no", {}
    if field == "group_size":
        advised = header.messenger.group_limit == "advised"
        return header.messenger.group_size, {"limit": "advised"} if advised else {}
    if field in ("calls", "hides_number"):
        return getattr(header.messenger, field), {}
    found: str = getattr(header, field)
    return found, {}
