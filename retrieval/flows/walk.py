"""From step to step: which is open, and what a press changes. Pure functions over a flow's data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.flows.state import Answered, Press, State
from retrieval.knowledge.conditions import verdict
from retrieval.knowledge.flows import Flow, Step


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press led to. ``stale``: the button no longer stood for anything, nothing changed.
    ``changed``: the flow's content is new since the last press, and answers were carried over."""

    state: State
    stale: bool = False
    changed: bool = False


def start(flow: Flow) -> State:
    """Return the state of somebody who has not answered anything."""
    return State(flow.id, flow.digest)


def resume(flow: Flow, state: State) -> Pressed:
    """Return ``state`` on the present content of ``flow``: every answer is kept whose step and
    option still exist and whose step is still asked."""
    if state.digest == flow.digest:
        return Pressed(state)
    known = [a for a in state.answers if _fits(flow.step(a.step), a)]
    moved = State(flow.id, flow.digest, tuple(known), stopped=state.stopped)
    asked = standing(flow, moved)
    kept = tuple(a for a in known if a.step in asked)
    return Pressed(replace(moved, answers=kept), changed=True)


def _fits(step: Step | None, answered: Answered) -> bool:
    """Return whether ``answered`` could have been given to ``step`` as it is now."""
    if step is None or any(step.option(option) is None for option in answered.options):
        return False
    if not answered.options:
        return step.skip
    return step.multiple or len(answered.options) == 1


def standing(flow: Flow, state: State) -> dict[str, tuple[str, ...]]:
    """Return the answers that count, by step: those whose step is asked, given the ones before."""
    given = {answered.step: answered.options for answered in state.answers}
    found: dict[str, tuple[str, ...]] = {}
    for step in flow.steps:
        if step.id in given and verdict(step.when, found):
            found[step.id] = given[step.id]
    return found


def open_step(flow: Flow, state: State) -> Step | None:
    """Return the first step that is asked and not answered; None at the end."""
    answers = standing(flow, state)
    for step in flow.steps:
        if step.id not in answers and verdict(step.when, answers):
            return step
    return None


def progress(flow: Flow, state: State) -> tuple[int, int]:
    """Return the number of the open step, from 1, and of how many at most."""
    answers = standing(flow, state)
    unknown: set[str] = set()
    for step in flow.steps:
        if step.id not in answers and verdict(step.when, answers, unknown) is not False:
            unknown.add(step.id)
    return len(answers) + 1, len(answers) + len(unknown)


def press(flow: Flow, state: State, pressed: Press) -> Pressed:
    """Return what ``pressed`` leads to. Never raises: a button of yesterday, of another step or of
    a removed option is stale."""
    resumed = resume(flow, state)
    if pressed.kind == "restart":
        return replace(resumed, state=start(flow), changed=False)
    after = None if resumed.state.stopped else _after(flow, resumed.state, pressed)
    if after is None:
        return replace(resumed, stale=True)
    return replace(resumed, state=after)


def _after(flow: Flow, state: State, pressed: Press) -> State | None:
    """Return the state after ``pressed``; None where it does not stand at the open step."""
    if pressed.kind == "stop":
        return replace(state, ticked=(), stopped=True)
    step = open_step(flow, state)
    if pressed.step != (step.id if step else ""):
        return None
    if pressed.kind == "back":
        return _undone(flow, state)
    if step is None:
        return None
    if pressed.kind == "skip":
        return _answered(state, step, ()) if step.skip else None
    if pressed.kind == "done":
        enough = step.multiple and (state.ticked or step.skip)
        return _answered(state, step, state.ticked) if enough else None
    option = step.option(pressed.option)
    if option is None:
        return None
    if not step.multiple:
        return _answered(state, step, (option.id,))
    return replace(state, ticked=_toggled(step, state.ticked, option.id))


def _answered(state: State, step: Step, options: tuple[str, ...]) -> State:
    others = tuple(a for a in state.answers if a.step != step.id)
    return replace(state, answers=(*others, Answered(step.id, options)), ticked=())


def _undone(flow: Flow, state: State) -> State | None:
    """Return ``state`` without its last answer, which is ticked again where several could be."""
    if not state.answers:
        return None
    *others, last = state.answers
    step = flow.step(last.step)
    ticked = last.options if step is not None and step.multiple else ()
    return replace(state, answers=tuple(others), ticked=ticked)


def _toggled(step: Step, ticked: tuple[str, ...], option_id: str) -> tuple[str, ...]:
    """Return what is ticked after ``option_id`` was pressed, in the order of the options."""
    if option_id in ticked:
        chosen = {*ticked} - {option_id}
    else:
        alone = {option.id for option in step.options if option.alone}
        chosen = {option_id} if option_id in alone else ({*ticked} - alone) | {option_id}
    return tuple(option.id for option in step.options if option.id in chosen)
