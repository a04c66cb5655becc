"""A saved run comes back as it was, and what changed since is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval import baseline
from tests.eval.made import answer, asked, question
from tests.eval.measures import Scored


def scored(name: str, **values: float) -> Scored:
    given = {key.replace("_", " "): value for key, value in values.items()}
    return Scored(asked(question(name), answer()), given)


def test_what_is_saved_is_read_and_nothing_changed(tmp_path: Path) -> None:
    run = [scored("a", status=1, facts=0.5), scored("b", status=0)]
    baseline.save(run, tmp_path / "run.json")
    same = baseline.compare(baseline.read(tmp_path / "run.json"), run, {"a", "b"})
    assert same == baseline.Comparison((), {}, (), ())


def test_no_question_is_written_to_a_baseline(tmp_path: Path) -> None:
    baseline.save([scored("a", status=1)], tmp_path / "run.json")
    assert question().question not in (tmp_path / "run.json").read_text("utf-8")


def test_each_question_that_got_better_or_worse_is_named() -> None:
    before = {
        "a": {"status": 1.0, "facts": 1.0, "mrr": 1.0},
        "b": {"status": 0.0, "undated": 0.0},
        "gone": {"status": 1.0},
        "not asked": {"status": 1.0},
    }
    run = [
        scored("a", status=1, facts=0.5, mrr=0.5),
        scored("b", status=1, undated=1),
        scored("new", status=1),
    ]
    found = baseline.compare(before, run, {"a", "b", "new", "not asked"})
    named = {(one.question, one.measure): one.better for one in found.changes}
    assert named == {("a", "facts"): False, ("b", "status"): True, ("b", "undated"): False}
    assert (found.means["status"].value, found.means["mrr"].value) == (0.5, -0.5)
    assert (found.new, found.gone) == (("new",), ("gone",))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 0, "questions": {}}'])
def test_a_file_that_is_no_baseline_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"other\.json is not a baseline .* --save"):
        baseline.read(path)
