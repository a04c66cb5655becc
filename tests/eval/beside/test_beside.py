"""All contenders are given the same and measured alike; what ours is behind in is said."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.eval.beside.contenders import NAMES, Found
from tests.eval.beside.entries import ENGLISH, OURS, REFERENCE, Entry, entries, model_paths
from tests.eval.beside.environment import REQUIREMENTS, environment
from tests.eval.beside.figures import figures, table, worse_than
from tests.eval.beside.marking import Marker
from tests.eval.beside.material import (
    Material,
    Text,
    answerable,
    material,
    passages_by_document,
    read_material,
    write_material,
)
from tests.eval.beside.race import Run, Track, race
from tests.eval.questions import EvalQuestion
from tests.small.shelf import SMALL


def question(text: str, gold: str, language: str = "en") -> EvalQuestion:
    return EvalQuestion(text, text, language, "", "fact", ("answered",), (gold,))  # type: ignore[arg-type]


def test_passages_are_ours_and_documents_hold_all_of_them() -> None:
    knowledge = read_knowledge(SMALL)
    given = material(knowledge, [question("who?", "x")])
    by_document = passages_by_document(knowledge)
    assert given.questions == ("who?",)
    assert {t.id for t in given.passages} == {p.id for own in by_document.values() for p in own}
    for document in given.documents:
        assert all(passage.text in document.text for passage in by_document[document.id])
        assert document.text.count("# ") == len(re.findall("^#+ ", document.text, re.M))


def test_only_questions_that_the_folder_answers_are_put_with_the_gold_that_is_there() -> None:
    asked = [
        replace(question("both", "briar#privacy"), gold=("briar#privacy", "elsewhere#part")),
        question("none", "elsewhere"),
        replace(question("follow-up", "briar"), before="What is Briar?"),
    ]
    (one,) = answerable(asked, read_knowledge(SMALL))
    assert (one.id, one.gold) == ("both", ("briar#privacy",))


def test_material_can_be_read_back(tmp_path: Path) -> None:
    written = Material((Text("a#b.1@fa", "الف"),), (Text("a@fa", "الف"),), ("چه؟",))
    write_material(tmp_path / "m.json", written)
    assert read_material(tmp_path / "m.json") == written


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker(passages_by_document(read_knowledge(SMALL)))


def test_a_hit_on_our_passage_is_that_passage_and_its_translation_no_other(marker: Marker) -> None:
    keys = [p.key for p in passages_by_document(read_knowledge(SMALL))["phone-summons@en"]]
    hits = [Found(f"{keys[0]}@en", ""), Found(f"{keys[0]}@fa", ""), Found(f"{keys[1]}@fa", "")]
    assert marker.keys(hits, ()) == keys[:2]


def test_a_piece_cut_otherwise_stands_for_the_gold_it_holds(marker: Marker) -> None:
    own = passages_by_document(read_knowledge(SMALL))["phone-summons@en"]
    first, second = own[0], own[1]
    together = Found("phone-summons@en", f"{first.text}\n\n{second.text}")
    assert marker.keys([together], ()) == [first.key]
    assert marker.keys([together], (second.key.rpartition(".")[0],)) == [second.key]
    assert marker.keys([together], ("phone-summons",)) == [first.key, second.key]


def test_a_small_part_of_a_long_piece_counts_and_a_stray_sentence_does_not(
    marker: Marker,
) -> None:
    passage = passages_by_document(read_knowledge(SMALL))["phone-summons@en"][0]
    words = passage.text.split()
    inside = Found("phone-summons@en", " ".join(words[3 : len(words) // 2]))
    assert marker.keys([inside], ()) == [passage.key]
    other = "Something quite different stands here and goes on for many more words. " * 3
    stray = Found("phone-summons@en", f"{' '.join(words[:6])} {other}")
    assert marker.keys([stray], (passage.key.rpartition(".")[0],)) == ["phone-summons@en#piece.0"]


def test_everyone_takes_part_with_the_same_models_and_once() -> None:
    all_of_them = list(entries())
    assert all_of_them[0] == REFERENCE
    assert len({one.key for one in all_of_them}) == len(all_of_them)
    for name in NAMES:
        same = {one.model for one in all_of_them if one.name == name and not one.split}
        assert same == {ENGLISH, OURS}
    paths = model_paths("/models/english")
    assert paths[ENGLISH] == {True: "/models/english", False: "/models/english"}
    assert (Path(paths[OURS][False]) / "modules.json").is_file()


def test_the_others_get_the_torch_that_the_project_installs() -> None:
    pinned = REQUIREMENTS.read_text("utf-8").splitlines()
    script = (PROJECT / "deploy" / "environment.sh").read_text("utf-8")
    torch = re.search('^TORCH="(.+)"$', script, re.M)
    assert torch is not None
    assert torch.group(1) in pinned
    assert all("==" in line for line in pinned if not line.startswith("#"))


def test_a_folder_that_holds_something_else_is_never_cleared(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", "utf-8")
    with pytest.raises(RuntimeError, match="holds something else"):
        environment(tmp_path, lambda _: None)
    assert (tmp_path / "letters.txt").read_text("utf-8") == "mine"


def test_ours_runs_the_whole_way_in_processes_of_its_own(tmp_path: Path) -> None:
    knowledge = read_knowledge(SMALL)
    questions = [
        question("What should I do if I am summoned by phone?", "phone-summons"),
        question("احضار تلفنی چیست؟", "phone-summons", "fa"),
        question("Does Briar work without the internet?", "briar"),
    ]
    given = material(knowledge, questions)
    write_material(tmp_path / "m.json", given)
    track = Track(Path(sys.executable), tmp_path, tmp_path / "m.json", SMALL, "", 2)
    (run,) = race(
        track,
        [REFERENCE],
        given.questions,
        rounds=1,
        timed=1,
        show=lambda *_: None,
        announce=print,
    )
    found = figures(run, questions, Marker(passages_by_document(knowledge)), 50)
    assert found["recall@5 fa"] == found["recall@5 en"] == 1
    assert 0 < found["memory"] <= found["peak memory"]
    assert found["vectors"] > len(given.passages)  # of sentences and questions, too


# Answers like a contender, and writes down how it was called.
STAND_IN = """#!{python} -IS
import json, sys
stage, name = sys.argv[3:5]
with open({log!r}, "a") as log:
    print(stage, name, file=log)
if name == "txtai":
    sys.exit(3)
if stage == "index":
    print(json.dumps({{"seconds": 2.0, "busy": 1.0, "pieces": 7, "peak_mb": 9.0}}))
else:
    for line in sys.stdin:
        spent = {{"ms": 4.0, "busy_ms": 3.0, "since_start": 1.0}}
        print(json.dumps({{**spent, "found": [[line.strip(), "text"]]}}), flush=True)
    print(json.dumps({{"steady_mb": 5.0, "peak_mb": 6.0}}))
"""


@pytest.fixture
def track(tmp_path: Path) -> Track:
    stand_in = tmp_path / "python"
    log = str(tmp_path / "log")
    stand_in.write_text(STAND_IN.format(python=sys.executable, log=log), "utf-8")
    stand_in.chmod(0o755)
    return Track(stand_in, tmp_path, tmp_path / "m.json", tmp_path, "", 2)


def test_each_is_started_anew_in_every_round_and_indexes_once(track: Track) -> None:
    answer = Entry("answer", OURS)
    taking_part = [REFERENCE, answer, Entry("haystack", OURS)]
    shown: list[str] = []
    runs = race(
        track,
        taking_part,
        ["one", "two  lines\nin one", "three"],
        rounds=2,
        timed=2,
        show=lambda what, *_: shown.append(what),
        announce=print,
    )
    called = (track.scratch / "log").read_text("utf-8").splitlines()
    assert [run.entry for run in runs] == taking_part
    assert len(shown) == 6
    assert [run.warm for run in runs] == [[4.0] * 3] * 3
    assert [run.warm_busy for run in runs] == [[3.0] * 3] * 3
    assert all(len(run.cold) == 2 for run in runs)
    assert runs[0].found == [
        [Found("one", "text")],
        [Found("two lines in one", "text")],
        [Found("three", "text")],
    ]
    assert called.count("ask search") == called.count("ask answer") == 2
    # Both faces of ours have one index.
    assert called.count("index search") + called.count("index answer") == 1
    assert called.count("index haystack") == 1


def test_one_that_fails_is_named_and_the_others_go_on(track: Track) -> None:
    said: list[str] = []
    runs = race(
        track,
        [Entry("txtai", OURS), Entry("haystack", OURS)],
        ["?", "!"],
        rounds=2,
        timed=1,
        show=lambda *_: None,
        announce=said.append,
    )
    assert [run.entry.name for run in runs] == ["haystack"]
    (line,) = said
    assert line.startswith("txtai-ours is left out")
    assert line.endswith("ended with status 3.")


def test_interrupted_it_reports_what_it_has(track: Track) -> None:
    def show(what: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    said: list[str] = []
    taking_part = [REFERENCE, Entry("haystack", OURS), Entry("langchain", OURS)]
    runs = race(track, taking_part, ["?", "!"], rounds=3, timed=1, show=show, announce=said.append)
    assert len(runs) == 2
    assert len(said) == 1


def _run(entry: Entry, milliseconds: float, found: list[list[Found]]) -> Run:
    spent = [milliseconds] * 3
    return Run(entry, 10, 8, 5, 100, [1.0, 3.0, 2.0], [1.0], spent, [9.0], 200, 300, found)


def test_costs_are_multiples_of_ours_and_what_is_worse_is_said(marker: Marker) -> None:
    key = passages_by_document(read_knowledge(SMALL))["phone-summons@en"][0].key
    asked = [question("q", "phone-summons"), question("p", "phone-summons", "fa")]
    hit, miss = [Found(f"{key}@en", "")], [Found("signal@en", "no words of ours at all in here")]
    other = Entry("txtai", ENGLISH)
    ours = figures(_run(REFERENCE, 20, [miss, hit]), asked, marker, 40)
    theirs = figures(_run(other, 10, [hit, hit]), asked, marker, 40)
    assert (ours["recall@5 en"], ours["recall@5 fa"], theirs["recall@5 en"]) == (0, 1, 1)
    assert ours["cold start"] == 2
    assert ours["passages a second"] == 4
    lines = table({REFERENCE: ours, other: theirs}).splitlines()
    assert "20 ms" in lines[2]
    assert "× 0.50" in lines[3]
    assert list(worse_than({REFERENCE: ours, other: theirs})) == [
        "Daricheh, search (ours) is slower than txtai (MiniLM) in median: 2.00 times",
        "Daricheh, search (ours) is slower than txtai (MiniLM) in p95: 2.00 times",
        *(
            f"Daricheh, search (ours) finds less than txtai (MiniLM) in {one}: 0.000 against 1.000"
            for one in ("recall@5 en", "ndcg@10 en")
        ),
    ]
