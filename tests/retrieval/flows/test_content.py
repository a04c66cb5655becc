"""The project's own flows: every way through them ends in something said, and cited."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.flows import Case, Comparison, Guide, Plan, Press, Question, State, Stopped
from retrieval.knowledge.documents import Language
from retrieval.passages import Passage
from retrieval.settings import PROJECT
from tests.retrieval.flows.opened import opened, statements

FLOWS = ("alternatives", "ready", "summons")
LANGUAGES: tuple[Language, ...] = ("en", "fa")


@cache
def own() -> tuple[dict[str, Guide], dict[str, Passage]]:
    return opened(PROJECT / "knowledge")


def answered(guide: Guide, state: State, data: st.DataObject) -> State:
    """Return ``state`` after the open step was answered or skipped in some way."""
    screen = guide.screen(state, "en")
    assert isinstance(screen, Question)
    presses = [choice.press for choice in screen.choices]
    if screen.multiple:
        for press in data.draw(st.lists(st.sampled_from(presses), min_size=1, unique=True)):
            state = guide.press(state, press).state
        return guide.press(state, Press("done", screen.step)).state
    return guide.press(
        state, data.draw(st.sampled_from([*presses, *([screen.skip] if screen.skip else [])]))
    ).state


def walked(guide: Guide, data: st.DataObject) -> tuple[State, int]:
    """Return where some way through the flow ends, and how many questions it asked."""
    state, asked = guide.start(), 0
    while isinstance(guide.screen(state, "en"), Question):
        state, asked = answered(guide, state, data), asked + 1
    return state, asked


def test_these_are_the_flows() -> None:
    assert tuple(own()[0]) == FLOWS


@pytest.mark.parametrize("flow", FLOWS)
@given(data=st.data())
def test_every_way_ends_in_sentences_of_passages(flow: str, data: st.DataObject) -> None:
    held = own()[1]
    guide = own()[0][flow]
    state, _ = walked(guide, data)
    for language in LANGUAGES:
        screen = guide.screen(state, language)
        assert not isinstance(screen, Question | Stopped)
        cited = {citation.n: citation for citation in screen.citations}
        said = list(statements(screen))
        assert said or isinstance(screen, Plan)
        for statement in said:
            assert statement.citations
            for n in statement.citations:
                passage = held[cited[n].passage]
                assert passage.language == language
                assert statement.text in cited[n].excerpt
                assert cited[n].excerpt in passage.text
        if isinstance(screen, Case):
            once = [s.text for b in screen.blocks if not b.checklist for s in b.statements]
            assert len(once) == len(set(once))
            assert screen.blocks[-1].id == "help"


@given(data=st.data())
def test_the_readiness_check_asks_twelve_to_eighteen_questions(data: st.DataObject) -> None:
    guide = own()[0]["ready"]
    state, asked = walked(guide, data)
    assert asked <= 18
    screen = guide.screen(state, "fa")
    assert isinstance(screen, Plan)
    assert len(screen.areas) == 5
    assert len(screen.top) <= 3
    assert not screen.rest or len(screen.top) == 3


def test_the_readiness_check_asks_no_fewer_than_twelve() -> None:
    guide = own()[0]["ready"]
    state, asked = guide.start(), 0
    while isinstance(screen := guide.screen(state, "en"), Question):
        state, asked = guide.press(state, screen.choices[-1].press).state, asked + 1
        if screen.multiple:
            state = guide.press(state, Press("done", screen.step)).state
    assert asked >= 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_agents_at_the_door_lead_to_the_first_lines_with_one_press(language: Language) -> None:
    guide = own()[0]["summons"]
    state = guide.press(guide.start(), Press("choose", "how", "door")).state
    screen = guide.screen(state, language)
    assert isinstance(screen, Case)
    first = screen.blocks[0].statements[0]
    assert (
        screen.citations[first.citations[0] - 1].passage == f"at-the-door#first-steps.1@{language}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_lines_for_somebody_taken_come_before_the_next_question(
    language: Language,
) -> None:
    guide = own()[0]["summons"]
    state = guide.press(guide.start(), Press("choose", "how", "taken")).state
    screen = guide.screen(state, language)
    assert isinstance(screen, Question)
    assert len(screen.first) == 3
    assert screen.citations[0].passage == f"just-arrested#first-steps.1@{language}"


@given(data=st.data())
def test_a_comparison_offers_two_or_three_that_are_not_in_use(data: st.DataObject) -> None:
    guide = own()[0]["alternatives"]
    state, _ = walked(guide, data)
    screen = guide.screen(state, "fa")
    assert isinstance(screen, Comparison)
    assert 2 <= len(screen.options) <= 3
    used = {tool.document for tool in screen.uses}
    assert not used & {tool.document for tool in screen.options}
    for tool in (*screen.uses, *screen.options):
        assert tool.limits
        assert tool.met <= screen.wanted
        assert any(cell.statement for cell in tool.cells)
