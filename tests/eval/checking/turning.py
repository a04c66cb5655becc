"""Faults of small words: a "not" lost or added, a claim made stronger or wider."""

from __future__ import annotations

import random
import re

from retrieval.knowledge.documents import Language

_Rules = tuple[tuple[str, str], ...]

_MANY = "(?:users|people|accounts|phones|messages|journalists|lawyers|groups|channels|apps|servers)"
_MANY_FA = "کاربران|مردم|حساب‌ها|گوشی‌ها|پیام‌ها|گروه‌ها|کانال‌ها|برنامه‌ها|سرورها|سایت‌ها|مأموران"
_LOSE: dict[Language, _Rules] = {
    "en": (
        (r"\b([Dd])o not (\w+)", r"\2"),
        (r"\b(does|did) not ", ""),
        (r"\b(is|are|was|were|has|have|had|will|would|should|must|may) not\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\b(do|does|did|is|are|was|were|has|have|can|could|wo|would)n['’]t\b", r"\1"),
        (r"\bwithout\b", "with"),
        (r"\bnever\b", "always"),
        (r"\bNever (\w)", r"\1"),
        (r"\bnot (?=\w)", ""),
        (r"\bno (?=\w)", "a "),
        (r"\bNo (?=\w)", "A "),
        (r"\bnothing\b", "everything"),
        (r"\bnobody\b", "everybody"),
    ),
    "fa": (
        (r"(?<!\w)نمی(?=‌)", "می"),
        (r"(?<!\w)نیست", "است"),
        (r"(?<!\w)ن(?=(?:کن|ده|زن|گیر|گذار|شو|رو|گوی|نویس|فرست|بند|سپار|خر)(?:ید|ند)(?!\w))", "ب"),
        (r"(?<!\w)ن(?=(?:دار|داشت|شد|کرد|داد|بود|باید|گرفت|رفت|گفت|رسید|ساخت|باش|توان|خواه))", ""),
        (r"(?<!\w)بدون(?!\w)", "با"),
        (r"(?<!\w)بی‌(?=\w)", "با "),
    ),
}
_ADD: dict[Language, _Rules] = {
    "en": (
        (r"\b(is|are|was|were|can|could|should|must|may|might|will|ha(?:s|ve) been)\b(?! not)",
         r"\1 not"),
        (r"\bhas (?=an? |the )", "does not have "),
        (r"^(Use|Keep|Write|Set|Turn|Take|Ask|Tell|Open|Send|Hide|Choose|Agree|Look|Say|Save)\b",
         r"Do not \1"),
        (r"\b(says?|said|wrote|writes|reported|found|needs?|works?|shows?|holds?|keeps?|gives?)\b",
         r"did not \1"),
    ),
    "fa": (
        (r"(?<!\w)می(?=‌)", "نمی"),
        (r"(?<!\w)ب?(?=(?:کن|ده|زن|گیر|گذار|شو|رو|گوی|نویس|فرست|بند|سپار|خر)ید(?!\w))", "ن"),
        (r"(?<!\w)است(?!\w)", "نیست"),
        (r"(?<!\w)(?=(?:دارد|دارند|شد|شدند|کرد|کردند|داد|دادند|بود|بودند|باید|گفت)(?!\w))", "ن"),
    ),
}  # fmt: skip
_UNBOUND: dict[Language, _Rules] = {
    "en": (
        (r",? (?<![Aa]sk )(?<!know )(?<!see )(?<!check )(?<!tell )(?<!even )"
         r"(?:unless|only if|if|as long as) [^,;.:]+(?=[.;])", ""),
        (r"^(?:If|Unless) [^,;.:]+, (?=\w)", ""),
    ),
    "fa": (
        (r"، مگر [^،؛.:]+(?=[.؛])", ""),
        (r"(?:^|(?<=[،؛] ))اگر [^،؛.:]+، ", ""),
    ),
}  # fmt: skip
_STRONGER: dict[Language, _Rules] = {
    "en": (
        (r"\b(may|might|could)\b(?! not)", "will certainly"),
        (r"\bcan\b(?! not)", "always does"),
        (r"\b(usually|often|sometimes|mostly|generally|normally)\b", "always"),
        (r"\b(probably|possibly|perhaps|reportedly|apparently)\b", "definitely"),
        (r"\brarely\b", "never"),
        (r"\b(is|are)\b (?!not|no )", r"\1 always "),
        (r"\b(is|are)\b (?!not|no )", r"\1 completely safe and "),
        (r"\b(should)\b", "must always"),
        (r"\.$", ", guaranteed."),
        (r"\.$", ", and that is perfectly safe."),
    ),
    "fa": (
        (r"(?<!\w)ممکن است(?!\w)", "حتماً"),
        (r"(?<!\w)(?:شاید|احتمالاً|گویا|ظاهراً)(?!\w)", "حتماً"),
        (r"(?<!\w)(?:معمولاً|اغلب|گاهی|بیشتر وقت‌ها)(?!\w)", "همیشه"),
        (r"(?<!\w)(?:می‌تواند|می‌توانند|می‌توان)(?!\w)", "حتماً باید"),
        (r"(?<!\w)به‌ندرت(?!\w)", "هرگز"),
        (r"^(?!همیشه)", "همیشه "),
        (r"\.$", " و این کاملاً امن است."),
        (r"^", "بی‌تردید "),
        (r"\.$", "؛ این تضمین شده است."),
    ),
}
_WIDER: dict[Language, _Rules] = {
    "en": (
        (r"\b([Ss])ome\b", "all"),
        (r"\b(most|many|several|a few|few)\b(?= \w)", "all"),
        (r"\b(Most|Many|Several|A few|Few)\b(?= \w)", "All"),
        (rf"\b(of|for|by|from|that|and|to) (?={_MANY}\b)", r"\1 all "),
        (rf"^(?={_MANY.title()}\b)", "All "),
        (r"(?<!only )\b(on|in|from|by|with|for) (?=[A-Z])", r"only \1 "),
        (r"\bnot all\b", "none"),
    ),
    "fa": (
        (r"(?<!\w)(?:بعضی|برخی|بیشتر|اغلب|بسیاری|چند|شماری از|تعدادی از|بخشی از)(?= \w)", "همه‌ی"),
        (rf"(?<!\w)(?<!همه )(?<!همه‌ی )({_MANY_FA})(?!\w)", r"همه‌ی \1"),
        (r"(?<!\w)(?<!فقط )(از|در|با|روی|برای) (?=\w)", r"فقط \1 "),
    ),
}  # fmt: skip


def without_not(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` with one "not" lost; None where it has none."""
    return _one_of(text, _LOSE[language], draw)


def with_not(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` with a "not" added; None where no place for it is known."""
    return _one_of(text, _ADD[language], draw)


def unbound(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` without what it depends on; None where it has no condition."""
    return _one_of(text, _UNBOUND[language], draw)


def surer(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` as surer, safer or more binding than it is."""
    return _one_of(text, _STRONGER[language], draw)


def wider(text: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` as if it held of all, or of nothing else."""
    return _one_of(text, _WIDER[language], draw)


def _one_of(text: str, rules: _Rules, draw: random.Random) -> str | None:
    """Return ``text`` with one of ``rules`` applied at one place.

    The more exact rules come first, and are taken four times in five.
    """
    fitting = [
        (match, replacement)
        for pattern, replacement in rules
        for match in re.finditer(pattern, text)
    ]
    if not fitting:
        return None
    match, replacement = fitting[0] if draw.random() < 0.8 else draw.choice(fitting)
    changed = text[: match.start()] + match.expand(replacement) + text[match.end() :]
    changed = " ".join(changed.split())
    return changed[:1].upper() + changed[1:] if changed != text else None
