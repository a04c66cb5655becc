"""``daricheh knowledge diff``: what changes for people, against a folder or a git revision."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.commands.knowledge.comparing import Compared
from bot.commands.knowledge.question_set import Put, gold_counts, read_set
from retrieval.differences import AnswerChange
from retrieval.errors import DarichehError
from tests.bot.commands.conftest import Run
from tests.eval.questions import read_questions


def git(folder: Path, *arguments: str) -> None:
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *person, *arguments], check=True, capture_output=True)


@pytest.fixture
def versions(places: tuple[str, ...], tmp_path: Path) -> tuple[Path, Path, tuple[str, ...]]:
    """A checkout with the knowledge in a folder of it, the knowledge before it was changed, and
    the options that name it and a state with the old index."""
    before, knowledge = tmp_path / "before", tmp_path / "checkout" / "content"
    shutil.copytree(places[1], before)
    shutil.copytree(places[1], knowledge)
    git(knowledge.parent, "init", "-q")
    git(knowledge.parent, "add", ".")
    git(knowledge.parent, "commit", "-q", "-m", "before")
    shutil.copytree(places[3], tmp_path / "state")
    changed = knowledge / "contacts" / "dadban.en.md"
    text = changed.read_text("utf-8")
    head = text.rpartition("\n## ")[0]
    changed.write_text(f"{head}\n## Who founded Dadban? {{#founders}}\nNobody said who.[^dadban]\n")
    questions = tmp_path / "questions"
    questions.mkdir()
    rows = [{"id": "own", "question": "Who founded Dadban?"}, {"id": "rice", "question": "rice?"}]
    (questions / "own.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return (
        before,
        knowledge,
        (
            "--knowledge", str(knowledge), "--state", str(tmp_path / "state"),
            "--questions", str(questions),
        ),
    )  # fmt: skip


def test_a_git_revision_and_a_folder_tell_the_same(
    run: Run, versions: tuple[Path, Path, tuple[str, ...]]
) -> None:
    before, _, options = versions
    done = run("knowledge", "diff", "--json", *options)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    hows = {change["id"]: change["how"] for change in found["passages"]}
    assert hows["dadban#founders.1@en"] == "added"
    assert set(hows.values()) == {"added", "removed"}
    assert all(name.endswith("@en") for name in hows)
    assert f"{len(hows)} passages change" in done.stderr.decode()
    touched = {each["id"]: each["touched"] for each in found["answers"]}
    assert touched["dadban@en"]
    assert "rice" not in touched
    assert found["asked"] > 10
    shown = run("knowledge", "diff", "--against", str(before), *options).stdout.decode()
    signs = {"added": "+", "removed": "-"}
    assert all(f"{signs[how]} {name}\n" in shown for name, how in hows.items())
    assert "    + Nobody said who." in shown


def test_where_nothing_differs_nothing_is_asked(
    run: Run, versions: tuple[Path, Path, tuple[str, ...]]
) -> None:
    _, knowledge, options = versions
    done = run("knowledge", "diff", "--against", str(knowledge), *options)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"0 passages change, and 0 of 0 answers." in done.stderr


@pytest.mark.parametrize("against", ["no-such-branch", "--upload-pack=x", "/nowhere"])
def test_what_is_neither_folder_nor_revision_is_named(
    run: Run, versions: tuple[Path, Path, tuple[str, ...]], against: str
) -> None:
    *_, options = versions
    done = run("knowledge", "diff", f"--against={against}", *options)
    assert (done.returncode, done.stdout) == (1, b"")
    assert against in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_outside_a_checkout_a_revision_is_refused(run: Run, places: tuple[str, ...]) -> None:
    done = run("knowledge", "diff", *places, GIT_CEILING_DIRECTORIES=str(Path(places[1]).parent))
    assert done.returncode == 1
    assert "git says" in done.stderr.decode()


def test_the_wording_of_exam_questions_is_not_shown() -> None:
    change = AnswerChange("answered", "abstained", ("It was so.",), (), False, False, True)
    compared = Compared(
        2, [], [(Put("x", "secret?", hidden=True), change), (Put("y", "q"), change)]
    )
    printed = "\n".join(compared.lines()) + json.dumps(compared.to_json())
    assert "secret" not in printed
    assert compared.to_json()["answers"][0] == {
        "id": "x",
        "before": "answered",
        "after": "abstained",
    }
    assert "    - It was so." in printed


def test_the_question_set_is_that_of_the_evaluation_split_the_same_way() -> None:
    ours = {put.id: put for put in read_set()}
    theirs = {question.id: question for question in read_questions()}
    assert ours.keys() == theirs.keys()
    for name, question in theirs.items():
        assert ours[name].text == question.question
        assert ours[name].hidden == (question.split == "test"), name


def test_use_counts_a_question_once_a_document() -> None:
    put = [Put("a", "?", ("x", "x", "y")), Put("b", "?", ("x",)), Put("c", "?")]
    assert gold_counts(put) == {"x": 2, "y": 1}


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "a"}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.jsonl").write_text(f'{{"id": "a", "question": "?"}}\n\n{line}\n', "utf-8")
    with pytest.raises(DarichehError, match=r"own\.jsonl:3: not a question"):
        read_set(tmp_path)
    assert read_set(tmp_path / "nowhere") == []
