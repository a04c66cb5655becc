"""A message to a question: its language, its letters set right, its words."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.index.words import WordsIndex
from retrieval.knowledge.documents import Language
from retrieval.knowledge.shared_files import Term
from retrieval.language.courtesy import without_courtesy
from retrieval.language.detect import has_letters, is_persian_script
from retrieval.language.finglish import Lexicon, is_finglish, to_persian
from retrieval.language.normalise import readable
from retrieval.language.words import greetings, stems, surface_words, tokens
from retrieval.search.aliases import Aliases
from retrieval.search.context import NOTHING, Context, leans_on_context, own_stems
from retrieval.search.names import name_words
from retrieval.search.spelling import Speller

# A question is a few lines; what comes after this many characters is not read.
LONGEST_QUESTION = 1_000
# A shorter English name is too near to Persian words in Latin letters to correct towards it.
LONG_NAME = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A message as it is searched.

    ``text`` is what was written, shortened; ``searched`` is in Persian letters where it was
    Finglish, and spelt as the knowledge folder spells; ``stems`` are its words, ``aliases`` the
    words of other names of what it mentions. ``language`` is that of the answer. ``context`` is
    what it leans on; a question that can stand by itself has none. ``whole`` is half a question
    in full, as a model put it: ``stems`` and ``aliases`` are of that, where there is one.
    """

    text: str
    language: Language
    searched: str
    stems: tuple[str, ...]
    aliases: tuple[str, ...]
    finglish: bool = False
    context: Context = NOTHING
    whole: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to look for."""
        return not has_letters(self.text)

    @property
    def is_greeting(self) -> bool:
        """Whether it is no more than a greeting or thanks."""
        forms = (surface_words(self.text), surface_words(self.searched))
        return any(words and all(word in greetings() for word in words) for words in forms)


class Understanding:
    """Turns messages into questions, with the words and the glossary of one index."""

    def __init__(self, words: WordsIndex, terms: tuple[Term, ...]) -> None:
        self._words = words
        self._aliases = Aliases(terms)
        finglish = [(latin, fa) for term in terms for latin in term.finglish for fa in term.fa]
        self._lexicon = Lexicon.of(finglish)
        self._english = frozenset(word for word in words.surface if word.isascii())
        self._speller = Speller(words.surface, self._is_known)
        names = {word for term in terms for form in term.en for word in surface_words(form)}
        self._names = Speller(
            frozenset(word for word in names if word.isascii() and len(word) >= LONG_NAME),
            lambda word: word in words.surface or word in self._lexicon.words,
        )

    def _is_known(self, word: str) -> bool:
        return word in name_words() or any(self._words.frequency(stem) for stem in stems(word))

    def question(
        self, message: str, language: Language | None = None, before: Context = NOTHING
    ) -> Question:
        """Return the question in ``message``; ``language`` overrides that of the answer,
        ``before`` is what was spoken of before."""
        text = " ".join(readable(message[: 2 * LONGEST_QUESTION]).split())[
            :LONGEST_QUESTION
        ].rstrip()
        persian = is_persian_script(text)
        finglish = not persian and is_finglish(
            text, self._lexicon, self._english, self._words.surface
        )
        searched = text
        if finglish:
            # Before it is read as Persian: «clubhuose» would become a word that nobody knows.
            named = self._names.corrected(text)
            searched = to_persian(named, self._lexicon, self._words.surface)
        searched = self._speller.corrected(without_courtesy(searched))
        content = tuple(dict.fromkeys(tokens(searched)))
        leans = bool(before) and leans_on_context(searched, content)
        whole = readable(before.words)[:LONGEST_QUESTION] if leans else ""
        own = own_stems(searched) if leans else content
        return Question(
            text=text,
            language=language or ("fa" if persian or finglish else "en"),
            searched=searched,
            stems=tuple(dict.fromkeys((*own, *tokens(whole)))),
            aliases=self._aliases.of(whole or searched),
            finglish=finglish,
            context=before if leans else NOTHING,
            whole=whole,
        )
