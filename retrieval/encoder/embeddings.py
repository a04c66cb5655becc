"""An encoder behind LangChain's interface, for its vector stores and retrievers."""

from langchain_core.embeddings import Embeddings

from retrieval.encoder.contract import Encoder


class EncoderEmbeddings(Embeddings):
    """LangChain embeddings that come from `encoder`."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of length one for each passage."""
        vectors: list[list[float]] = self.encoder.encode_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector, of length one, of a question."""
        vector: list[float] = self.encoder.encode_queries([text])[0].tolist()
        return vector
