"""Persian in Latin letters ("Finglish"), recognised and written back in Persian letters.

Known spellings come from the glossary and ``data/finglish.yaml``; the rest is read by how Persian
words sound (``reading``).
"""

from retrieval.language.finglish.lexicon import Lexicon
from retrieval.language.finglish.reading import to_persian
from retrieval.language.finglish.recognising import is_finglish

__all__ = ["Lexicon", "is_finglish", "to_persian"]
