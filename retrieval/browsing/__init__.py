"""Leafing through the folder: its topics, documents, platforms, contacts, terms and sources.

``Library.catalogue`` gives a ``Catalogue``. Whatever it shows of a document is statements with
citations, as in an answer.
"""

from retrieval.browsing.catalogue import Catalogue, Entry, Filed, Publisher
from retrieval.browsing.names import Found
from retrieval.browsing.sheet import Heading, Part, Sheet

__all__ = ["Catalogue", "Entry", "Filed", "Found", "Heading", "Part", "Publisher", "Sheet"]
