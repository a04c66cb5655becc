"""Whatever is pressed, in whatever order, a flow goes on sensibly and comes to an end."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.flows.state import Press, State
from retrieval.flows.walk import open_step, press, progress, resume, start
from retrieval.knowledge.flows import Flow
from tests.retrieval.flows.example import CASE, COMPARISON, PLAN, flow, option

FLOWS = [flow(CASE), flow(PLAN), flow(COMPARISON)]
KINDS = ("choose", "done", "skip", "back", "restart", "stop")


def any_press(walked: Flow) -> st.SearchStrategy[Press]:
    """Presses of this flow's buttons, and of buttons that it never had."""
    steps = [step.id for step in walked.steps] + ["", "gone"]
    options = [o.id for step in walked.steps for o in step.options] + ["", "gone"]
    return st.builds(
        Press, st.sampled_from(KINDS), st.sampled_from(steps), st.sampled_from(options)
    )


def walked(flow_: Flow, *presses: Press) -> State:
    state = start(flow_)
    for each in presses:
        after = press(flow_, state, each)
        assert not after.stale, each
        state = after.state
    return state


def answering(flow_: Flow, state: State, draw: st.DataObject) -> State:
    """Return ``state`` after the open step was answered in some way."""
    step = open_step(flow_, state)
    assert step is not None
    ways = [Press("choose", step.id, o.id) for o in step.options]
    ways += [Press("skip", step.id)] if step.skip else []
    chosen = draw.draw(st.sampled_from(ways))
    state = press(flow_, state, chosen).state
    if step.multiple and chosen.kind == "choose":
        state = press(flow_, state, Press("done", step.id)).state
    return state


@given(st.data())
def test_no_sequence_of_presses_raises_and_every_state_is_plain_data(data: st.DataObject) -> None:
    flow_ = data.draw(st.sampled_from(FLOWS))
    state = start(flow_)
    for pressed in data.draw(st.lists(any_press(flow_), max_size=30)):
        after = press(flow_, state, pressed)
        assert not after.stale or after.state == state
        state = after.state
        assert State.from_json(json.loads(json.dumps(state.to_json()))) == state
        number, total = progress(flow_, state)
        assert 1 <= number <= total + 1 <= len(flow_.steps) + 1


@given(st.data())
def test_answering_always_comes_to_an_end(data: st.DataObject) -> None:
    flow_ = data.draw(st.sampled_from(FLOWS))
    state = start(flow_)
    for presses in data.draw(st.lists(any_press(flow_), max_size=10)):
        state = press(flow_, state, presses).state
    if state.stopped:
        state = press(flow_, state, Press("restart")).state
    totals = []
    for _ in flow_.steps:
        if open_step(flow_, state) is None:
            break
        totals.append(progress(flow_, state)[1])
        state = answering(flow_, state, data)
    assert open_step(flow_, state) is None
    assert totals == sorted(totals, reverse=True)  # "of 14" never grows


@given(st.data())
def test_back_undoes_exactly_one_answer(data: st.DataObject) -> None:
    flow_ = data.draw(st.sampled_from(FLOWS))
    state = start(flow_)
    for _ in range(data.draw(st.integers(0, len(flow_.steps) - 1))):
        if open_step(flow_, state) is not None:
            state = answering(flow_, state, data)
    before = open_step(flow_, state)
    if before is None:
        return
    after = answering(flow_, state, data)
    at = open_step(flow_, after)
    back = press(flow_, after, Press("back", at.id if at else ""))
    assert not back.stale
    assert back.state.answers == state.answers
    assert open_step(flow_, back.state) == before


@given(st.data())
def test_any_state_goes_on_when_the_content_changed(data: st.DataObject) -> None:
    old = data.draw(st.sampled_from(FLOWS))
    state = start(old)
    for presses in data.draw(st.lists(any_press(old), max_size=12)):
        state = press(old, state, presses).state
    new = changed(old, data)
    resumed = resume(new, state)
    assert resumed.changed
    assert not resume(new, resumed.state).changed
    assert resumed.state.digest == new.digest
    for answered in resumed.state.answers:
        step = new.step(answered.step)
        assert step is not None
        assert all(step.option(o) for o in answered.options)
    state = press(new, state, Press("restart")).state
    while open_step(new, state) is not None:
        state = answering(new, state, data)


def changed(old: Flow, data: st.DataObject) -> Flow:
    """Return ``old`` with one step fewer, one option fewer, or a new step in front."""
    values: dict[str, Any] = json.loads(old.model_dump_json(by_alias=True))
    kind = data.draw(st.sampled_from(["step", "option", "new"]))
    if kind == "step":
        values["steps"].pop(data.draw(st.integers(0, len(old.steps) - 1)))
    elif kind == "option":
        step = data.draw(st.sampled_from(values["steps"]))
        step["options"].pop(data.draw(st.integers(0, len(step["options"]) - 1)))
    else:
        new = {"id": "new", "text": {"en": "N?", "fa": "ن؟"}, "options": [option("yes")]}
        values["steps"].insert(data.draw(st.integers(0, len(old.steps))), new)
    return Flow.model_validate(values)


def test_a_press_for_another_step_changes_nothing() -> None:
    case = FLOWS[0]
    state = walked(case, Press("choose", "how", "phone"))
    for pressed in (
        Press("choose", "how", "letter"),
        Press("back", "how"),
        Press("skip", "how"),
        Press("done", "how"),
        Press("choose", "ran", "gone"),
    ):
        after = press(case, state, pressed)
        assert after.stale
        assert after.state == state


def test_done_without_a_tick_is_a_skip_only_where_skipping_is_allowed() -> None:
    case = FLOWS[0]
    state = walked(case, Press("choose", "how", "phone"), Press("done", "ran"))
    assert state.answers[-1].options == ()
    strict = copy.deepcopy(CASE)
    strict["steps"][1]["skip"] = False
    must = flow(strict)
    state = walked(must, Press("choose", "how", "phone"))
    assert press(must, state, Press("done", "ran")).stale


def test_an_option_that_stands_alone_unticks_the_others_and_they_it() -> None:
    case = FLOWS[0]
    state = walked(
        case,
        Press("choose", "how", "phone"),
        Press("choose", "ran", "room"),
        Press("choose", "ran", "channel"),
    )
    assert state.ticked == ("channel", "room")
    state = press(case, state, Press("choose", "ran", "nothing")).state
    assert state.ticked == ("nothing",)
    state = press(case, state, Press("choose", "ran", "room")).state
    assert state.ticked == ("room",)
    assert press(case, state, Press("choose", "ran", "room")).state.ticked == ()


def test_what_was_answered_decides_what_is_asked() -> None:
    case = FLOWS[0]
    assert open_step(case, walked(case, Press("choose", "how", "door"))) is None
    state = walked(case, Press("choose", "how", "phone"), Press("skip", "ran"))
    assert open_step(case, state) is None
    assert progress(case, start(case)) == (1, 3)


def test_a_stopped_flow_answers_only_a_restart() -> None:
    case = FLOWS[0]
    state = walked(case, Press("choose", "how", "phone"), Press("stop", "ran"))
    assert press(case, state, Press("skip", "ran")).stale
    assert press(case, state, Press("restart")).state == start(case)


def test_answers_survive_a_new_version_and_the_first_open_step_is_next() -> None:
    case = FLOWS[0]
    state = walked(
        case,
        Press("choose", "how", "phone"),
        Press("choose", "ran", "room"),
        Press("done", "ran"),
        Press("choose", "when", "later"),
    )
    data = copy.deepcopy(CASE)
    data["steps"].insert(
        1, {"id": "who", "text": {"en": "Who?", "fa": "که؟"}, "options": [option("police")]}
    )
    data["steps"][3]["options"] = [option("today"), option("soon")]
    new = flow(data)
    resumed = resume(new, state)
    assert resumed.changed
    assert [a.step for a in resumed.state.answers] == ["how", "ran"]
    step = open_step(new, resumed.state)
    assert step is not None
    assert step.id == "who"


@pytest.mark.parametrize("kind", KINDS)
def test_a_press_fits_the_data_of_a_button(kind: Any) -> None:
    pressed = Press(kind, "a" * 18, "b" * 18)
    assert len(pressed.to_data().encode()) <= 39
    assert Press.from_data(pressed.to_data()) == pressed
    for other in ("", "c", "q:a:b", "c:a:b:c", "🙂"):
        assert Press.from_data(other) is None
