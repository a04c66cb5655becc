"""What a person tells of themselves beside the question is taken out before a model sees it.

Numbers of telephones, identity cards and bank cards, e-mail addresses, names of accounts, and
names after "I am", "my name is", «اسمم», «من … هستم». The words that may follow these and are no
names are in ``personal.yaml``. Too much taken out makes a worse rewriting; too little tells on
somebody: in doubt it is taken out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.knowledge.documents import Language

# What may stand between two digits of one number.
_GAP = "[ \u200c\u00a0().·_/-]"
_NUMBER = re.compile(rf"\+?(?<![\w.])\d(?:{_GAP}{{0,2}}\d){{6,}}(?!\w)")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_ACCOUNT = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/\S+|(?:https?://)?(?:www\.)?instagram\.com/\S+"
    r"|(?<![\w.])@\w{3,}"
)
_WORD = r"[^\W\d_]+(?:[’'\u200c-][^\W\d_]+)*"
_ENGLISH = re.compile(
    rf"\b((?:my|his|her|their)\s+(?:full\s+)?name\s+is|(?:i\s+am|i['’]?m)\s+called|call\s+me"
    rf"|i\s+am|i['’]?m|this\s+is)\s+({_WORD}(?:\s+{_WORD})?)",
    re.IGNORECASE,
)
_SURE = re.compile(r"name|call", re.IGNORECASE)
_PERSIAN_NAMED = re.compile(
    rf"(?<!\w)((?:اسمم|نامم|(?:اسم|نام)(?:\s+(?:و\s+)?(?:نام\s*خانوادگی|فامیلی?))?"
    rf"(?:\s+(?:من|کامل)|\s*[\u200c]?م))\s*:?)\s+({_WORD}(?:\s+{_WORD})?)"
)
_PERSIAN_AM = re.compile(
    rf"(?<!\w)(من|بنده|اینجانب)[،,]?\s+({_WORD}(?:\s+{_WORD}){{0,2}}?)\s*[،,]?\s*(هستم|ام|\u200cام)(?!\w)"
)
_FINGLISH = re.compile(
    rf"\b(esmam|esme\s+man|namam|name\s+man)\s+({_WORD}(?:\s+{_WORD})?)", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    text = resources.files("retrieval.model").joinpath("personal.yaml").read_text("utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return frozenset(word for words in loaded.values() for word in words.split())


def masked(text: str, language: Language) -> str:
    """Return ``text`` with what is personal in it replaced by words in brackets."""
    number, mail, account, name = (
        ("[شماره]", "[ایمیل]", "[نام کاربری]", "[نام]")
        if language == "fa"
        else ("[number]", "[e-mail]", "[account]", "[name]")
    )
    text = _MAIL.sub(mail, text)
    text = _ACCOUNT.sub(account, text)
    text = _NUMBER.sub(lambda m: m.group() if _DATE.fullmatch(m.group()) else number, text)
    for pattern in (_ENGLISH, _FINGLISH, _PERSIAN_NAMED, _PERSIAN_AM):
        text = pattern.sub(lambda match: _without_name(match, name), text)
    return text


def _without_name(match: re.Match[str], name: str) -> str:
    """Return the match without the words in it that are no ordinary ones, up to the first that
    is."""
    opening, words = match.group(1), match.group(2).split()
    sure = bool(_SURE.search(opening)) or opening.startswith(("اسم", "نام", "esm", "nam"))
    ordinary = [_is_ordinary(word, sure=sure) for word in words]
    ending = match.group(3) if match.re is _PERSIAN_AM else ""
    if match.re is _PERSIAN_AM and any(ordinary):
        return match.group()  # «من در خانه هستم»: no name has such words in it
    personal = ordinary.index(True) if any(ordinary) else len(words)
    if not personal:
        return match.group()
    kept = [opening, name, *words[personal:], *([ending] if ending else [])]
    return " ".join(kept)


def _is_ordinary(word: str, *, sure: bool) -> bool:
    lower = word.lower()
    if lower in _ordinary():
        return True
    # "I am worried", "I'm leaving" are said far more often than a name in small letters.
    return not sure and word.islower() and word.endswith(("ing", "ed", "ly"))
