"""How hard a text is to read, for a tired person on a small screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.knowledge.claims import Finding
from retrieval.knowledge.documents import Document, Section
from retrieval.knowledge.faults import Fault, opening
from retrieval.language.sentences import sentence_spans

LONGEST_SENTENCE = 40  # words; a longer one cannot be taken in at a glance on a phone
# LIX (Björnsson 1968), the words of a sentence on average plus the per cent of words of more than
# six letters, needs no syllables and so works for Persian script, whose parts joined by
# half-spaces count as words. Above 60 English is for experts; Persian words are shorter on paper.
# Names push texts up, so both limits lie just above the hardest section the folder then had.
HARDEST = {"en": 65, "fa": 46}
_LONG = 6  # letters
_FEWEST = 20  # words; in fewer one long name decides
_WORD = re.compile(r"[^\W\d_]+")


def reading_findings(document: Document) -> Iterator[Finding]:
    """Yield the sections and sentences of ``document`` that are hard to read."""
    for section in document.sections:
        for block in section.blocks:
            for start, end in sentence_spans(block.text):
                words = len(block.text[start:end].split())
                if words > LONGEST_SENTENCE:
                    problem = f"A sentence of {words} words: {opening(block.text[start:end])}."
                    mend = f"Split it: at most {LONGEST_SENTENCE} words."
                    yield Finding(section.id, _fault(document, block.line, problem, mend))
        hardness = lix(section)
        if hardness > HARDEST[document.language]:
            problem = f"The section «{section.heading}» is hard to read (LIX {hardness:.0f})."
            mend = (
                f"Shorter sentences, shorter words: at most {HARDEST[document.language]} in "
                f"{'English' if document.language == 'en' else 'Persian'}."
            )
            yield Finding(section.id, _fault(document, section.line, problem, mend))


def lix(section: Section) -> float:
    """Return the LIX of ``section``'s text; 0.0 where it has too few words to tell."""
    spans = [(block.text, span) for block in section.blocks for span in sentence_spans(block.text)]
    words = [word for text, (start, end) in spans for word in _WORD.findall(text[start:end])]
    if len(words) < _FEWEST:
        return 0.0
    return len(words) / len(spans) + 100 * sum(len(word) > _LONG for word in words) / len(words)


def _fault(document: Document, line: int, problem: str, mend: str) -> Fault:
    return Fault(document.path, line, problem, mend, "warning", "reading-level")
