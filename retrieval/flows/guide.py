"""A flow with the passages it refers to: what a press leads to, and what is then on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from retrieval.flows import walk
from retrieval.flows.comparison import (
    Tools,
    best_options,
    chosen_options,
    shown_tool,
    wants_of,
)
from retrieval.flows.plan import plan
from retrieval.flows.quoting import Quoting, Sections
from retrieval.flows.screens import (
    Case,
    Choice,
    Comparison,
    Plan,
    Question,
    Screen,
    ShownBlock,
    Stopped,
)
from retrieval.flows.state import Press, State
from retrieval.flows.walk import Pressed
from retrieval.knowledge.conditions import Answers, verdict
from retrieval.knowledge.documents import Language
from retrieval.knowledge.flows import (
    Block,
    CaseResult,
    ComparisonResult,
    Flow,
    PlanResult,
    Quote,
    Step,
)


class Guide:
    """Leads through one flow. Holds nothing of anybody: the state goes in and out."""

    def __init__(
        self, flow: Flow, sections: Sections, tools: Tools, today: Callable[[], dt.date]
    ) -> None:
        self._flow = flow
        self._sections = sections
        self._tools = tools
        self._today = today

    @property
    def id(self) -> str:
        """The flow's id, also the name of its command."""
        return self._flow.id

    @property
    def kind(self) -> str:
        """``plan``, ``case`` or ``comparison``: what the flow ends in."""
        return self._flow.result.kind

    def title(self, language: Language) -> str:
        """Return the flow's name."""
        return self._flow.title.of(language)

    def start(self) -> State:
        """Return the state of somebody who has not answered anything."""
        return walk.start(self._flow)

    def press(self, state: State, press: Press) -> Pressed:
        """Return what ``press`` leads to; a button that no longer stands for anything is stale."""
        return walk.press(self._flow, state, press)

    def resume(self, state: State) -> Pressed:
        """Return ``state`` as it is on the present content of the flow."""
        return walk.resume(self._flow, state)

    def screen(self, state: State, language: Language) -> Screen:
        """Return what is to be shown at ``state``."""
        state = self.resume(state).state
        if state.stopped:
            return Stopped(self.id, language, self.title(language))
        step = walk.open_step(self._flow, state)
        quoting = Quoting(self._sections, language)
        if step is not None:
            return self._question(step, state, quoting, language)
        return self._result(state, quoting, language)

    def _question(self, step: Step, state: State, quoting: Quoting, language: Language) -> Question:
        number, total = walk.progress(self._flow, state)
        first = quoting.statements(self._at_once(state), walk.standing(self._flow, state))
        return Question(
            flow=self.id,
            language=language,
            title=self.title(language),
            step=step.id,
            text=step.text.of(language),
            choices=tuple(
                Choice(
                    Press("choose", step.id, option.id),
                    option.label.of(language),
                    option.id in state.ticked,
                )
                for option in step.options
            ),
            multiple=step.multiple,
            number=number,
            total=total,
            skip=Press("skip", step.id) if step.skip else None,
            done=Press("done", step.id) if state.ticked else None,
            back=Press("back", step.id) if state.answers else None,
            opening=None if state.answers else self._flow.opening.of(language),
            first=first,
            citations=quoting.citations(),
            notices=quoting.notices(self._today()),
        )

    def _at_once(self, state: State) -> tuple[Quote, ...]:
        """Return what the last answer given wants to be shown before anything else."""
        if not state.answers:
            return ()
        last = state.answers[-1]
        step = self._flow.step(last.step)
        options = step.options if step else ()
        return tuple(q for o in options if o.id in last.options for q in o.at_once)

    def _result(self, state: State, quoting: Quoting, language: Language) -> Screen:
        result = self._flow.result
        answers = walk.standing(self._flow, state)
        back = Press("back") if state.answers else None
        if isinstance(result, PlanResult):
            return self._plan(result, answers, back, quoting, language)
        if isinstance(result, CaseResult):
            blocks = _blocks(result.blocks, answers, quoting, language)
            return Case(
                flow=self.id,
                language=language,
                title=result.title.of(language),
                blocks=blocks,
                back=back,
                closing=result.closing.of(language) if result.closing else None,
                citations=quoting.citations(),
                notices=quoting.notices(self._today()),
            )
        return self._comparison(result, answers, back, quoting, language)

    def _plan(
        self,
        result: PlanResult,
        answers: Answers,
        back: Press | None,
        quoting: Quoting,
        language: Language,
    ) -> Plan:
        areas, advice = plan(self._flow, result, answers, quoting, language)
        return Plan(
            flow=self.id,
            language=language,
            title=result.title.of(language),
            areas=areas,
            top=advice[: result.top],
            rest=advice[result.top :],
            back=back,
            closing=result.closing.of(language) if result.closing else None,
            citations=quoting.citations(),
            notices=quoting.notices(self._today()),
        )

    def _comparison(
        self,
        result: ComparisonResult,
        answers: Answers,
        back: Press | None,
        quoting: Quoting,
        language: Language,
    ) -> Comparison:
        chosen = chosen_options(self._flow, answers)
        wants = wants_of(chosen)
        named = (option.tool for option in chosen)
        used = [tool for tool in dict.fromkeys(named) if tool and (tool, "en") in self._tools]
        best = best_options(result, self._tools, set(used), wants)
        options, uses = (
            tuple(shown_tool(tool, result, self._tools, wants, quoting, language) for tool in group)
            for group in (best, used)
        )
        return Comparison(
            flow=self.id,
            language=language,
            title=result.title.of(language),
            uses=uses,
            options=options,
            wanted=len(wants),
            blocks=_blocks(result.blocks, answers, quoting, language),
            back=back,
            closing=result.closing.of(language) if result.closing else None,
            citations=quoting.citations(),
            notices=quoting.notices(self._today()),
        )


def _blocks(
    blocks: tuple[Block, ...], answers: Answers, quoting: Quoting, language: Language
) -> tuple[ShownBlock, ...]:
    """Return the blocks that have something to say to somebody who gave ``answers``. A sentence
    stands in the first block that holds it; checklists may say it again."""
    shown = []
    for block in blocks:
        if verdict(block.when, answers):
            statements = quoting.statements(block.quotes, answers, again=block.checklist)
            if statements:
                title = block.title.of(language)
                shown.append(ShownBlock(block.id, title, block.checklist, statements))
    return tuple(shown)


def guides_of(
    flows: tuple[Flow, ...], sections: Sections, tools: Tools, today: Callable[[], dt.date]
) -> dict[str, Guide]:
    """Return a guide for each of ``flows``, by id."""
    return {flow.id: Guide(flow, sections, tools, today) for flow in flows}
