"""Reading a question and a passage together: is what is asked told here?

A vector says what a text is about. That "who was sentenced" and "which judge sentenced" are not the
same question, it hardly says; a model that sees both texts at once can.
"""

from retrieval.reading.reader import Reader, load_reader

__all__ = ["Reader", "load_reader"]
