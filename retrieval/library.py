"""The way in: open the library, ask it, search it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Self

from retrieval.answering.answer import Answer, Stages
from retrieval.answering.views import View, Views
from retrieval.answering.writing import Writer
from retrieval.browsing.catalogue import Catalogue
from retrieval.checking import Checker
from retrieval.encoder import Encoder, load_encoder
from retrieval.errors import ServerGoneError
from retrieval.flows import Guide, guides_of
from retrieval.flows.quoting import Sections
from retrieval.index.build import Make, Progress, silent
from retrieval.index.entries import sentence_id
from retrieval.index.store import Index
from retrieval.index.stores import store_of
from retrieval.judging.intents import likeness
from retrieval.judging.judge import Evidence, verdict
from retrieval.knowledge.documents import Language
from retrieval.passages import Passage
from retrieval.reading import Reader, load_reader
from retrieval.search.context import NOTHING, Context, handed_on
from retrieval.search.search import Search, Searcher
from retrieval.settings import LibrarySettings


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


class Library:
    """A knowledge folder, indexed and ready for questions. Safe to use from several threads."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        today: Callable[[], dt.date] = _today,
        reader: Reader | None = None,
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._searcher = Searcher(index, encoder, reader or load_reader())
        self.checker = Checker(encoder, terms=index.contents.terms)
        self._writer = Writer(index.contents)
        self._views = Views(index.contents.passages, self._writer.suggestions, today)
        self._by_id = {passage.id: passage for passage in index.contents.passages}
        self._today = today
        tools = {(tool.document, tool.language): tool for tool in index.flows.tools}
        self._catalogue = Catalogue(index.contents, index.headers, today)
        self._guides = guides_of(index.flows.flows, Sections(index.contents), tools, today)

    @classmethod
    def open(
        cls,
        settings: LibrarySettings,
        progress: Progress = silent,
        announce: Callable[[str], None] = lambda _: None,
        make: Make | None = None,
    ) -> Self:
        """Open the library that ``settings`` describe; build or update its index where needed.

        ``progress`` follows a build, ``announce`` is told what is not as it should be; ``make``
        builds in another place than this process (see ``retrieval.index.apart``). Raises
        ``KnowledgeError``, ``EncoderError`` or ``IndexUnavailableError``, each with the mend.
        """
        encoder = load_encoder(
            settings.encoder,
            query_prefix=settings.encoder_query_prefix,
            passage_prefix=settings.encoder_passage_prefix,
        )
        return cls(store_of(settings, announce, make).open(encoder, progress), encoder)

    def search(
        self, query: str, language: Language | None = None, before: Context = NOTHING
    ) -> Search:
        """Return the passages found for ``query``, best first."""
        return self._searcher.search(self._searcher.understanding.question(query, language, before))

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Answer ``question`` in its own language, or in ``language``.

        ``before`` is the context of the answer that was given last in the same conversation: half
        a question ("and on Android?") is understood by it, a whole one is not changed by it.

        Raises ``ServerGoneError`` where the index's server does not answer and nothing was found
        without it: that there is nothing would be a claim.
        """
        started = time.perf_counter()
        search = self.search(question, language, before)
        found = time.perf_counter()
        fits = self._fits(search, self._writer.considered(search))
        judged = verdict(self._judged(search, fits))
        if judged == "abstained" and not search.complete:
            raise ServerGoneError("Whether the folder holds anything on this cannot be said now.")
        decided = time.perf_counter()
        answer = self._writer.write(judged, search, fits, self._today())
        ended = time.perf_counter()
        return replace(
            answer,
            context=_left_behind(search, answer),
            seconds=ended - started,
            stages=Stages(found - started, decided - found, ended - decided),
        )

    def view(self, answer: Answer, view: View) -> Answer | None:
        """Return ``answer``, one of this library's, in another shape: "short", as "steps", or in
        the other language; None where it has no such shape."""
        return self._views.view(answer, view)

    def evidence(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Evidence:
        """Return what the verdict on ``question`` rests on, for calibration and preview."""
        search = self.search(question, language, before)
        return self._judged(search, self._fits(search, self._writer.considered(search)))

    @property
    def version(self) -> str:
        """The id of the index's version: equal for equal knowledge, encoder and form."""
        return self._index.manifest.id

    @property
    def index_name(self) -> str:
        """The name of the index's version: never the same for two builds."""
        return self._index.name

    @property
    def encoder(self) -> Encoder:
        """The encoder of its questions."""
        return self._encoder

    @property
    def made(self) -> float:
        """When the index was made, in seconds since the epoch."""
        return self._index.made

    @property
    def searcher(self) -> Searcher:
        """The search beneath, for measuring its parts."""
        return self._searcher

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, if there is one."""
        return self._by_id.get(passage_id)

    @property
    def catalogue(self) -> Catalogue:
        """What the folder holds, to leaf through."""
        return self._catalogue

    @property
    def flows(self) -> tuple[Guide, ...]:
        """The guided conversations, in the order of their ids."""
        return tuple(self._guides.values())

    def flow(self, flow_id: str) -> Guide | None:
        """Return the guided conversation of that id, if there is one."""
        return self._guides.get(flow_id)

    def _fits(self, search: Search, passages: Iterable[Passage]) -> dict[str, float]:
        """Return the cosine of each sentence of ``passages`` to the question, by entry id."""
        ids = [
            sentence_id(passage, number)
            for passage in passages
            for number in range(len(passage.sentences))
        ]
        if not ids:
            return {}
        vectors = self._searcher.vectors.of(ids)
        return {entry: float(vector @ search.sought) for entry, vector in vectors.items()}

    def _judged(self, search: Search, fits: Mapping[str, float]) -> Evidence:
        best = 0.0
        if search.hits:
            first = search.hits[0].passage
            own = [fits[sentence_id(first, n)] for n in range(len(first.sentences))]
            best = max(own, default=0.0)
        like = likeness(search.vector, search.question.searched, self._index.intents)
        near = self._index.neighbours.nearest(search.vector, search.question.searched)
        return Evidence(search, like, best, near)


def _left_behind(search: Search, answer: Answer) -> Context:
    """Return what the next question may lean on: nothing of one that was not this bot's matter."""
    if answer.status in ("outside", "declined"):
        return NOTHING
    cited = {n for statement in answer.statements for n in statement.citations}
    shown = [citation.passage for citation in answer.citations if citation.n in cited]
    return handed_on(search.question.stems, shown, search.question.context)
