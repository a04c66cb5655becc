"""What comes out at the end: an answer made of statements, each with its citations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from retrieval.search.context import NOTHING, Context

Language = Literal["fa", "en"]
Role = Literal["fact", "do", "avoid"]
Status = Literal["answered", "partial", "abstained", "outside", "declined", "urgent"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: a passage, the source behind it, and the words themselves."""

    n: int
    passage: str
    document: str
    title: str
    section: str
    publisher: str
    date: str | None
    as_of: str
    url: str | None
    tier: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A verbatim span of a passage; ``citations`` are the numbers of its citations (never empty).

    ``role`` says what the span is for: something known, a step to take, something to avoid.
    """

    text: str
    citations: tuple[int, ...]
    role: Role = "fact"


class Stages(NamedTuple):
    """How long the stages of an answer took, in seconds."""

    search: float = 0.0
    judge: float = 0.0
    compose: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in ``language``.

    ``statements`` fit one phone screen; ``further`` is the rest, shown on request. ``notices`` say
    what the person must know about the answer itself: how old it is, that it is in another
    language, that nothing was found and who can help. ``suggestions`` are questions that the
    knowledge folder does answer. ``citations`` cover statements and further statements. ``gap`` is
    the topic nearest to a question that the folder does not answer, None for all others.
    ``context`` is what the next question of the same conversation may lean on. ``seconds`` is how
    long it took in all, ``stages`` what of that went where. ``verbatim`` is the extractive answer
    that a composed one stands for, without its question.
    """

    question: str
    language: Language
    status: Status
    statements: tuple[Statement, ...] = ()
    further: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    gap: str | None = None
    context: Context = NOTHING
    verbatim: Answer | None = None
    seconds: float = field(default=0.0, compare=False)
    stages: Stages = field(default=Stages(), compare=False)

    def citation(self, n: int) -> Citation:
        """Return citation number ``n``; raise ``KeyError`` where the answer has none."""
        for citation in self.citations:
            if citation.n == n:
                return citation
        raise KeyError(n)

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``daricheh ask --json`` prints: statements and what they cite."""
        cited = {n for statement in self.statements for n in statement.citations}
        return {
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "statements": [
                {"text": s.text, "citations": list(s.citations)} for s in self.statements
            ],
            "citations": [
                {name: getattr(c, name) for name in Citation.__slots__}
                for c in self.citations
                if c.n in cited
            ],
            "notices": list(self.notices),
            "suggestions": list(self.suggestions),
            "seconds": round(self.seconds, 4),
        }
