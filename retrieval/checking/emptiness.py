"""Words that say nothing by themselves: they join, point, or lend a noun their verb."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

from retrieval.language.normalise import HALF_SPACE, search_form

_PREFIX = rf"(?:ن?می{HALF_SPACE}?|[نب])?"
_ENDING = rf"(?:م|ی|د|یم|ید|ین|ند|ن|ه|{HALF_SPACE}?(?:ام|ای|است|اند|ایم|اید))?"


@lru_cache(maxsize=1)
def _data() -> dict[str, list[str]]:
    file = resources.files("retrieval.checking").joinpath("data/empty.yaml")
    data: dict[str, list[str]] = yaml.safe_load(file.read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def empty_words() -> frozenset[str]:
    """Return the words without content of either language, in search form."""
    return frozenset(search_form(word) for word in (*_data()["en"], *_data()["fa"]))


def is_light_verb(word: str) -> bool:
    """Return whether ``word``, in search form, is a form of a Persian verb that leans on a noun."""
    return bool(_light().match(word))


@lru_cache(maxsize=1)
def _light() -> re.Pattern[str]:
    stems = "|".join(map(search_form, _data()["light"]))
    return re.compile(rf"^{_PREFIX}(?:{stems}){_ENDING}$")
