"""The cases of one half: honest texts and planted faults, made of the folder's own passages."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rapidfuzz import fuzz

from retrieval.encoder import Encoder
from retrieval.knowledge.documents import Language
from retrieval.knowledge.shared_files import Term
from retrieval.language.detect import is_persian_script
from retrieval.passages import Passage
from tests.eval.checking import planting, rewording, tying
from tests.eval.checking.cases import Base, Case, Split, split_of

REWORDINGS = Path(__file__).parent / "rewordings.yaml"
LANGUAGES: tuple[Language, ...] = ("en", "fa")
_SEED = 1404
# Percent of likeness from which on a passage is taken to say a sentence too.
_SAYS_IT_TOO = 80
_FEWEST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A text that ``passage`` bears."""

    text: str
    language: Language
    passage: Passage
    place: int | None  # number of the sentence; None of a hand-written text

    @property
    def base(self) -> Base:
        """What a case that is made of it was made of."""
        return "reworded" if self.place is None else "sentence"


def rewordings(passages: Sequence[Passage]) -> Iterator[Text]:
    """Yield the hand-written rewordings whose passage is among ``passages``.

    Raises ``ValueError`` for a passage id that is not in the folder any more.
    """
    known = {p.id: p for p in passages}
    written: dict[str, list[str]] = yaml.safe_load(REWORDINGS.read_text("utf-8"))
    for passage_id, texts in written.items():
        if passage_id not in known:
            raise ValueError(f"{REWORDINGS}: no passage {passage_id}; give these texts another.")
        for text in texts:
            yield Text(text, "fa" if is_persian_script(text) else "en", known[passage_id], None)


class Making:
    """Makes the cases of one half, ``each`` at most of a kind, language and base."""

    def __init__(
        self,
        passages: Sequence[Passage],
        terms: Sequence[Term],
        encoder: Encoder,
        half: Split,
        each: int,
    ) -> None:
        self._half = half
        self._each = each
        self._passages = [p for p in passages if split_of(p.document) == half]
        self._planter = planting.planter(terms, half)
        self._texts = {
            language: list(_sentences(self._passages, language)) for language in LANGUAGES
        }
        self._written = [t for t in rewordings(passages) if split_of(t.passage.document) == half]
        self._near = _Near(self._passages, encoder)

    def cases(self, translations: bool = False) -> list[Case]:
        """Return all cases, the same ones each time.

        With ``translations``, also sentences beside those that stand in the same place of the
        passage in the other language: mostly translations, though nobody has read each, and so good
        for learning only.
        """
        made = [*self._honest(), *self._faulty()]
        return [*made, *self._translations()] if translations else made

    def _translations(self) -> Iterator[Case]:
        known = {p.id: p for p in self._passages}
        for language, other in zip(LANGUAGES, LANGUAGES[::-1], strict=True):
            _, texts = self._drawn("translation", language)
            found = 0
            for text in texts:
                twin = known.get(f"{text.passage.key}@{other}")
                if (
                    twin
                    and len(twin.sentences) == len(text.passage.sentences)
                    and found < self._each
                ):
                    found += 1
                    yield Case("translation", True, text.text, language, twin, "sentence")
                    near = self._near.of(twin)
                    yield Case("moved near", False, text.text, language, near, "sentence")

    def _drawn(self, kind: str, language: Language) -> tuple[random.Random, list[Text]]:
        draw = random.Random(f"{_SEED} {self._half} {kind} {language}")
        texts = list(self._texts[language])
        draw.shuffle(texts)
        return draw, texts

    def _honest(self) -> Iterator[Case]:
        for text in self._written:
            kind = "by hand" if text.language == text.passage.language else "by hand, translated"
            yield Case(kind, True, text.text, text.language, text.passage, "reworded")
        for language in LANGUAGES:
            _, texts = self._drawn("verbatim", language)
            for text in texts[: self._each]:
                yield Case("verbatim", True, text.text, language, text.passage, "sentence")
            for kind, way in rewording.WAYS.items():
                draw, texts = self._drawn(kind, language)
                made = ((t, way(t.text, language, draw)) for t in texts)
                found = [(t, changed) for t, changed in made if changed]
                for text, changed in found[: self._each]:
                    yield Case(kind, True, changed, language, text.passage, "sentence")
            _, texts = self._drawn("joined", language)
            pairs = [(t, _after(t)) for t in texts]
            for text, after in [(t, a) for t, a in pairs if a][: self._each]:
                changed = rewording.joined(text.text, after, language)
                yield Case("joined", True, changed, language, text.passage, "sentence")

    def _faulty(self) -> Iterator[Case]:
        plant = self._planter
        ways = {
            "changed number": plant.number,
            "changed date": plant.date,
            "swapped name": plant.name,
            **planting.WAYS,
            "invented step": plant.step,
            "invented clause": plant.clause,
        }
        for kind, way in ways.items():
            for language in LANGUAGES:
                draw, texts = self._drawn(kind, language)
                written = [t for t in self._written if t.language == language]
                for base in (texts, written):
                    made = ((t, way(t.text, language, draw)) for t in base)
                    found = [(t, changed) for t, changed in made if changed]
                    for text, changed in found[: self._each]:
                        yield _case(kind, changed, text, text.passage)
        for language in LANGUAGES:
            yield from self._moved(language)
            yield from self._merged(language)
            yield from self._tied(language)

    def _moved(self, language: Language) -> Iterator[Case]:
        draw, texts = self._drawn("moved", language)
        written = [t for t in self._written if t.language == language]
        for base in (texts[: self._each], written):
            for text in base:
                near = self._near.other(text)
                if near is not None:
                    yield _case("moved near", text.text, text, near)
                far = draw.choice(
                    [p for p in self._passages if p.language == text.passage.language]
                )
                if far.document != text.passage.document:
                    yield _case("moved far", text.text, text, far)

    def _merged(self, language: Language) -> Iterator[Case]:
        draw, texts = self._drawn("merged", language)
        written = [t for t in self._written if t.language == language]
        for base in (texts[: self._each], written):
            for text in base:
                near = self._near.other(text)
                others = [] if near is None else list(_sentences([near], near.language))
                if others and near is not None and near.language == language:
                    other = draw.choice(others)
                    if not _says(text.passage, other.text):
                        changed = planting.merged(text.text, other.text, language, draw)
                        yield _case("merged claims", changed, text, text.passage)

    def _tied(self, language: Language) -> Iterator[Case]:
        """Yield clauses tied on that are made of the passage's own words."""
        draw, texts = self._drawn("tied", language)
        for base in (texts, [t for t in self._written if t.language == language]):
            found = {"turned clause": 0, "borrowed clause": 0}
            for text in base:
                others = [t.text for t in _sentences([text.passage], language)]
                others = [other for other in others if other != text.text]
                if not others:
                    continue
                turned = tying.turned(text.text, draw.choice(others), language, draw)
                borrowed = tying.borrowed(text.text, others, language, draw)
                for kind, changed in (("turned clause", turned), ("borrowed clause", borrowed)):
                    if changed and found[kind] < self._each:
                        found[kind] += 1
                        yield _case(kind, changed, text, text.passage)


def _case(kind: str, changed: str, text: Text, passage: Passage) -> Case:
    return Case(kind, False, changed, text.language, passage, text.base)


def _sentences(passages: Sequence[Passage], language: Language) -> Iterator[Text]:
    for passage in passages:
        if passage.language != language:
            continue
        for place, sentence in enumerate(passage.sentences):
            text = passage.text[sentence.start : sentence.end]
            if len(text.split()) >= _FEWEST_WORDS:
                yield Text(text, language, passage, place)


def _after(text: Text) -> str | None:
    """Return the sentence that follows ``text`` in its passage."""
    following = (text.place or 0) + 1
    if text.place is None or following >= len(text.passage.sentences):
        return None
    sentence = text.passage.sentences[following]
    return text.passage.text[sentence.start : sentence.end]


def _says(passage: Passage, text: str) -> bool:
    """Return whether ``passage`` seems to say ``text`` as well, by letters alone."""
    return any(
        fuzz.token_set_ratio(passage.text[s.start : s.end], text) >= _SAYS_IT_TOO
        for s in passage.sentences
    )


class _Near:
    """Passages by what they are about."""

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        self._of: dict[Language, list[Passage]] = {
            language: [p for p in passages if p.language == language] for language in LANGUAGES
        }
        self._vectors: Mapping[Language, NDArray[np.float32]] = {
            language: encoder.encode_passages([p.indexed_text for p in own])
            for language, own in self._of.items()
        }
        self._places = {p.id: n for own in self._of.values() for n, p in enumerate(own)}

    def other(self, text: Text) -> Passage | None:
        """Return the passage nearest to that of ``text`` that does not say the same; None where the
        nearest ten all do."""
        own = self._of[text.passage.language]
        vectors = self._vectors[text.passage.language]
        place = self._places[text.passage.id]
        near = np.argsort(-(vectors @ vectors[place]))[1:11]
        return next((own[n] for n in near if not _says(own[n], text.text)), None)

    def of(self, passage: Passage) -> Passage:
        """Return the passage nearest to ``passage``."""
        vectors = self._vectors[passage.language]
        near = np.argsort(-(vectors @ vectors[self._places[passage.id]]))
        return self._of[passage.language][int(near[1])]
