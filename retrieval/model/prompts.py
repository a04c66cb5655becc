"""The texts of ``prompts.yaml``, filled in. What is put in is data: it cannot close its own tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from retrieval.knowledge.documents import Language
from retrieval.model.chat import Prompt
from retrieval.passages import Passage


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    text = resources.files("retrieval.model").joinpath("prompts.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def version() -> int:
    """Return the version of the prompts."""
    number: int = _texts()["version"]
    return number


def composing(question: str, passages: Mapping[int, Passage], language: Language) -> Prompt:
    """Return what asks for an answer to ``question`` from numbered passages."""
    own = _texts()["compose"][language]
    return Prompt(own["rules"], _filled(own["case"], _material(question, passages)))


def repairing(
    question: str,
    passages: Mapping[int, Passage],
    failed: Iterable[str],
    kinds: Iterable[str],
    language: Language,
) -> Prompt:
    """Return what asks for the sentences that ``failed`` anew; ``kinds`` say what is wrong."""
    own = _texts()["repair"][language]
    lines = [_filled(own["fault"], {"text": _data(text)}) for text in failed]
    filled = {"faults": "\n".join(lines), "kinds": ", ".join(kinds)}
    case = _filled(own["case"], _material(question, passages) | filled)
    return Prompt(_texts()["compose"][language]["rules"], case)


def rewriting(question: str, before: Iterable[Passage], language: Language) -> Prompt:
    """Return what asks for half a question in full; ``before`` are the passages shown last."""
    own = _texts()["rewrite"][language]
    headings = dict.fromkeys(f"- {_data(passage.context)}" for passage in before)
    filled = {"before": "\n".join(headings), "question": _data(question)}
    return Prompt(own["rules"], _filled(own["case"], filled))


def _material(question: str, passages: Mapping[int, Passage]) -> dict[str, str]:
    shown = [
        f'<passage number="{n}" title="{_title(p)}">\n{_data(p.text)}\n</passage>'
        for n, p in passages.items()
    ]
    return {"passages": "\n\n".join(shown), "question": _data(question)}


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Return ``template`` with each ``{name}`` of ``values`` replaced once, in one pass: braces in
    what is put in stay as they are."""
    return template.strip().format_map(values)


def _data(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")


def _title(passage: Passage) -> str:
    return _data(passage.context).replace('"', "”")
