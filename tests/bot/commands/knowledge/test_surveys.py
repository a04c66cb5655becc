"""``show``, ``stale``, ``coverage``, ``gaps``, ``feedback``, as people and programs run them."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest

from bot.feedback import STEP as JUDGED
from bot.feedback import STEP_WRONG, Feedback
from bot.gaps import STEP, Gaps, gaps_file
from tests.bot.commands.conftest import Run


@pytest.fixture
def folder(two_documents: Path, tmp_path: Path) -> Path:
    """A copy of ``two_documents`` to change."""
    folder = tmp_path / "knowledge"
    shutil.copytree(two_documents, folder)
    return folder


def due_on(folder: Path, day: dt.date) -> None:
    for path in folder.rglob("dadban.*.md"):
        text = re.sub("reviewed: .*", "reviewed: 2026-01-01", path.read_text("utf-8"))
        path.write_text(re.sub("review_by: .*", f"review_by: {day}", text), "utf-8")


def test_show_gives_every_sentence_with_its_sources(run: Run, folder: Path) -> None:
    done = run("knowledge", "show", "dadban", "--json", "--knowledge", str(folder))
    assert (done.returncode, done.stderr) == (0, b"")
    english, persian = json.loads(done.stdout)
    assert (english["header"]["language"], persian["header"]["language"]) == ("en", "fa")
    sentences = [s for passage in english["passages"] for s in passage["sentences"]]
    source = (folder / english["path"]).read_text("utf-8")
    assert len(sentences) > 5
    assert all(sentence["text"] in re.sub(r"\[\^[^]]+\]", "", source) for sentence in sentences)
    assert all(sentence["sources"] for sentence in sentences)
    asked = [q for passage in english["passages"] for q in passage["questions"]]
    assert len(set(asked)) == len(asked) > 5
    shown = run("knowledge", "show", "dadban#what-it-does.1@fa", "--knowledge", str(folder))
    assert persian["header"]["title"] in shown.stdout.decode()
    assert english["header"]["title"] not in shown.stdout.decode()


def test_show_names_what_is_like_an_unknown_id_and_what_is_at_fault(run: Run, folder: Path) -> None:
    done = run("knowledge", "show", "dadbann", "--knowledge", str(folder))
    assert (done.returncode, done.stdout) == (1, b"")
    assert "Did you mean dadban?" in done.stderr.decode()
    for path in folder.rglob("dadban.*.md"):
        path.write_text(path.read_text("utf-8").replace("kind: contact", "kind: x"), "utf-8")
    done = run("knowledge", "show", "dadban", "--knowledge", str(folder))
    assert "contacts/dadban.en.md:3" in done.stderr.decode()


def test_stale_names_what_is_due_or_what_comes_next(run: Run, folder: Path) -> None:
    today = dt.date.today()
    due_on(folder, today - dt.timedelta(days=3))
    done = run("knowledge", "stale", "--json", "--knowledge", str(folder))
    [row] = json.loads(done.stdout)
    assert (row["id"], row["days"], row["languages"]) == ("dadban", 3, ["en", "fa"])
    assert row["asked"] > 20
    assert "3 days late" in run("knowledge", "stale", "--knowledge", str(folder)).stdout.decode()
    due_on(folder, today + dt.timedelta(days=20))
    done = run("knowledge", "stale", "--knowledge", str(folder))
    assert (done.returncode, done.stdout) == (0, b"")
    assert f"dadban, on {today + dt.timedelta(days=20)}" in done.stderr.decode()
    soon = run("knowledge", "stale", "--days", "20", "--knowledge", str(folder))
    assert "in 20 days" in soon.stdout.decode()


def test_coverage_counts_every_topic(run: Run, folder: Path) -> None:
    done = run("knowledge", "coverage", "--json", "--knowledge", str(folder))
    rows = {row["topic"]: row for row in json.loads(done.stdout)}
    assert rows["all"]["documents"] == rows["help"]["documents"] == {"en": 1, "fa": 1}
    assert rows["tor"]["documents"] == {"en": 0, "fa": 0}
    table = run("knowledge", "coverage", "--knowledge", str(folder)).stdout.decode().splitlines()
    assert len(table) == len(rows) + 1
    assert len({len(line) for line in table}) == 1  # the columns stand under each other


def test_gaps_are_named_most_asked_first_and_never_below_a_step(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    gaps = Gaps(state, lambda: dt.date(2026, 11, 22))
    for label in ["law"] * STEP + ["tor"] * 2 * STEP + ["vpn"] * (STEP - 1):
        gaps.count(label)
    places = ("--knowledge", str(folder), "--state", str(state))
    done = run("knowledge", "gaps", "--json", *places, DARICHEH_GAPS="on")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "on": True,
        "step": STEP,
        "topics": [
            {"topic": "tor", "en": "Tor", "fa": "تور", "at_least": 20, "weeks": {"2026-W47": 20}},
            {
                "topic": "law",
                "en": "Law and penalties",
                "fa": "قانون و مجازات",
                "at_least": 10,
                "weeks": {"2026-W47": 10},
            },
        ],
    }
    shown = run("knowledge", "gaps", *places).stdout.decode()
    assert re.findall(r"(\d+)\+  (\w+)", shown) == [("20", "tor"), ("10", "law")]


def test_gaps_say_when_nothing_is_counted_and_when_counts_are_damaged(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    places = ("--knowledge", str(folder), "--state", str(tmp_path))
    done = run("knowledge", "gaps", *places)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "DARICHEH_GAPS=on" in done.stderr.decode()
    done = run("knowledge", "gaps", *places, DARICHEH_GAPS="on")
    assert "10 times" in done.stderr.decode()
    gaps_file(tmp_path).write_text("[]", "utf-8")
    done = run("knowledge", "gaps", *places)
    assert (done.returncode, done.stdout) == (1, b"")
    assert str(gaps_file(tmp_path)) in done.stderr.decode()


def test_feedback_names_what_is_called_dangerous_first(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    places = ("--knowledge", str(folder), "--state", str(tmp_path))
    feedback = Feedback(tmp_path)
    for _ in range(JUDGED):
        feedback.helped(["dadban#a.1@fa"], yes=True)
    for _ in range(2 * STEP_WRONG):
        feedback.wrong("dadban#b.1@fa", "translation")
    done = run("knowledge", "feedback", *places)
    assert "10 times" not in done.stderr.decode()
    for _ in range(STEP_WRONG):
        feedback.wrong("dadban#c.1@fa", "dangerous")
    done = run("knowledge", "feedback", "--json", *places)
    assert json.loads(done.stdout)["passages"] == [
        {"passage": "dadban#c.1@fa", "at_least": {"dangerous": 3}},
        {"passage": "dadban#b.1@fa", "at_least": {"translation": 6}},
        {"passage": "dadban#a.1@fa", "at_least": {"yes": 10}},
    ]
    shown = run("knowledge", "feedback", *places, DARICHEH_FEEDBACK="off")
    assert shown.stdout.decode().splitlines()[0] == "dadban#c.1@fa  dangerous 3+"
    assert "DARICHEH_FEEDBACK=on" in shown.stderr.decode()
