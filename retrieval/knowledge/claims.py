"""Claims that a person has to weigh: those of a single newspaper, and figures without a day.

Neither is wrong by itself. Both mislead when they are read alone: a claim that one newspaper made
sounds like everybody's knowledge unless the sentence says whose it is or when it was made, and a
figure without a day is taken for today's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.knowledge.documents import Block, Document, Section, Source
from retrieval.knowledge.faults import Fault, opening
from retrieval.knowledge.lines import FieldLines
from retrieval.language.sentences import sentence_spans

# Law texts and measurements speak for themselves, and advice is told by whose it is.
_SECOND_HAND = ("reporting", "partisan")
_LIST_NUMBER = re.compile(r"^[0-9۰-۹]+[.)]\s")
_UNITS = (
    "%|٪|per ?cent|percent|million|billion|thousand|درصد|میلیون|میلیارد|هزار|"
    r"(?:\w+[ \u200c]){0,2}(?:people|users|accounts|members|journalists|arrests|cases|devices|"
    "terminals|records|subscribers|channels|websites|نفر|کاربر|حساب|عضو|روزنامه‌نگار|بازداشت|"
    "پرونده|دستگاه|پایانه|رکورد|مشترک|کانال|وب‌سایت)"
)
_FIGURE = re.compile(
    # Not the number of an article of law, and not "the 42 million" that were counted before.
    r"(?<![\w.@+/\-])(?<!\b[Aa]rticle )(?<!\bthe )(?<!ماده )(?<!ماده‌ی )(?<!آن )"
    rf"[0-9۰-۹][0-9۰-۹.,٬٫]*\s?(?:{_UNITS})"
    r"|(?<![\w.@+/\-])[0-9۰-۹]{1,3}(?:[,٬][0-9۰-۹]{3})+(?![\w/])"
)
_DATE = re.compile(
    r"(?<!\d)(?:1[34]\d\d|1[89]\d\d|20\d\d)(?!\d)|\b(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b|\b(?:فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|"
    r"مهر|آبان|آذر|دی|بهمن|اسفند|ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|"
    r"دسامبر)\b|\bundated\b|بی‌تاریخ|بدون تاریخ"
)
# Words of a publisher's name that name nobody.
_NAMELESS = frozenset(
    "the and copy citing quoting news site law portal reprint بازنشر نقل قول".split()
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault to weigh, and the id of the section it stands in."""

    section: str
    fault: Fault


def claim_findings(document: Document, lines: FieldLines) -> Iterator[Finding]:
    """Yield the claims of ``document`` to weigh.

    Steps to take and typed fields are left out: the ones are advice, the others carry their source
    and the document's day. So are, for single sources, digests of one article.
    """
    for section in document.sections:
        if section.role != "fact":
            continue
        for block in section.blocks:
            if lines.in_header(block.line):
                continue
            for start, end in sentence_spans(block.text):
                sentence = _LIST_NUMBER.sub("", block.text[start:end])
                sources = _sources(document, block, start, end)
                if document.header.kind != "article" and _is_one_voice(sentence, sources, document):
                    yield Finding(section.id, _single(document, block, sentence, sources[0]))
                if is_undated_figure(sentence, section):
                    yield Finding(section.id, _undated(document, block, sentence))


def _sources(document: Document, block: Block, start: int, end: int) -> list[Source]:
    """Return what the sentence stands on: its own marks, else the next, else those before it."""
    inside = [key for at, key in block.marks if start < at <= end]
    after = [key for at, key in block.marks if at > end][:1]
    before = [key for at, key in block.marks if at <= start][-1:]
    keys: list[str | None] = [*(inside or after or before)] or [None]
    return [document.source(key) for key in dict.fromkeys(keys)]


def _is_one_voice(sentence: str, sources: list[Source], document: Document) -> bool:
    partisan = all(source.tier == "partisan" for source in sources)
    alone = len(sources) == 1 and sources[0].tier in _SECOND_HAND and not has_date(sentence)
    return (partisan or alone) and not is_attributed(sentence, sources, document.language)


def is_attributed(sentence: str, sources: list[Source], language: str) -> bool:
    """Return whether ``sentence`` names one of its sources or says on whose word it stands."""
    if _attributing(language).search(sentence):
        return True
    words = {word for source in sources for word in re.findall(r"\w{3,}", source.publisher.lower())}
    return any(word in sentence.lower() for word in words - _NAMELESS)


def has_date(sentence: str) -> bool:
    """Return whether ``sentence`` names a year or a month, or says that there is none to name."""
    return bool(_DATE.search(sentence.translate(_LATIN_DIGITS)))


def is_undated_figure(sentence: str, section: Section) -> bool:
    """Return whether ``sentence`` counts something and neither it nor its heading says when."""
    return bool(_FIGURE.search(sentence)) and not has_date(f"{section.heading} {sentence}")


_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


@lru_cache(maxsize=4)
def _attributing(language: str) -> re.Pattern[str]:
    file = resources.files("retrieval.knowledge").joinpath("data/attribution.yaml")
    begun: list[str] = yaml.safe_load(file.read_text("utf-8"))[language]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, begun))})", re.IGNORECASE)


def _single(document: Document, block: Block, sentence: str, source: Source) -> Fault:
    return Fault(
        document.path,
        block.line,
        f"Only {source.publisher} says it, and the sentence does not say so: {opening(sentence)}.",
        "Name the source in the sentence, say when it was, or add a second source.",
        "warning",
        "single-source",
    )


def _undated(document: Document, block: Block, sentence: str) -> Fault:
    return Fault(
        document.path,
        block.line,
        f"A figure without a date: {opening(sentence)}.",
        "Say in the sentence of which month or year it is.",
        "warning",
        "undated-number",
    )
