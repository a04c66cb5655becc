"""The index on disk: dense vectors in Chroma, words in BM25, one folder a version."""
