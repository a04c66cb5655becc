"""Claims and evidence that others have judged, a JSON object a line, as cases of the check.

For public data of the sort of AttributionBench, which is not shipped here: whoever has such a file
measures with ``--claims FILE``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retrieval.knowledge.documents import Language
from retrieval.language.detect import is_persian_script
from retrieval.language.sentences import sentence_spans
from retrieval.passages import Passage, Reference, Sentence
from tests.eval.checking.cases import Case

_SOURCE = Reference("unknown", "unknown", None, None, "reporting")
# What the files at hand write for "the evidence bears the claim", and for its contrary.
_BORNE = {
    "attributable": True,
    "supported": True,
    "supports": True,
    "entailment": True,
    "true": True,
    "1": True,
    "not attributable": False,
    "unsupported": False,
    "refutes": False,
    "contradiction": False,
    "neutral": False,
    "false": False,
    "0": False,
}


def read_claims(path: Path) -> Iterator[Case]:
    """Yield a case for each line of ``path``: an object with ``claim``, ``evidence`` and ``label``.

    Raises ``ValueError`` naming the line that is not one.
    """
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            claim, evidence = str(row["claim"]), str(row["evidence"])
            good = _BORNE[str(row["label"]).lower()]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(
                f"{path}, line {number}: write an object with claim, evidence and label; "
                f"label one of {', '.join(_BORNE)}."
            ) from error
        kind = "claim borne" if good else "claim not borne"
        yield Case(kind, good, claim, _language(claim), _passage(evidence, number), "reworded")


def _language(text: str) -> Language:
    return "fa" if is_persian_script(text) else "en"


def _passage(text: str, number: int) -> Passage:
    language = _language(text)
    return Passage(
        id=f"claims#line-{number}.1@{language}",
        document="claims",
        language=language,
        kind="article",
        title="",
        section="",
        path=(),
        role="fact",
        position=0,
        text=text,
        sentences=tuple(Sentence(start, end, (_SOURCE,)) for start, end in sentence_spans(text)),
        topics=(),
        urgent=None,
        as_of="2026-01-01",
        review_by="2026-01-01",
    )
