"""Other habits of typing Persian in Latin letters, put on top of ``finglish.to_latin``."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Name of the habit, and what is typed instead of what; in order, by regular expression.
HABITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "as in perturb/finglish": (),
    "u, not oo": (("oo", "u"),),
    "o, not oo": (("oo", "o"), (r"\bo\b", "oo")),
    "ou, ee, -eh": (("oo", "ou"), (r"i(?=[^aeiouy\W])", "ee"), (r"(?<=\w\w)e\b", "eh")),
    "x and q": (("kh", "x"), ("gh", "q")),
    "g, not gh": (("gh", "g"),),
    "letters doubled": ((r"(?<=[aeiou])([lmnrst])(?=[aeiou])", r"\1\1"),),
    "apostrophes": ((r"(?<=[aeo])(?=[aei])", "'"),),
    "endings apart": ((r"(?<=\w\w)(haye|ha)\b", r" \1"), (r"\b(ne)?mi(?=\w{3})", r"\1mi ")),
}


def typed_with(habit: str, latin: str) -> str:
    """Return ``latin`` as somebody with ``habit`` would type it."""
    for pattern, instead in HABITS[habit]:
        latin = re.sub(pattern, instead, latin)
    return latin
