"""What the folder holds, in lists: by topic, by kind, by name, by source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from retrieval.browsing.names import Found, Names
from retrieval.browsing.sheet import Sheet, laid_out, opening
from retrieval.index.version import Contents
from retrieval.knowledge.documents import (
    AnyHeader,
    ContactHeader,
    Kind,
    Language,
    PlatformHeader,
    Source,
    ToolHeader,
)
from retrieval.knowledge.shared_files import Term, Topic
from retrieval.language.alphabet import alphabetical
from retrieval.language.finglish import Lexicon
from retrieval.language.normalise import search_form
from retrieval.passages import Passage

_LANGUAGES: tuple[Language, ...] = ("en", "fa")
_IN_BRACKETS = re.compile(r"^(.*?)\s*\((.+)\)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list. ``name`` is the short one where it has one, else its title."""

    id: str
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A topic and how many documents are filed under it."""

    id: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher and what is cited of it, the newest first."""

    name: str
    sources: tuple[Source, ...]


class Catalogue:
    """Lists of what an index holds. All in memory, made once for an index."""

    def __init__(
        self, contents: Contents, headers: Iterable[AnyHeader], today: Callable[[], dt.date]
    ) -> None:
        self._topics = contents.topics
        self._terms = {term.id: term for term in contents.terms}
        self._headers = {(header.id, header.language): header for header in headers}
        self._today = today
        self._passages: dict[tuple[str, Language], list[Passage]] = {}
        for passage in contents.passages:
            self._passages.setdefault((passage.document, passage.language), []).append(passage)
        lexicon = Lexicon.of(
            (latin, fa) for term in contents.terms for latin in term.finglish for fa in term.fa
        )
        self._term_names = Names({term.id: _forms(term) for term in contents.terms}, lexicon)
        self._platform_names = Names(
            {entry.id: self._names_of(entry.id) for entry in self.of_kind("platform", "en")},
            lexicon,
        )

    def __len__(self) -> int:
        """Return how many documents there are, each language for itself."""
        return len(self._headers)

    def stale(self) -> int:
        """Return how many of them are past the day they were to be reviewed by."""
        today = self._today()
        return sum(header.review_by < today for header in self._headers.values())

    def topics(self, language: Language) -> tuple[Filed, ...]:
        """Return the topics that have documents, in the order of the topics file."""
        filed = [(topic, len(self.filed_under(topic.id, language))) for topic in self._topics]
        return tuple(
            Filed(topic.id, _label(topic, language), count) for topic, count in filed if count
        )

    def filed_under(self, topic: str, language: Language) -> tuple[Entry, ...]:
        """Return the documents under ``topic``: those whose first topic it is come first."""
        found = [
            (header.topics.index(topic), header)
            for header in self._in(language)
            if topic in header.topics
        ]
        found.sort(key=lambda item: min(item[0], 1))
        return tuple(_entry(header) for _, header in found)

    def of_kind(self, kind: Kind, language: Language) -> tuple[Entry, ...]:
        """Return the documents of ``kind``, by name."""
        found = [_entry(header) for header in self._in(language) if header.kind == kind]
        return tuple(sorted(found, key=lambda entry: alphabetical(entry.name)))

    def sheet(
        self, document: str, language: Language, sections: Collection[str] | None = None
    ) -> Sheet | None:
        """Return ``sections`` of a document, or those it opens with; None where it is gone."""
        for each in _preferring(language):
            passages = self._passages.get((document, each))
            if passages:
                header = self._headers.get((document, each))
                shown = opening(header, passages) if sections is None else sections
                return laid_out(header, passages, shown, language, self._today())
        return None

    def platform_named(self, name: str) -> Found:
        """Return the platforms that ``name`` stands for, or is near to, by document id."""
        return self._platform_names.find(name)

    def terms(self, language: Language) -> tuple[Term, ...]:
        """Return the glossary by the main form in ``language``."""
        return tuple(
            sorted(self._terms.values(), key=lambda term: alphabetical(main_form(term, language)))
        )

    def term(self, term_id: str) -> Term | None:
        """Return the term of that id, if there is one."""
        return self._terms.get(term_id)

    def term_named(self, word: str) -> Found:
        """Return the terms that ``word`` stands for, or is near to, by id."""
        return self._term_names.find(word)

    def publishers(self, language: Language) -> tuple[Publisher, ...]:
        """Return all sources of all documents, each once, by publisher."""
        found: dict[str, dict[tuple[str, str | None, str | None], Source]] = {}
        for header in self._in(language):
            for source in header.sources:
                key = (source.title, source.url, source.date)
                found.setdefault(source.publisher, {}).setdefault(key, source)
        return tuple(
            Publisher(
                name,
                tuple(
                    sorted(found[name].values(), key=lambda source: source.date or "", reverse=True)
                ),
            )
            for name in sorted(found, key=alphabetical)
        )

    def _in(self, language: Language) -> list[AnyHeader]:
        """Return a header of every document: in ``language``, or in the other where it must be."""
        ids = dict.fromkeys(document for document, _ in self._headers)
        found = (
            self._headers.get((document, each))
            for document in ids
            for each in _first_there(document, self._headers, language)
        )
        return [header for header in found if header is not None]

    def _names_of(self, document: str) -> set[str]:
        """Return all names of a platform: its own, and those of the glossary's term for it."""
        headers = [self._headers.get((document, each)) for each in _LANGUAGES]
        own = {document, *(part for h in headers if h is not None for part in _split(_name(h)))}
        known = {search_form(name) for name in own}
        for term in self._terms.values():
            if any(search_form(form) in known for form in (*term.en[:1], *term.fa[:1])):
                own |= set(_forms(term))
        return own


def main_form(term: Term, language: Language) -> str:
    """Return the form of ``term`` that stands for it in ``language``."""
    forms = term.fa or term.en if language == "fa" else term.en or term.fa
    return forms[0] if forms else term.id


def _preferring(language: Language) -> tuple[Language, ...]:
    return (language, *(each for each in _LANGUAGES if each != language))


def _first_there(
    document: str, headers: Collection[tuple[str, Language]], language: Language
) -> list[Language]:
    return [each for each in _preferring(language) if (document, each) in headers][:1]


def _label(topic: Topic, language: Language) -> str:
    return topic.fa if language == "fa" else topic.en


def _forms(term: Term) -> tuple[str, ...]:
    return (*term.en, *term.fa, *term.finglish)


def _name(header: AnyHeader) -> str:
    if isinstance(header, ToolHeader | PlatformHeader | ContactHeader):
        return header.name
    return header.title


def _entry(header: AnyHeader) -> Entry:
    return Entry(header.id, header.kind, _name(header))


def _split(name: str) -> tuple[str, ...]:
    """Return ``name`` and, where it reads "this (that)", both parts."""
    match = _IN_BRACKETS.match(name)
    return (name, *match.groups()) if match else (name,)
