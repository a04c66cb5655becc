"""Which questions the folder or the judge nearly holds already.

Such a question measures memory, not retrieval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from retrieval.language.normalise import search_form

# Percent of rapidfuzz's ratio from which on a question counts as repeated.
TOO_LIKE_HELD = 85


def repeated(questions: Mapping[str, str], held: Iterable[str]) -> dict[str, str]:
    """Return those of ``questions`` (text by id) that nearly repeat one of ``held``, and which."""
    forms = {text: search_form(text) for text in sorted(set(held))}
    found = {}
    for id, question in questions.items():
        match = process.extractOne(
            search_form(question), forms, scorer=fuzz.ratio, score_cutoff=TOO_LIKE_HELD
        )
        if match:
            found[id] = match[2]
    return found
