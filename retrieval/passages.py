"""A document becomes passages: a section, or a few of its paragraphs, that can stand alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.knowledge.documents import Block, Document, Kind, Language, Section, SectionRole
from retrieval.language.sentences import sentence_spans

# A passage longer than this no longer fits what the encoder reads at full quality (its English
# model was trained on 128 word pieces), and no longer one phone screen.
LONGEST_PASSAGE = 130  # words


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as a citation shows it."""

    publisher: str
    title: str
    url: str | None
    date: str | None
    tier: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of a passage's text, and the sources that it stands on (at least one)."""

    start: int
    end: int
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be cited.

    ``id`` is ``document#section.n@language``; ``key`` is the same without the language, so that
    translations share it. ``text`` holds one paragraph or list item a line.
    """

    id: str
    document: str
    language: Language
    kind: Kind
    title: str
    section: str
    path: tuple[str, ...]
    role: SectionRole
    position: int
    text: str
    sentences: tuple[Sentence, ...]
    topics: tuple[str, ...]
    urgent: str | None
    as_of: str
    review_by: str

    @property
    def key(self) -> str:
        return self.id.rpartition("@")[0]

    @property
    def context(self) -> str:
        """The headings above the text, outermost first: what a reader of the page would see."""
        return " › ".join(dict.fromkeys((self.title, *self.path, self.section)))

    @property
    def indexed_text(self) -> str:
        """What is encoded and counted: the headings and the text."""
        return f"{self.context}\n{self.text}"

    @property
    def digest(self) -> str:
        """Identifies the content that an index entry was made from."""
        return hashlib.sha256(self.indexed_text.encode()).hexdigest()


def passages_of(document: Document) -> list[Passage]:
    """Return the passages of ``document`` in reading order."""
    header = document.header
    made: list[Passage] = []
    for section in document.sections:
        for number, blocks in enumerate(_groups(section), 1):
            text, sentences = _joined(document, blocks)
            made.append(
                Passage(
                    id=f"{document.id}#{section.id}.{number}@{document.language}",
                    document=document.id,
                    language=document.language,
                    kind=header.kind,
                    title=header.title,
                    section=section.heading,
                    path=section.path,
                    role=section.role,
                    position=len(made),
                    text=text,
                    sentences=sentences,
                    topics=header.topics,
                    urgent=header.urgent if header.kind == "guidance" else None,
                    as_of=header.as_of.isoformat(),
                    review_by=header.review_by.isoformat(),
                )
            )
    return made


def _groups(section: Section) -> Iterator[list[Block]]:
    """Yield the blocks of ``section`` in groups of at most ``LONGEST_PASSAGE`` words.

    A paragraph that is longer by itself is cut between sentences.
    """
    group: list[Block] = []
    words = 0
    for block in section.blocks:
        for piece in _pieces(block):
            length = len(piece.text.split())
            if group and words + length > LONGEST_PASSAGE:
                yield group
                group, words = [], 0
            group.append(piece)
            words += length
    if group:
        yield group


def _pieces(block: Block) -> Iterator[Block]:
    if len(block.text.split()) <= LONGEST_PASSAGE:
        yield block
        return
    start = end = words = 0
    for sentence_start, sentence_end in sentence_spans(block.text):
        length = len(block.text[sentence_start:sentence_end].split())
        if words and words + length > LONGEST_PASSAGE:
            yield _part(block, start, end)
            start, words = sentence_start, 0
        end, words = sentence_end, words + length
    yield _part(block, start, end)


def _part(block: Block, start: int, end: int) -> Block:
    marks = tuple((at - start, key) for at, key in block.marks if start < at <= end)
    return Block(block.text[start:end], block.line, marks)


def _joined(document: Document, blocks: list[Block]) -> tuple[str, tuple[Sentence, ...]]:
    text = "\n".join(block.text for block in blocks)
    sentences: list[Sentence] = []
    offset = 0
    for block in blocks:
        for start, end in sentence_spans(block.text):
            references = _references(document, block, start, end)
            sentences.append(Sentence(offset + start, offset + end, references))
        offset += len(block.text) + 1
    return text, tuple(sentences)


def _references(document: Document, block: Block, start: int, end: int) -> tuple[Reference, ...]:
    """Return the sources marked in or right after the sentence; failing that the next ones of its
    paragraph, the ones before it, and at last the document's first source."""
    inside = [key for at, key in block.marks if start < at <= end]
    after = [key for at, key in block.marks if at > end][:1]
    before = [key for at, key in block.marks if at <= start][-1:]
    keys: list[str | None] = [*(inside or after or before)] or [None]
    sources = dict.fromkeys(document.source(key) for key in keys)
    return tuple(Reference(s.publisher, s.title, s.url, s.date, s.tier) for s in sources)
