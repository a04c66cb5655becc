"""Clauses tied on to what a passage says: each of their words may be borne, and they are not."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from retrieval.knowledge.documents import Language
from tests.eval.checking import turning
from tests.eval.checking.rewording import lowered

ENDS = ".!?؟؛;… "
_JOINTS: Mapping[Language, Sequence[str]] = {
    "en": (", and ", ", but ", " and "),
    "fa": (" و ", "، ولی ", "، و "),
}
_RULINGS: Mapping[Language, Sequence[str]] = {
    "en": ("you must never {}", "you never have to {}", "nobody can {}", "it is always safe to {}"),
    "fa": ("هرگز نباید {}", "هیچ‌وقت لازم نیست {}", "حق ندارید {}", "بی‌خطر است که {}"),
}
# What somebody does, as a passage says it: "to go all the same", "Delete old posts".
_VERBS = (
    "use keep write set turn take ask tell open send hide choose agree look say save delete go"
    " read install get find check change register reach answer call give share show trust start"
    " buy close remove download switch move leave"
).replace(" ", "|")
_BEHIND = "and or when if because that which before after until so with in on for from"
_DEED: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"(?:\bto |^|[;:,] |\band )((?i:{_VERBS})\b(?: [\w’'-]+){{0,5}}?)"
        rf"(?=[.,;:]|$| (?:{_BEHIND.replace(' ', '|')})\b)"
    ),
    "fa": re.compile(
        r"(?:^|[،؛:.] )((?!اما |ولی |تا |که |و |یا |اگر |چون |هم )(?:[آ-ی\u200c]+ ){1,5}"
        r"(?!می\u200c|ن)[آ-ی\u200c]{2,}ید)(?=[،؛.])"
    ),
}
_TURNED = re.compile(
    r"\b(?:not|never|no|without|nothing)\b|n't\b"
    r"|(?<!\w)(?:ن\w+ید|بدون|نمی\S+|هیچ\S*|نباید|باید|اگر|که)(?!\w)"
)


def tied(text: str, clause: str, language: Language, draw: random.Random) -> str:
    """Return ``text`` and ``clause`` as one sentence."""
    return f"{text.rstrip(ENDS)}{draw.choice(_JOINTS[language])}{clause.rstrip(ENDS)}."


def turned(text: str, other: str, language: Language, draw: random.Random) -> str | None:
    """Return ``text`` with ``other``, a true claim, tied on turned round; None where ``other``
    cannot be."""
    ways = [turning.without_not, turning.with_not, turning.surer, turning.wider]
    draw.shuffle(ways)
    made = (way(other, language, draw) for way in ways)
    changed = next((one for one in made if one), None)
    return tied(text, lowered(changed), language, draw) if changed else None


def borrowed(
    text: str, others: Sequence[str], language: Language, draw: random.Random
) -> str | None:
    """Return ``text`` with a clause tied on that forbids, or lets off, what one of ``others``
    speaks of in its own words; None where none speaks of doing something."""
    deeds = [match.group(1) for one in others for match in _DEED[language].finditer(one)]
    deeds = [f"{deed[0].lower()}{deed[1:]}" for deed in deeds if not _TURNED.search(deed)]
    if not deeds:
        return None
    ruling = draw.choice(_RULINGS[language]).format(draw.choice(deeds))
    return tied(text, ruling, language, draw)
