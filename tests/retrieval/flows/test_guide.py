"""What a flow shows: verbatim sentences with their citations, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from retrieval.encoder import Encoder
from retrieval.flows import (
    Case,
    Comparison,
    Guide,
    Plan,
    Press,
    Question,
    State,
    Stopped,
    changes,
)
from retrieval.index.store import IndexStore
from retrieval.knowledge.documents import Language
from retrieval.library import Library
from tests.conftest import WriteDocument
from tests.retrieval.flows.example import CASE, COMPARISON, PLAN
from tests.retrieval.flows.opened import guides, passages, statements

BODY = (
    "## One {#one .do}\nFirst sentence. Second sentence.\n\n## Two {#two}\nThird one. Fourth one.\n"
)
BODY_FA = "## یک {#one .do}\nجمله‌ی اول. جمله‌ی دوم.\n\n## دو {#two}\nسومی این است. چهارمی این است.\n"
TOOL = """---
id: {id}
kind: tool
language: {language}
title: {name}
summary: {name}
topics: [messengers]
as_of: 2026-04-27
reviewed: 2026-11-01
review_by: 2027-05-01
sources:
  - {{key: one, publisher: IranWire, title: T, url: "https://iranwire.com/en/", date: 2021-09-23, tier: reporting, licence: all rights reserved}}
name: {name}
purpose: [messenger]
end_to_end: "yes"
phone_number: "{number}"
works_offline: "no"
open_source: "yes"
operator_sees: Nothing.
messenger: {{group_size: {size}, calls: voice}}
cites: {cites}
---
## What is it? {{#what}}
A messenger.

## What does it not do? {{#limits}}
It does not hide who talks. It does not lock a phone. It does not cook.
"""  # noqa: E501


@pytest.fixture
def folder(knowledge_folder: Path, write_document: WriteDocument) -> Path:
    """A knowledge folder of one document, three tools and three flows."""
    write_document("a", BODY)
    write_document("a", BODY_FA, language="fa")
    (knowledge_folder / "tools").mkdir()
    for tool, number, size, cites in (
        ("big-app", "required", 1000, "{phone_number: [one], group_size: [one]}"),
        ("quiet-app", "no", 100, "{phone_number: [one]}"),
        ("small-app", "no", 1500, "{phone_number: [one], group_size: [one]}"),
    ):
        for language in ("en", "fa"):
            name = tool.replace("-", " ")
            text = TOOL.format(
                id=tool, language=language, name=name, number=number, size=size, cites=cites
            )
            (knowledge_folder / f"tools/{tool}.{language}.md").write_text(text, "utf-8")
    (knowledge_folder / "flows").mkdir()
    for data in (CASE, PLAN, COMPARISON):
        path = knowledge_folder / f"flows/{data['id']}.yaml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return knowledge_folder


def guide(folder: Path, flow_id: str) -> Guide:
    return guides(folder)[flow_id]


def after(walked: Guide, *presses: Press) -> State:
    state = walked.start()
    for press in presses:
        state = walked.press(state, press).state
    return state


PHONE = (
    Press("choose", "how", "phone"),
    Press("choose", "ran", "room"),
    Press("done", "ran"),
    Press("choose", "when", "later"),
)


def test_a_question_offers_the_buttons_that_make_sense(folder: Path) -> None:
    case = guide(folder, "case")
    first = case.screen(case.start(), "en")
    assert isinstance(first, Question)
    assert (first.opening, first.text, first.number, first.total) == (
        "Nothing is kept.",
        "How?",
        1,
        3,
    )
    assert (first.back, first.skip, first.done) == (None, None, None)
    ticked = case.screen(after(case, *PHONE[:2]), "en")
    assert isinstance(ticked, Question)
    assert [choice.ticked for choice in ticked.choices] == [False, True, False]
    assert (ticked.opening, ticked.number) == (None, 2)
    assert ticked.done == Press("done", "ran")
    assert ticked.skip == Press("skip", "ran")
    assert ticked.back == Press("back", "ran")


def test_an_urgent_answer_shows_its_first_lines_before_the_next_question(folder: Path) -> None:
    path = folder / "flows/case.yaml"
    text = path.read_text("utf-8").replace("how: door", "how: letter")
    path.write_text(text, "utf-8")
    case = guide(folder, "case")
    screen = case.screen(after(case, Press("choose", "how", "door")), "fa")
    assert isinstance(screen, Question)
    assert [s.text for s in screen.first] == ["جمله‌ی اول."]
    assert [c.passage for c in screen.citations] == ["a#one.1@fa"]


def test_a_case_shows_the_blocks_for_what_was_answered(folder: Path) -> None:
    case = guide(folder, "case")
    screen = case.screen(after(case, *PHONE), "en")
    assert isinstance(screen, Case)
    assert [(b.id, [s.text for s in b.statements]) for b in screen.blocks] == [
        ("steps", ["First sentence.", "Second sentence.", "Fourth one."]),
        ("night", ["First sentence."]),
    ]
    assert [b.checklist for b in screen.blocks] == [False, True]
    assert screen.closing == "No promise."
    assert screen.back == Press("back")
    assert any("2026" in notice for notice in screen.notices)
    door = case.screen(after(case, Press("choose", "how", "door")), "en")
    assert isinstance(door, Case)
    assert [b.id for b in door.blocks] == ["steps"]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_statement_is_a_sentence_of_the_passage_it_cites(
    folder: Path, language: Language
) -> None:
    held = passages(folder)
    for each in guides(folder).values():
        for state in every_end(each):
            screen = each.screen(state, language)
            assert not isinstance(screen, Question | Stopped)
            cited = {citation.n: citation for citation in screen.citations}
            for statement in statements(screen):
                assert statement.citations
                for n in statement.citations:
                    passage = held.get(cited[n].passage)
                    assert passage is not None
                    assert statement.text in cited[n].excerpt
                    assert cited[n].excerpt in passage.text
                    assert passage.language == language


def every_end(walked: Guide) -> Iterator[State]:
    """Yield the states at the end of every way that presses one option, or skips, at each step."""
    waiting = [walked.start()]
    while waiting:
        state = waiting.pop()
        screen = walked.screen(state, "en")
        if not isinstance(screen, Question):
            yield state
            continue
        presses = [choice.press for choice in screen.choices]
        for press in (*presses, *([screen.skip] if screen.skip else [])):
            moved = walked.press(state, press).state
            if screen.multiple and press.kind == "choose":
                moved = walked.press(moved, Press("done", screen.step)).state
            waiting.append(moved)


def test_a_plan_says_how_far_each_area_is_and_what_helps_most(folder: Path) -> None:
    plan = guide(folder, "plan")
    state = after(
        plan,
        Press("choose", "ways", "one"),
        Press("choose", "tried", "no"),
        Press("choose", "locks", "code"),
        Press("done", "locks"),
    )
    screen = plan.screen(state, "en")
    assert isinstance(screen, Plan)
    assert [(a.id, a.share, a.level) for a in screen.areas] == [
        ("net", 33, "low"),
        ("phone", 50, "mid"),
    ]
    assert [a.id for a in screen.top] == ["more-ways", "back-up"]
    assert [a.id for a in screen.rest] == ["try"]
    assert [s.text for s in screen.top[0].statements] == ["First sentence."]


def test_a_plan_of_skipped_questions_claims_no_level(folder: Path) -> None:
    plan = guide(folder, "plan")
    screen = plan.screen(after(plan, Press("skip", "ways"), Press("skip", "locks")), "fa")
    assert isinstance(screen, Plan)
    assert [(a.share, a.level_label, a.step) for a in screen.areas] == [(None, None, None)] * 2
    assert (screen.top, screen.rest, screen.notices) == ((), (), ())


def test_two_plans_are_compared(folder: Path) -> None:
    plan = guide(folder, "plan")
    screens = []
    for ways, lock in (("none", "neither"), ("many", "code")):
        state = after(plan, Press("choose", "ways", ways))
        if ways == "many":
            state = plan.press(state, Press("choose", "tried", "yes")).state
        state = plan.press(state, Press("choose", "locks", lock)).state
        screens.append(plan.screen(plan.press(state, Press("done", "locks")).state, "en"))
    before, now = screens
    assert isinstance(before, Plan)
    assert isinstance(now, Plan)
    found = changes(before, now)
    assert [(c.after.id, c.direction) for c in found.areas] == [("net", "up"), ("phone", "up")]
    assert found.settled == ("lock", "more-ways")
    assert found.fresh == ()
    assert [c.direction for c in changes(now, now).areas] == ["same", "same"]


def test_tools_are_compared_line_by_line(folder: Path) -> None:
    compare = guide(folder, "compare")
    state = after(
        compare,
        Press("choose", "uses", "big"),
        Press("done", "uses"),
        Press("choose", "matters", "groups"),
        Press("choose", "matters", "no-number"),
        Press("done", "matters"),
    )
    screen = compare.screen(state, "fa")
    assert isinstance(screen, Comparison)
    assert screen.wanted == 2
    assert [(t.document, t.met) for t in screen.uses] == [("big-app", 1)]
    assert [(t.document, t.met) for t in screen.options] == [("small-app", 2), ("quiet-app", 1)]
    number, size, calls = screen.options[0].cells
    assert (number.value, number.fits) == ("لازم نیست", True)
    assert (size.value, size.fits) == ("تا ۱٬۵۰۰ نفر", True)
    assert number.statement is not None
    assert number.statement.text in screen.citations[number.statement.citations[0] - 1].excerpt
    # Nobody is named who says how one calls with it: nothing is said.
    assert (calls.value, calls.statement, calls.fits) == (None, None, None)
    assert screen.options[1].cells[1].fits is None
    assert [s.text for s in screen.options[0].limits] == [
        "It does not hide who talks.",
        "It does not lock a phone.",
    ]


def test_values_of_undated_sources_are_compared_and_names_keep_their_digits(folder: Path) -> None:
    for language in ("en", "fa"):
        card = folder / f"tools/small-app.{language}.md"
        text = card.read_text("utf-8").replace("date: 2021-09-23", "date: null")
        text = text.replace("group_size: 1500", "group_size: 150, group_limit: advised")
        text = text.replace("group_size: [one]", "group_size: [one], calls: [one]")
        audits = "audits: [{date: 2020, by: Cure53, of: برنامه, source: one}]\ncites:"
        card.write_text(text.replace("cites:", audits), "utf-8")
    fields = [*COMPARISON["result"]["fields"], "audits"]
    data = {**COMPARISON, "result": {**COMPARISON["result"], "fields": fields}}
    (folder / "flows/compare.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    compare = guide(folder, "compare")
    state = after(
        compare,
        Press("skip", "uses"),
        Press("choose", "matters", "groups"),
        Press("choose", "matters", "no-number"),
        Press("done", "matters"),
    )
    screen = compare.screen(state, "fa")
    assert isinstance(screen, Comparison)
    small = next(tool for tool in screen.options if tool.document == "small-app")
    assert [cell.value for cell in small.cells] == [
        "لازم نیست",
        "سقف ثابتی ندارد؛ تا ۱۵۰ نفر توصیه می‌شود",
        "فقط صوتی",
        "Cure53 (برنامه)، ۲۰۲۰ میلادی",
    ]
    assert small.cells[1].fits is False
    said = small.cells[2].statement
    assert said is not None
    assert "بنا بر دانسته‌های" in said.text


def test_a_want_may_be_met_another_way(folder: Path) -> None:
    compare = guide(folder, "compare")
    state = after(
        compare,
        Press("skip", "uses"),
        Press("choose", "matters", "hidden"),
        Press("done", "matters"),
    )
    screen = compare.screen(state, "en")
    assert isinstance(screen, Comparison)
    # The big one, which wants a number, is not needed to make up a second.
    assert [(t.document, t.met) for t in screen.options] == [("quiet-app", 1), ("small-app", 1)]
    assert screen.options[0].cells[0].fits is True


def test_a_screen_in_a_language_without_the_passage_says_so(folder: Path) -> None:
    (folder / "guidance/a.fa.md").unlink()
    case = guide(folder, "case")
    screen = case.screen(after(case, *PHONE), "fa")
    assert isinstance(screen, Case)
    assert screen.blocks[0].statements[0].text == "First sentence."
    assert len(screen.notices) == 2


def test_a_flow_whose_passages_are_gone_still_ends(folder: Path) -> None:
    for language in ("en", "fa"):
        (folder / f"guidance/a.{language}.md").unlink()
    for flow_id in ("big-app", "quiet-app", "small-app"):
        (folder / f"tools/{flow_id}.en.md").unlink()
    for each in guides(folder).values():
        for state in every_end(each):
            assert not isinstance(each.screen(state, "en"), Question)


def test_a_bad_flow_takes_neither_documents_nor_other_flows_down(folder: Path) -> None:
    (folder / "flows/plan.yaml").write_text("id: plan\nsteps: [", "utf-8")
    assert list(guides(folder)) == ["case", "compare"]
    assert len(passages(folder)) > 4


def test_flows_travel_with_the_index(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    """A changed flow is a new version of the index, encodes nothing, and keeps answers."""
    store = IndexStore(folder, tmp_path / "state")
    library = Library(store.open(encoder), encoder)
    assert [(each.id, each.kind) for each in library.flows] == [
        ("case", "case"),
        ("compare", "comparison"),
        ("plan", "plan"),
    ]
    assert library.flow("gone") is None
    case = library.flow("case")
    assert case is not None
    assert case.title("fa") == "A case به فارسی"
    state = after(case, *PHONE)
    path = folder / "flows/case.yaml"
    path.write_text(path.read_text("utf-8").replace("later", "soon"), "utf-8")
    report = store.update(encoder)
    assert report is not None
    assert report.encoded == 0
    case = Library(store.open(encoder), encoder).flow("case")
    assert case is not None
    resumed = case.resume(state)
    assert resumed.changed
    screen = case.screen(resumed.state, "en")
    assert isinstance(screen, Question)
    assert screen.step == "when"
