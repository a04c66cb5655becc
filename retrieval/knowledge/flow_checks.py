"""What is wrong with a flow that holds together: its references, its texts, its dead ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from retrieval.knowledge.conditions import All, Condition, named, verdict
from retrieval.knowledge.documents import Document, Language
from retrieval.knowledge.faults import Fault, Level, opening
from retrieval.knowledge.flow_reading import FlowFile, Place
from retrieval.knowledge.flows import Both, ComparisonResult, Flow, Step
from retrieval.knowledge.tool_facts import ToolFacts, tool_facts
from retrieval.knowledge.typography import setting_faults
from retrieval.language.detect import is_persian_script
from retrieval.language.sentences import sentence_spans

_LANGUAGES: tuple[Language, ...] = ("en", "fa")
# The most characters of each text: a button on a small phone shows about 30, a line twice that,
# and a question should leave room for its buttons.
LONGEST = {"label": 30, "title": 60, "text": 220, "opening": 500, "closing": 500}
LONGEST_ADVICE = 70


def flow_faults(files: Iterable[FlowFile], documents: Iterable[Document]) -> Iterator[Fault]:
    """Yield the faults of ``files`` beside ``documents``, which they refer to."""
    sentences, tools = _sentence_counts(documents), {}
    for document in documents:
        facts = tool_facts(document)
        if facts is not None:
            tools[document.id, document.language] = facts
    for file in files:
        yield from _reference_faults(file, sentences)
        yield from _text_faults(file)
        yield from _dead_conditions(file)
        if isinstance(file.flow.result, ComparisonResult):
            yield from _tool_faults(file, file.flow.result, sentences, tools)


def _fault(file: FlowFile, place: Place, problem: str, mend: str, level: Level = "error") -> Fault:
    return Fault(file.path, file.line(*place), problem, mend, level, "flow")


def _sentence_counts(documents: Iterable[Document]) -> dict[tuple[str, str], int]:
    """Return the number of sentences of each section, by ``document#section`` and language."""
    return {
        (f"{document.id}#{section.id}", document.language): sum(
            len(sentence_spans(block.text)) for block in section.blocks
        )
        for document in documents
        for section in document.sections
    }


def _reference_faults(file: FlowFile, sentences: dict[tuple[str, str], int]) -> Iterator[Fault]:
    for place, quote in file.quotes():
        for language in _LANGUAGES:
            count = sentences.get((quote.passage, language))
            if count is None:
                problem = f"There is no section `{quote.passage}` in {language}."
                mend = "Write the id of a document and of one of its sections: document#section."
                yield _fault(file, place, problem, mend)
            elif beyond := [number for number in quote.sentences if number > count]:
                problem = f"`{quote.passage}` has {count} sentences in {language}, not {beyond[0]}."
                yield _fault(file, place, problem, f"Choose from 1 to {count}.")


def _text_faults(file: FlowFile) -> Iterator[Fault]:
    for place, text in _texts(file.flow, ()):
        field = str(place[-1])
        longest = LONGEST_ADVICE if "advice" in place else LONGEST.get(field, LONGEST["title"])
        for language in _LANGUAGES:
            said = text.of(language)
            at = (*place, language)
            if len(said) > longest:
                problem = f"{opening(said)} has {len(said)} characters."
                yield _fault(file, at, problem, f"At most {longest} fit the screen of a phone.")
            if is_persian_script(said) is not (language == "fa"):
                problem = (
                    f"{opening(said)} is not in {'Persian' if language == 'fa' else 'English'}."
                )
                yield _fault(file, at, problem, "Write each language under its own name.")
        for problem, mend in setting_faults(text.fa):
            yield _fault(file, (*place, "fa"), problem, mend, "warning")


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, Both]]:
    """Yield every text in ``value`` and its place."""
    if isinstance(value, Both):
        yield place, value
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*place, number))
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*place, name))


def _dead_conditions(file: FlowFile) -> Iterator[Fault]:
    """Yield conditions that no way of answering fulfils: what hangs on them is never seen."""
    blocks = file.blocks()
    for place, condition in file.conditions():
        whole = condition
        if place[:2] == ("result", "blocks") and len(place) > 4:
            outer = blocks[int(place[2])].when
            whole = All(every=(outer, condition)) if outer else condition
        if not any(verdict(whole, answers) for answers in _ways(file.flow, whole)):
            problem = "No way of answering leads here."
            yield _fault(file, place, problem, "Correct the condition, or remove what hangs on it.")


def _ways(flow: Flow, condition: Condition) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield the ways to answer the steps that ``condition`` hangs on, directly or through others.

    Where several options may be picked: none, each by itself, and all that go together.
    """
    needed: set[str] = set()
    waiting = [condition]
    while waiting:
        for chosen in named(waiting.pop()):
            step = flow.step(chosen.step)
            if step is not None and step.id not in needed:
                needed.add(step.id)
                waiting += [step.when] if step.when else []
    return _answered([step for step in flow.steps if step.id in needed], {})


def _answered(
    steps: list[Step], before: dict[str, tuple[str, ...]]
) -> Iterator[dict[str, tuple[str, ...]]]:
    if not steps:
        yield before
        return
    step, *later = steps
    if not verdict(step.when, before):
        yield from _answered(later, before)
        return
    for options in _choices(step):
        yield from _answered(later, {**before, step.id: options})


def _choices(step: Step) -> Iterator[tuple[str, ...]]:
    if step.skip:
        yield ()
    for option in step.options:
        yield (option.id,)
    if step.multiple:
        yield tuple(option.id for option in step.options if not option.alone)


def _tool_faults(
    file: FlowFile,
    result: ComparisonResult,
    sentences: dict[tuple[str, str], int],
    tools: dict[tuple[str, Language], ToolFacts],
) -> Iterator[Fault]:
    named_tools: list[tuple[Place, str]] = [
        (("result", "candidates", number), tool) for number, tool in enumerate(result.candidates)
    ]
    for number, step in enumerate(file.flow.steps):
        for at, option in enumerate(step.options):
            place: Place = ("steps", number, "options", at)
            named_tools += [(place, option.tool)] if option.tool else []
            for want in option.wants:
                if want.field not in result.fields:
                    problem = f"The comparison does not show `{want.field}`, which is wanted."
                    yield _fault(file, place, problem, "Add it to `fields`.")
                if bool(want.among) is (want.least is not None):
                    problem = f"The want of `{want.field}` needs `among` or `least`."
                    yield _fault(file, place, problem, "Write one of the two.")
    for place, tool in named_tools:
        for language in _LANGUAGES:
            facts = tools.get((tool, language))
            if facts is None:
                problem = f"There is no tool card `{tool}` in {language}."
                yield _fault(file, place, problem, "Write the id of a tool card.")
            elif not facts.limits and (f"{tool}#{result.limits}", language) not in sentences:
                problem = f"The card `{tool}` does not say in {language} what it does not protect."
                mend = f"Give it `does_not_protect` or a section `{result.limits}`."
                yield _fault(file, place, problem, mend)
