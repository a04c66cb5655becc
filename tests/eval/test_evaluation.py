"""A whole evaluation on the project's own knowledge: figures, floors, files, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from retrieval.encoder import Encoder
from retrieval.index.store import Index
from retrieval.library import Library
from retrieval.settings import LibrarySettings
from tests.eval import __main__ as command
from tests.eval.asking import Asked, OneSearchLibrary, ask
from tests.eval.crew import Worded, as_typed_here, crew
from tests.eval.evaluation import evaluate
from tests.eval.floors import Floor
from tests.eval.made import question
from tests.eval.questions import EvalQuestion

TODAY = dt.date(2026, 11, 22)
KNOWN = question(
    "known",
    question="who phoned hossein sarbandi",
    gold=("clubhouse-intelligence-ministry-2021#sarbandi-call",),
    nuggets=(("Ministry of Intelligence",),),
    expect=("answered", "partial"),
)
PERSIAN = question(
    "persian",
    question="چرا تلگرام رو فیلتر کردن",
    language="fa",
    script="persian",
    gold=("telegram",),
    expect=("answered", "partial", "abstained"),
)
GREETING = question("hello", question="hello", kind="greeting", expect=("outside",))
ALARM = question("alarm", question="police are in my flat right now", kind="urgent")
QUESTIONS = [KNOWN, PERSIAN, GREETING]
Eval = Callable[..., int]


def test_one_search_serves_answer_and_hits(index: Index, encoder: Encoder) -> None:
    library = OneSearchLibrary(index, encoder)
    first = library.search(KNOWN.question)
    assert library.search(KNOWN.question).hits is first.hits
    assert library.search(PERSIAN.question).hits is not first.hits
    assert library.answer(KNOWN.question) == Library(index, encoder).answer(KNOWN.question)


def test_what_is_understood_alike_is_searched_once(index: Index, encoder: Encoder) -> None:
    library = OneSearchLibrary(index, encoder)
    first = library.search(KNOWN.question)
    again = library.search(f"please, {KNOWN.question}")
    assert again.hits is first.hits
    plain = Library(index, encoder).search(f"please, {KNOWN.question}")
    assert (again.question, again.hits[:1]) == (plain.question, plain.hits[:1])


def test_what_an_alarm_shows_counts_as_found_first(library: Library) -> None:
    asked = ask(ALARM, library)
    assert asked.answer.status == "urgent"
    assert asked.found[0].startswith("at-the-door#")
    assert len(set(asked.found)) == len(asked.found) > 10  # the hits follow, none twice


def test_what_is_kept_of_a_question_fits_its_answer(library: Library) -> None:
    asked = ask(KNOWN, library)
    assert asked.answer == library.answer(KNOWN.question)
    assert asked.cited.keys() == {citation.passage for citation in asked.answer.citations}
    assert asked.found[0].startswith("clubhouse-intelligence-ministry-2021#sarbandi-call.")
    assert ask(KNOWN, library, GREETING.question).answer.status == "outside"


def test_an_evaluation_holds_every_figure(
    library: Library, real_knowledge: Path, real_state: Path
) -> None:
    steps: list[tuple[str, int, int]] = []
    with crew(LibrarySettings(knowledge=real_knowledge, state=real_state)) as ask_all:
        evaluation = evaluate(
            QUESTIONS,
            library,
            TODAY,
            ask_all=ask_all,
            reworded=True,
            follow=lambda *step: steps.append(step),
        )
    by_id = {one.asked.question.id: one.scores for one in evaluation.scored}
    assert by_id["known"]["hit@1"] == by_id["known"]["facts"] == 1
    assert by_id["known"]["citation recall"] == 1
    assert by_id["hello"] == {"status": 1, "answered though not": 0, "false alarm": 0}
    assert evaluation.means["all"]["status"].n == len(QUESTIONS)
    assert {"Arabic letters", "in Finglish", "a typo"} <= {one.name for one in evaluation.drops}
    assert evaluation.speed.percentile95 >= evaluation.speed.median > 0
    asked = len(QUESTIONS) + sum(one.n for one in evaluation.drops)
    assert steps[:-1] == [("", n, asked) for n in range(1, asked + 1)]
    assert steps[-1] == ("alone, for the time it takes", 1, 1)


def test_processes_answer_as_the_library_here_does_and_in_order(
    library: Library, real_knowledge: Path, real_state: Path
) -> None:
    pairs = [(one, one.question.upper()) for one in (*QUESTIONS, *reversed(QUESTIONS))]
    with crew(LibrarySettings(knowledge=real_knowledge, state=real_state)) as again:
        there, here = list(again(pairs)), [ask(one, library, text) for one, text in pairs]
    # The vector index is approximate: far down, what is found may differ from process to process.
    assert [(one.question, one.answer, one.found[:1]) for one in there] == [
        (one.question, one.answer, one.found[:1]) for one in here
    ]


def test_a_model_words_the_questions_as_typed_alone(index: Index, encoder: Encoder) -> None:
    library = OneSearchLibrary(index, encoder)
    pairs = [(KNOWN, None), (KNOWN, "who rang him"), (PERSIAN, None), (PERSIAN, "چرا بسته شد")]
    elsewhere: list[Worded] = []

    def others(given: Sequence[Worded]) -> list[Asked]:
        elsewhere.extend(given)
        return [ask(one, library, GREETING.question) for one, _ in given]

    asked = list(as_typed_here(library, others)(pairs))
    assert elsewhere == [pairs[1], pairs[3]]
    assert [one.question for one in asked] == [KNOWN, KNOWN, PERSIAN, PERSIAN]
    assert [one.answer.status == "outside" for one in asked] == [False, True, False, True]


@pytest.fixture
def run(
    real_knowledge: Path, real_state: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., int]:
    """Run the command on three questions, held against one floor."""

    def evaluation(
        *arguments: str, at_least: float = 0.0, questions: Sequence[EvalQuestion] = QUESTIONS
    ) -> int:
        floor = Floor(measure="status", group="all", at_least=at_least, why="a test")
        monkeypatch.setattr(command, "read_questions", lambda: list(questions))
        monkeypatch.setattr(command, "read_floors", lambda: [floor])
        places = ["--knowledge", str(real_knowledge), "--state", str(real_state)]
        monkeypatch.setattr(sys, "argv", ["eval", "--split", "all", "--quick", *places, *arguments])
        return command.main()

    return evaluation


def test_a_broken_floor_ends_with_status_1(run: Eval, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert "holds   status, all: 1.0000" in capsys.readouterr().out
    assert run(at_least=1.01) == 1
    assert "BROKEN  status, all: 1.0000, at least 1.01 (a test)" in capsys.readouterr().out


def test_a_part_of_the_questions_is_held_against_no_floor(run: Eval) -> None:
    assert run("--only", "greeting", at_least=1.01) == 0


def test_json_is_one_object_alone_on_stdout(run: Eval, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", at_least=1.01) == 1
    read = json.loads(capsys.readouterr().out)
    assert read["means"]["all"]["status"]["value"] == 1
    assert read["questions"]["hello"]["status"] == "outside"
    assert [floor["holds"] for floor in read["floors"]] == [False]


def test_a_run_is_saved_and_the_next_is_compared_with_it(
    run: Eval, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, report = tmp_path / "run.json", tmp_path / "report.html"
    run("--save", str(saved))
    rows = json.loads(saved.read_text("utf-8"))
    rows["questions"]["hello"]["status"] = 0.0
    saved.write_text(json.dumps(rows), "utf-8")
    capsys.readouterr()
    assert run("--baseline", str(saved), "--report", str(report)) == 0
    assert "better\thello\tstatus 0.00 -> 1.00" in capsys.readouterr().out
    assert KNOWN.question in report.read_text("utf-8")


@pytest.mark.parametrize("arguments", [("--only", "nothing"), ("--baseline", "/nowhere.json")])
def test_wrong_use_ends_with_status_2(
    run: Eval, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert arguments[1] in capsys.readouterr().err


def test_misses_name_what_went_wrong(run: Eval, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = question("wrong", question="hello", kind="greeting", expect=("answered",))
    run("--misses", questions=[wrong, GREETING])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("status\t")] == [
        "status\twrong\thello\toutside (expected answered)\tgold -\tfirst -"
    ]
