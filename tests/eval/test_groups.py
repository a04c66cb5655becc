"""Means by group, the gap between languages, and what is lost where questions are retyped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.drops import drop
from tests.eval.groups import grouped, language_gaps, means
from tests.eval.made import answer, asked, question
from tests.eval.measures import MEASURES, Scored


def scored(name: str, language: str, kind: str = "fact", **values: float) -> Scored:
    script = {"en": "english", "fa": "persian"}[language]
    of = question(name, language=language, script=script, kind=kind)
    given = {key.replace("_", " "): value for key, value in values.items()}
    return Scored(asked(of, answer()), given)


SCORED = [
    scored("a", "en", status=1, facts=1),
    scored("b", "en", "howto", status=1),
    scored("c", "fa", status=0, facts=0.5),
    scored("d", "fa", "howto", status=1, facts=0),
]


def test_groups_are_all_then_language_script_and_kind() -> None:
    assert {name: len(members) for name, members in grouped(SCORED).items()} == {
        "all": 4,
        "language en": 2,
        "language fa": 2,
        "script english": 2,
        "script persian": 2,
        "kind fact": 2,
        "kind howto": 2,
    }


def test_means_are_over_the_questions_that_have_the_measure() -> None:
    found = means(SCORED)
    assert (found["all"]["facts"].n, found["all"]["facts"].value) == (3, 0.5)
    assert found["kind howto"]["status"].value == 1
    assert "facts" not in means(SCORED[1:2])["all"]


def test_the_gap_is_english_minus_persian() -> None:
    gaps = language_gaps(SCORED)
    assert gaps["status"].value == 0.5
    assert (gaps["facts"].n, gaps["facts"].value) == (1, 0.75)
    assert language_gaps(SCORED[:2]) == {}


def test_a_drop_compares_only_what_was_asked_again() -> None:
    plain = {one.asked.question.id: one for one in SCORED}
    again = [scored("a", "en", status=0), scored("c", "fa", status=0)]
    lost = drop("a typo", plain, again)
    assert (lost.n, lost.before["status"], lost.lost["status"].value) == (2, 0.5, 0.5)
    assert lost.lost.keys() == {"status"}
    assert lost.lost["status"].low == pytest.approx(0)


def test_the_readme_explains_every_measure() -> None:
    text = (Path(__file__).parent / "README.md").read_text("utf-8")
    assert [measure.name for measure in MEASURES if f"`{measure.name}`" not in text] == []
