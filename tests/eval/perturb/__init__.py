"""The questions again, as other people would have typed them.

Each way of rewriting is deterministic, and knows nothing of how the library reads what is typed:
where the two share a mistake, the evaluation would not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tests.eval.perturb import english, finglish, letters, politeness, register
from tests.eval.perturb.typos import with_typo
from tests.eval.questions import EvalQuestion


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A way of rewriting questions, by script; what it leaves alone, and kinds of
    which nobody would write so, are not asked again."""

    name: str
    rewrites: Mapping[str, Callable[[str], str]]
    not_kinds: frozenset[str] = frozenset()


PERTURBATIONS = (
    Perturbation("Arabic letters", {"persian": letters.arabic}),
    Perturbation("half-spaces dropped", {"persian": letters.without_half_spaces}),
    Perturbation("half-spaces as spaces", {"persian": letters.spaced}),
    Perturbation("digits swapped", {"persian": letters.digits_swapped}),
    Perturbation("in Finglish", {"persian": finglish.to_latin}),
    Perturbation("formal Persian", {"persian": register.formal}),
    Perturbation("colloquial Persian", {"persian": register.colloquial}),
    Perturbation("hurried English", {"english": english.hurried}),
    Perturbation("contractions", {"english": english.contractions_swapped}),
    Perturbation("a typo", dict.fromkeys(("persian", "latin", "english"), with_typo)),
    Perturbation("politely wrapped", politeness.WRAPPED, frozenset({"urgent", "greeting"})),
)


def rewritten(
    questions: Iterable[EvalQuestion], perturbation: Perturbation
) -> list[tuple[EvalQuestion, str]]:
    """Return each question that ``perturbation`` changes, with its new wording."""
    pairs = [
        (question, perturbation.rewrites[question.script](question.question))
        for question in questions
        if question.script in perturbation.rewrites and question.kind not in perturbation.not_kinds
    ]
    return [(question, text) for question, text in pairs if text != question.question]
