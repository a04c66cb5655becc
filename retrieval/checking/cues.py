"""The small words that turn a sentence round, or say how sure, how many and how safe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.language.normalise import HALF_SPACE, search_form

# A Persian verb that is negated: «ن» before a stem that verbs of advice and reporting are made of.
_VERB_STEMS = (
    "شو|شد|کن|کرد|ده|داد|دار|داشت|گیر|گرفت|گذار|گذاشت|زن|زد|رو|رفت|گو|گوی|گفت|برد|باش|بود|خواه|خواست|"
    "توان|توانست|یا|یامد|یاور|یاورد|یفت|یفتاد|پذیر|پذیرفت|نویس|نوشت|فرست|فرستاد|ساز|ساخت|خوان|خواند|"
    "خور|خورد|مان|ماند|دان|دانست|بین|دید|شناس|شناخت|پرس|پرسید|خر|خرید|کش|کشید|رس|رسید|بند|بست|ترس|ترسید|"
    "ریز|ریخت|یاب|یافت|گرد|گشت|گذر|گذشت|سپار|سپرد|شکن|شکست|ینداز|ینداخت|یانداز|کوب|چسب|چسبان|فهم|فهمید|"
    "جنگ|دزد|پوش|اور|پیوند|پیوست|گنج|بر|فروش|ذار|ذاشت|تون|تونست|خون|خوند|دون|ر|ش|د|گ|یومد|سنج|دو|"
    "پرداز|پرداخت|یای|یاورد|افزا|افزود|یافزا|موز|اموز|اموخت|یاموز|انگار|چین|چید|دوز|دوخت|سوز|سوخت|شمار|شمرد|"
    "گریز|گریخت|مال|نشین|نشست|ورز|رسان|رساند|ترسان|چرخ|چرخان|خواب|خوابان|ران|راند|ربا|ربود|شنو|شنید|"
    "فریب|گزین|گشا|گشود|نواز|پوشان|پیچ|پیچید|پسند|پسندید|تاب|جه|جو|جوش|ازار|ازما|ازمود|یازما|امد|انداز|انداخت|"
    "افت|افتاد|گنجان|کاه|کاست|خندید|گذران|دهان|گیران|فشار|فشرد|کوبید|لرز|بلع|ستان|ستاند|بخش|بخشید|پلک|شتاب"
)
_ENDINGS = r"(?:م|ی|د|یم|ید|ین|ند|ن|ه|ه\u200c?(?:ام|ای|است|اند|ایم|اید)|ست)?"
_NEGATED_VERB = re.compile(
    rf"^(?:نمی\u200c?.+|نه?(?:{_VERB_STEMS}){_ENDINGS}|ندار\w*|نداشت\w*|نیست\w{{0,3}}|نبای\w*|نخواه\w*"
    r"|نتوان\w*)$"
)
_VERB = re.compile(
    rf"^(?:ن?می{HALF_SPACE}.+|[نب]?(?:{_VERB_STEMS}){_ENDINGS}|هست\w{{0,3}}|(?:نی)?است|باید|نباید"
    rf"|.+{HALF_SPACE}(?:اند|ایم|اید|ام))$"
)
_NOT_A_VERB = frozenset(
    map(
        search_form,
        "نه نشست نشستن نشستی نشسته نشسته‌اند نبرد نگرد نزد نیاز نشون نشونی نشت نشم نرم نگم نگه نده "
        "نگی نبض نره نرند نرن".split(),
    )
)
# Nouns that look like verbs.
_NOUNS = frozenset(
    map(
        search_form,
        "روی دست دوم بدون شماره شماره‌ای مال مالی بین دوست شمار ترس بخش بخشی فشار فروش یاد شنود جنگ "
        "پرداخت پرداختی بند رسانه رسانه‌ای گرد گردن زنی خواب پیوند پیوست افت خرید شناسه باور "
        "اندازه‌ای دین نگه رود ده دور گیر".split(),
    )
)
_VERB_PREFIX = re.compile(rf"^(?:نمی|می|ن(?=ی?[آ-ی]{{2}})|ب){HALF_SPACE}?")
# «بی‌امضا»: without a signature. Words that are no longer heard so are in the data file.
_PRIVATIVE = f"بی{HALF_SPACE}"
_ENGLISH_CONTRACTION = re.compile(r"n't$|^(?:can|won|don|isn|aren|doesn|didn|wasn|weren|couldn)t$")
# «بیشتر» is "more", not "most", in these.
_MORE = frozenset({("یا", "بیشتر"), ("بیشتر", "از"), ("بیشتر", "شد"), ("بیشتر", "است")})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that stands at word number ``at`` of its text, ``size`` words long. One cue may be of
    several kinds: "never" turns round and says how often."""

    kinds: frozenset[str]
    at: int
    size: int
    text: str


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    file = resources.files("retrieval.checking").joinpath("data/cues.yaml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds of every cue, by its words."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, words in _data().items():
        if kind in ("borne_by", "kept_by"):
            continue
        for phrase in (*words["en"], *words["fa"]):
            key = tuple(search_form(str(phrase)).replace("%", "").split())
            found[key] = (*found.get(key, ()), kind)
    return found


def borne_by() -> dict[str, list[str]]:
    """Return, for a kind of cue in a statement, the kinds in its source that bear it."""
    rules: dict[str, list[str]] = _data()["borne_by"]
    return rules


def kept_by() -> dict[str, list[str]]:
    """Return, for a kind that a source holds back with, the kinds that keep it held back."""
    rules: dict[str, list[str]] = _data()["kept_by"]
    return rules


def is_negated_verb(word: str) -> bool:
    """Return whether ``word``, in search form, is a Persian verb with the «ن» of negation."""
    return word not in _NOT_A_VERB and bool(_NEGATED_VERB.match(word))


def is_verb(word: str) -> bool:
    """Return whether ``word``, in search form, looks like a Persian verb with its ending."""
    if len(word) < 3 or word in _NOUNS:
        return False
    return bool(_VERB.match(word)) or is_negated_verb(word)


def verb_base(word: str) -> str:
    """Return a Persian verb without its prefixes: «نمی‌شود», «می‌شود» and «بشود» meet."""
    return _VERB_PREFIX.sub("", word)


def cues_of(words: Sequence[str]) -> list[Cue]:
    """Return the cues among ``words`` (in search form), in order; the longest phrase counts."""
    found: list[Cue] = []
    at = 0
    while at < len(words):
        cue = _cue_at(words, at)
        if cue is not None:
            found.append(cue)
        at += cue.size if cue else 1
    return found


def _cue_at(words: Sequence[str], at: int) -> Cue | None:
    phrases = _phrases()
    word = words[at].replace("’", "'")
    for size in (4, 3, 2):
        key = tuple(words[at : at + size])
        if len(key) == size and key in phrases:
            return Cue(frozenset(phrases[key]), at, size, " ".join(key))
    kinds = set(phrases.get((word,)) or phrases.get(_base(word), ()))
    if _ENGLISH_CONTRACTION.search(word) or is_negated_verb(word) or word.startswith(_PRIVATIVE):
        kinds.add("not")
    if word == "بیشتر" and (_MORE & {tuple(words[at - 1 : at + 1]), tuple(words[at : at + 2])}):
        kinds = {"part"}
    return Cue(frozenset(kinds), at, 1, word) if kinds else None


def _base(word: str) -> tuple[str, ...]:
    """Return a word without the endings that cues are written without."""
    for ending in ("ing", "ed", "es", "s", "d", f"{HALF_SPACE}ی"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            base = word.removesuffix(ending)
            for form in (base, base + "e", f"{base[:-1]}y" if base.endswith("i") else base):
                if (form,) in _phrases():
                    return (form,)
    return (word,)
