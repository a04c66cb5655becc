"""Whether a statement concludes where its source does not.

Words of the source, joined by a "so", can say what nobody said; word by word they are all borne.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.checking.verdict import Fault


def conclusion_faults(text: str, sentences: Sequence[str]) -> list[Fault]:
    """Return the conclusion that ``text`` draws, where none of the ``sentences`` it stands on draws
    one, and it does not turn the reason of a single one round ("B, because A": "A, so B")."""
    concludes, reasons = _words()
    found = concludes.search(text)
    if found is None or any(concludes.search(each) for each in sentences):
        return []
    if len(sentences) == 1 and reasons.search(sentences[0]):
        return []
    return [Fault("conclusion", found.group().strip(" ,;،؛."))]


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    file = resources.files("retrieval.checking").joinpath("data/conclusions.yaml")
    read: dict[str, list[str]] = yaml.safe_load(file.read_text("utf-8"))
    concludes, reasons = ("|".join(read[name]) for name in ("concludes", "reasons"))
    return re.compile(concludes, re.IGNORECASE), re.compile(reasons, re.IGNORECASE)
