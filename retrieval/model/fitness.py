"""What a composed statement has to be before it is checked against its passages at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.checking import Written
from retrieval.checking.cues import cues_of
from retrieval.knowledge.documents import Language
from retrieval.language.detect import is_persian_script
from retrieval.language.words import surface_words, tokens
from retrieval.passages import Passage

LONGEST = 400  # characters
# Fewer words are a name or a heading, and tell nobody anything.
FEWEST_WORDS = 4
# A sentence of the passage tells what the statement does from this share of its words on.
_TELLS = 0.6
# Words that people stake their safety on, by kind (`retrieval/checking/data/cues.yaml`). The check
# weighs them by clause; here they must stand in the passages whatever else does.
_GRAVE = frozenset({"never", "safe", "certain", "wholly"})


def is_fit(written: Written, passages: Mapping[int, Passage], language: Language) -> bool:
    """Return whether a statement may be checked: one that states something, of a length to read, in
    the language of the answer, not on what to do and what to avoid at once (one heading stands
    above it), without a "never", "safe" or "certainly" of its own, and telling nobody's claim as if
    it were so."""
    if len(written.text) > LONGEST or is_persian_script(written.text) != (language == "fa"):
        return False
    if len(surface_words(written.text)) < FEWEST_WORDS or written.text.startswith("›"):
        return False
    if written.text.endswith(("?", "؟")):  # a heading that was copied
        return False
    cited = [passages[n] for n in written.citations if n in passages]
    roles = {passage.role for passage in cited}
    if len(roles) > 1 and "avoid" in roles:
        return False
    if not _grave(written.text) <= _grave("\n".join(passage.text for passage in cited)):
        return False
    return _says_whose_claim(written.text) or not any(_claims(written.text, cited))


def whole(statements: Iterable[Written]) -> list[Written]:
    """Return ``statements`` with the halves of a sentence («…؛») put together: what turns one half
    round often stands in the other."""
    joined: list[Written] = []
    for one in statements:
        if joined and joined[-1].text.endswith("؛") and joined[-1].citations == one.citations:
            joined[-1] = Written(f"{joined[-1].text} {one.text}", one.citations)
        else:
            joined.append(one)
    return joined


def _claims(text: str, cited: Iterable[Passage]) -> Iterator[str]:
    """Yield the sentences of ``cited`` that tell what ``text`` does as somebody's claim or view: as
    a partisan source's, or by their own words. A passage in another language shares no words; all
    of its sentences are looked at by the check."""
    words = set(tokens(text))
    for passage in cited:
        for said in passage.sentences:
            sentence = passage.text[said.start : said.end]
            partisan = any(reference.tier == "partisan" for reference in said.references)
            shared = len(words & set(tokens(sentence)))
            if shared >= _TELLS * len(words) and (partisan or _says_whose_claim(sentence)):
                yield sentence


def _says_whose_claim(text: str) -> bool:
    return not _claiming().isdisjoint(surface_words(text))


@lru_cache(maxsize=1)
def _claiming() -> frozenset[str]:
    file = resources.files("retrieval.model").joinpath("claims.yaml")
    loaded: dict[str, list[str]] = yaml.safe_load(file.read_text("utf-8"))
    return frozenset(surface_words(word)[0] for words in loaded.values() for word in words)


def _grave(text: str) -> frozenset[str]:
    kinds = (cue.kinds for cue in cues_of(surface_words(text)))
    return frozenset(kind for each in kinds for kind in each) & _GRAVE
