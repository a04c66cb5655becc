"""``daricheh ask`` and ``daricheh search``, run as people and programs run them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from retrieval.answering.answer import Answer, Citation
from retrieval.knowledge.reading import read_knowledge
from tests.bot.commands.conftest import Run

ANSWER = {"question", "language", "status", "statements", "citations", "notices", "suggestions"}
SEARCH = {"query", "language", "results"}
LINES = ["What is Dadban?", "دادبان چیست؟", "dadban chie", "😀", "'; DROP TABLE x; --"]


def objects(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def test_one_question_gives_one_object(run: Run, places: tuple[str, ...]) -> None:
    own = read_knowledge(Path(places[1])).documents[0].header.questions[0]
    done = run("ask", own, "--json", *places)
    assert done.returncode == 0
    assert done.stderr == b""
    (answer,) = objects(done.stdout)
    assert answer.keys() == ANSWER | {"seconds"}
    assert answer["status"] in ("answered", "partial")
    cited = {citation["n"]: citation for citation in answer["citations"]}
    assert all(citation.keys() == set(Citation.__slots__) for citation in cited.values())
    for statement in answer["statements"]:
        assert statement.keys() == {"text", "citations"}
        assert statement["citations"]
        for number in statement["citations"]:
            assert statement["text"] in cited[number]["excerpt"]


@pytest.mark.parametrize(
    ("command", "key", "fields"),
    [("ask", "question", ANSWER | {"seconds"}), ("search", "query", SEARCH)],
)
def test_piped_lines_give_one_object_each_in_order(
    run: Run, places: tuple[str, ...], command: str, key: str, fields: set[str]
) -> None:
    text = "\n".join(["", LINES[0], "   ", *LINES[1:3], "\t", *LINES[3:]])  # no newline at the end
    done = run(command, "--json", *places, given=text.encode())
    assert done.returncode == 0
    found = objects(done.stdout)
    assert [row[key] for row in found] == LINES
    assert all(row.keys() == fields for row in found)


def test_lines_are_answered_as_they_come(places: tuple[str, ...]) -> None:
    """One process for all: a program may read an answer before it writes the next question."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json", *places],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in LINES[:3]:
            process.stdin.write(f"{line}\r\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == line
        process.stdin.close()
        assert process.wait(60) == 0


def test_search_gives_as_many_passages_as_asked_for(run: Run, places: tuple[str, ...]) -> None:
    done = run("search", "Dadban", "--limit", "2", "--json", *places)
    (found,) = objects(done.stdout)
    assert [row["rank"] for row in found["results"]] == [1, 2]


def test_for_people_the_answer_names_its_sources(run: Run, places: tuple[str, ...]) -> None:
    own = read_knowledge(Path(places[1])).documents[0].header.questions[0]
    done = run("ask", own, *places)
    shown = done.stdout.decode()
    assert "[1]" in shown
    assert "Sources:" in shown
    found = run("search", "What is Dadban?", *places).stdout.decode()
    assert "dadban#" in found


def test_bytes_that_are_no_text_are_no_crash(run: Run, places: tuple[str, ...]) -> None:
    done = run("ask", "--json", *places, given=b"What \xff\xfe is \x00 Dadban?\n\xed\xa0\x80\n")
    assert done.returncode == 0
    assert done.stderr == b""
    assert len(objects(done.stdout)) == 2
    odd = subprocess.run(
        [
            sys.executable.encode(),
            b"-m",
            b"bot",
            b"ask",
            b"a\xffb",
            b"--json",
            *map(os.fsencode, places),
        ],
        capture_output=True,
        check=False,
    )
    assert odd.returncode == 0
    assert len(objects(odd.stdout)) == 1


def test_a_first_run_builds_the_index_and_says_so_on_stderr(
    run: Run, two_documents: Path, tmp_path: Path
) -> None:
    done = run(
        "ask", "What is Dadban?", "--json",
        "--knowledge", str(two_documents), "--state", str(tmp_path / "new" / "state"),
    )  # fmt: skip
    assert done.returncode == 0
    assert len(objects(done.stdout)) == 1
    assert b"Encoding texts" in done.stderr


def test_places_can_come_from_the_environment(run: Run, places: tuple[str, ...]) -> None:
    done = run("search", "Dadban", "--json", DARICHEH_KNOWLEDGE=places[1], DARICHEH_STATE=places[3])
    assert objects(done.stdout)[0]["results"][0]["document"] == "dadban"


@pytest.mark.parametrize(
    "arguments",
    [("ask", "x"), ("search", "x"), ("knowledge", "lint"), ("knowledge", "index")],
    ids=" ".join,
)
def test_a_missing_folder_is_named_in_one_line(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    nowhere = tmp_path / "nowhere"
    done = run(*arguments, "--knowledge", str(nowhere), "--state", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert is_one_clear_line(done.stderr, str(nowhere), "--knowledge")


def test_a_state_folder_that_cannot_be_written_is_named(
    run: Run, two_documents: Path, tmp_path: Path
) -> None:
    below_a_file = tmp_path / "file" / "state"
    below_a_file.parent.write_text("")
    done = run("ask", "x", "--knowledge", str(two_documents), "--state", str(below_a_file))
    assert (done.returncode, done.stdout) == (1, b"")
    assert is_one_clear_line(done.stderr, str(below_a_file))


@pytest.mark.parametrize("file", ["passages.json", "words/surface.txt"])
def test_a_damaged_index_is_named(
    run: Run, places: tuple[str, ...], tmp_path: Path, file: str
) -> None:
    """The manifest says that it is up to date, but a part of it is broken or gone."""
    state = tmp_path / "state"
    shutil.copytree(places[3], state)
    (part,) = (state / "index").glob(f"*/{file}")
    part.write_bytes(b"\x80") if file.endswith("json") else part.unlink()
    done = run("ask", "x", "--knowledge", places[1], "--state", str(state))
    assert (done.returncode, done.stdout) == (1, b"")
    assert is_one_clear_line(done.stderr, "damaged", str(state))


def test_a_full_disk_behind_the_output_is_named(places: tuple[str, ...]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "search", "Dadban", "--json", *places],
            stdout=output,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert is_one_clear_line(done.stderr, "output")


def is_one_clear_line(error: bytes, *held: str) -> bool:
    text = error.decode()
    one = text.count("\n") == 1 and text.startswith("daricheh: ")
    assert one, text
    assert all(part in text for part in held), text
    return True


def test_the_printed_answer_has_the_fields_of_the_plan() -> None:
    assert Answer("q", "en", "outside").to_json().keys() == ANSWER | {"seconds"}
