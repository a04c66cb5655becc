"""The flow files of a knowledge folder to flows and faults. A bad flow never takes others down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from retrieval.knowledge.conditions import JOINING, Condition, named
from retrieval.knowledge.faults import Fault
from retrieval.knowledge.flows import Advice, Block, ComparisonResult, Flow, PlanResult, Quote, Step
from retrieval.knowledge.markdown import FrontMatterError, read_mapping

FLOWS_FOLDER = "flows"
Place = tuple[str | int, ...]
# Names that mean something in conditions, so that no step may bear them.
_TAKEN = {*JOINING, "step", "options"}
_MENDS = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it, or correct the spelling of its name.",
    "string_too_long": "Write a shorter one.",
    "string_pattern_mismatch": "Write lower-case Latin letters and digits joined by hyphens.",
    "too_short": "Write at least one.",
}
_PASSAGE_MEND = "Write document#section, or document#section:1,3 for some of its sentences."


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A flow, the path of its file in the knowledge folder, and the line of each value."""

    path: str
    flow: Flow
    lines: dict[Place, int]

    def line(self, *place: str | int) -> int:
        """Return the line of the value at ``place``, or of the nearest one above it."""
        return _line(self.lines, place)

    def quotes(self) -> Iterator[tuple[Place, Quote]]:
        """Yield every quote of the flow and its place."""
        for number, step in enumerate(self.flow.steps):
            for at, option in enumerate(step.options):
                for n, quote in enumerate(option.at_once):
                    yield ("steps", number, "options", at, "at_once", n), quote
        result = self.flow.result
        kept: str = "advice" if isinstance(result, PlanResult) else "blocks"
        holders: tuple[Advice | Block, ...] = (
            result.advice if isinstance(result, PlanResult) else result.blocks
        )
        for number, holder in enumerate(holders):
            for n, quote in enumerate(holder.quotes):
                yield ("result", kept, number, "quotes", n), quote

    def conditions(self) -> Iterator[tuple[Place, Condition]]:
        """Yield every condition of the flow and its place."""
        for number, step in enumerate(self.flow.steps):
            if step.when is not None:
                yield ("steps", number, "when"), step.when
        for number, block in enumerate(self.blocks()):
            if block.when is not None:
                yield ("result", "blocks", number, "when"), block.when
        for place, quote in self.quotes():
            if quote.when is not None:
                yield (*place, "when"), quote.when

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the result; none in a plan."""
        result = self.flow.result
        return () if isinstance(result, PlanResult) else result.blocks


def flow_paths(folder: Path) -> list[Path]:
    """Return the flow files of the knowledge folder ``folder``, sorted."""
    return sorted((folder / FLOWS_FOLDER).glob("*.yaml"))


def read_flows(folder: Path) -> tuple[list[FlowFile], list[Fault]]:
    """Return the flows of ``folder`` that hold, and the faults of the others."""
    flows: list[FlowFile] = []
    faults: list[Fault] = []
    for path in flow_paths(folder):
        read = read_flow(path, folder)
        if isinstance(read, FlowFile):
            flows.append(read)
        else:
            faults += read
    return flows, faults


def read_flow(path: Path, folder: Path) -> FlowFile | list[Fault]:
    """Read one file: its flow, or everything that is wrong with it."""
    name = path.relative_to(folder).as_posix()
    try:
        values, lines = read_mapping(path.read_text("utf-8-sig"), 1)
    except UnicodeDecodeError as error:
        return [_fault(name, 1, f"Not UTF-8 (byte {error.start}).", "Save the file as UTF-8.")]
    except OSError as error:
        return [_fault(name, 1, f"Cannot be read: {error.strerror}.", "Check its permissions.")]
    except FrontMatterError as error:
        mend = "Quote texts that hold `: ` or ` #` or begin with a sign."
        problem = error.problem.replace("The front matter", "The file")
        return [_fault(name, error.line, problem, mend)]
    try:
        flow = Flow.model_validate(values)
    except ValidationError as error:
        return list(dict.fromkeys(_schema_fault(name, lines, item) for item in error.errors()))
    file = FlowFile(name, flow, lines)
    return list(_structure_faults(file)) or file


def _fault(name: str, line: int, problem: str, mend: str) -> Fault:
    return Fault(name, line, problem, mend, lint="flow")


def _line(lines: dict[Place, int], place: Place) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _schema_fault(name: str, lines: dict[Place, int], error: ErrorDetails) -> Fault:
    # Pydantic names the kind of result and of condition that it tried; a file has no such level.
    place: Place = ()
    for part in error["loc"]:
        if (*place, part) in lines:
            place = (*place, part)
    if error["type"].startswith("union_tag"):
        problem, mend = "The kind of result is unknown.", "Write plan, case or comparison."
        return _fault(name, _line(lines, (*place, "kind")), problem, mend)
    last = str(error["loc"][-1]) if error["loc"] else ""
    field = ".".join(map(str, place if place and place[-1] == last else (*place, last)))
    problem = {
        "missing": f"`{field}` is missing.",
        "extra_forbidden": f"`{field}` is not a field here.",
        "too_short": f"`{field}` is empty.",
    }.get(error["type"], f"`{field}`: {error['msg']}.")
    mend = _MENDS.get(error["type"], "Write it in the form the handbook shows.")
    if last == "passage":
        mend = _PASSAGE_MEND
    elif last in ("en", "fa") and error["type"] == "missing":
        mend = "Write every text in both languages."
    return _fault(name, _line(lines, place), problem, mend)


def _structure_faults(file: FlowFile) -> Iterator[Fault]:
    """Yield what does not fit together within one file: the flow could not be walked."""
    if Path(file.path).stem != file.flow.id:
        problem = f"The file name does not match the id `{file.flow.id}`."
        yield _fault(file.path, file.line("id"), problem, f"Rename it to {file.flow.id}.yaml.")
    yield from _repeated_ids(file)
    yield from _condition_faults(file)
    if isinstance(file.flow.result, PlanResult):
        yield from _plan_faults(file, file.flow.result)
    yield from _plain_option_faults(file)


def _repeated_ids(file: FlowFile) -> Iterator[Fault]:
    groups: list[tuple[Place, list[str]]] = [(("steps",), [step.id for step in file.flow.steps])]
    for number, step in enumerate(file.flow.steps):
        groups.append((("steps", number, "options"), [option.id for option in step.options]))
        if step.id in _TAKEN:
            problem = f"A step cannot be called `{step.id}`: conditions use that word."
            yield _fault(file.path, file.line("steps", number), problem, "Give it another id.")
    result = file.flow.result
    if isinstance(result, PlanResult):
        for field in ("areas", "levels", "advice"):
            ids = [entry.id for entry in getattr(result, field)]
            groups.append((("result", field), ids))
    else:
        groups.append((("result", "blocks"), [block.id for block in result.blocks]))
    for place, ids in groups:
        counts = Counter(ids)
        for number, name in enumerate(ids):
            if counts[name] > 1 and name in ids[:number]:
                problem = f"The id `{name}` is used twice."
                mend = "Give each its own id."
                yield _fault(file.path, file.line(*place, number), problem, mend)


def _condition_faults(file: FlowFile) -> Iterator[Fault]:
    steps = {step.id: step for step in file.flow.steps}
    order = [step.id for step in file.flow.steps]
    for place, condition in file.conditions():
        before = order[: int(place[1])] if place[0] == "steps" and len(place) == 3 else order
        line = file.line(*place)
        for chosen in named(condition):
            step = steps.get(chosen.step)
            if step is None:
                yield _fault(
                    file.path,
                    line,
                    f"The condition names the step `{chosen.step}`, which is not there.",
                    f"Use one of: {', '.join(before)}.",
                )
            elif chosen.step not in before:
                problem = f"The condition hangs on `{chosen.step}`, which is asked later."
                mend = "Conditions look back only: move one of the steps."
                yield _fault(file.path, line, problem, mend)
            else:
                yield from _unknown_options(file, line, step, chosen.options)


def _unknown_options(
    file: FlowFile, line: int, step: Step, options: tuple[str, ...]
) -> Iterator[Fault]:
    for option in options:
        if step.option(option) is None:
            yield _fault(
                file.path,
                line,
                f"The condition names the option `{option}`, which `{step.id}` does not have.",
                f"Use one of: {', '.join(o.id for o in step.options)}.",
            )


def _plan_faults(file: FlowFile, result: PlanResult) -> Iterator[Fault]:
    areas = {area.id for area in result.areas}
    known = {advice.id for advice in result.advice}
    called: set[str] = set()
    for number, step in enumerate(file.flow.steps):
        for at, option in enumerate(step.options):
            called |= {*option.helps, *option.lacks}
            line = file.line("steps", number, "options", at)
            for name in sorted({*option.helps, *option.lacks} - known):
                mend = "Write it under `advice`, or correct the id."
                yield _fault(file.path, line, f"There is no advice `{name}`.", mend)
            for name in sorted(set(option.points) - areas):
                mend = f"Use one of: {', '.join(sorted(areas))}."
                yield _fault(file.path, line, f"There is no area `{name}`.", mend)
    for number, advice in enumerate(result.advice):
        line = file.line("result", "advice", number)
        if advice.area not in areas:
            mend = f"Use one of: {', '.join(sorted(areas))}."
            yield _fault(file.path, line, f"There is no area `{advice.area}`.", mend)
        if advice.id not in called:
            mend = "Name it in `helps` or `lacks` of an option, or remove it."
            yield _fault(file.path, line, f"No answer calls for the advice `{advice.id}`.", mend)
    for number, area in enumerate(result.areas):
        if not any(o.points.get(area.id) for step in file.flow.steps for o in step.options):
            line = file.line("result", "areas", number)
            mend = "Give points for it to an option, or remove it."
            yield _fault(file.path, line, f"No answer gives points for `{area.id}`.", mend)
    if min(level.at_least for level in result.levels) > 0:
        mend = "Let the lowest level begin at 0."
        yield _fault(file.path, file.line("result", "levels"), "The lowest has no level.", mend)


def _plain_option_faults(file: FlowFile) -> Iterator[Fault]:
    """Yield fields of options that serve another kind of result, and ``alone`` without effect."""
    result = file.flow.result
    for number, step in enumerate(file.flow.steps):
        for at, option in enumerate(step.options):
            line = file.line("steps", number, "options", at)
            given: list[tuple[str, Any]] = []
            if not isinstance(result, PlanResult):
                given += [(n, getattr(option, n)) for n in ("points", "helps", "lacks")]
            if not isinstance(result, ComparisonResult):
                given += [(n, getattr(option, n)) for n in ("tool", "wants")]
            if not step.multiple:
                given += [(n, getattr(option, n)) for n in ("alone", "lacks")]
            for name, value in given:
                if value:
                    problem = f"`{name}` of the option `{option.id}` has no effect here."
                    yield _fault(file.path, line, problem, "Remove it.")
