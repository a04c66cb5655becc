"""Results to figures, and to a page of statements to be read by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from statistics import mean, median

from tests.eval.outcomes import SILENT
from tests.rig.asking import Passed, Result


def lines(results: Sequence[Result]) -> list[str]:
    """Return the figures of ``results`` (at least one), a line each."""
    asked = [result for result in results if result.reason != "not composed"]
    facts = [r for r in results if r.facts is not None and r.composed_facts is not None]
    passed = [statement for result in results for statement in result.passed]
    said = []
    said.append(f"questions {len(results)}, of them given to the model {len(asked)}")
    silent = [(r.status in SILENT, r.composed_status in SILENT) for r in results]
    plainly, composed = sum(a for a, _ in silent), sum(b for _, b in silent)
    differing = sum(a != b for a, b in silent)
    said.append(f"silent: extractive {plainly}, composed {composed}, differing {differing}")
    if facts:
        said.append(
            f"facts: extractive {mean(r.facts or 0 for r in facts):.3f}, composed "
            f"{mean(r.composed_facts or 0 for r in facts):.3f}, of {len(facts)} questions; lower "
            f"in {sum((r.composed_facts or 0) < (r.facts or 0) for r in facts)}"
        )
    said.append(f"statements passed {len(passed)} (copied {sum(p.copied for p in passed)}, after "
                f"repair {sum(r.repaired for r in results)}), dropped "
                f"{sum(len(r.dropped) for r in results)}")  # fmt: skip
    reasons = Counter(result.reason or "composed" for result in asked)
    said.append("sent: " + ", ".join(f"{name} {count}" for name, count in reasons.most_common()))
    mixed = [result for result in asked if not result.reason]
    if mixed:
        said.append(f"in composed answers: {sum(r.composed for r in mixed)} statements of the "
                    f"model's, {sum(r.verbatim for r in mixed)} of the library's")  # fmt: skip
    if asked:
        said.append(f"seconds: median {median(r.seconds for r in asked):.1f}, "
                    f"longest {max(r.seconds for r in asked):.1f}")  # fmt: skip
    for language in ("en", "fa"):
        part = [s for r in results if r.language == language for s in r.passed]
        gone = sum(len(r.dropped) for r in results if r.language == language)
        said.append(f"{language}: passed {len(part)}, dropped {gone}")
    return said


def sample(results: Sequence[Result], count: int) -> str:
    """Return a page with ``count`` statements that passed, each with its passages: first those
    that the model did not copy. The same results give the same page."""
    passed = [statement for result in results for statement in result.passed]
    random.Random(7).shuffle(passed)
    passed.sort(key=lambda statement: statement.copied)
    return "\n\n".join(_entry(n, one) for n, one in enumerate(passed[:count], 1)) + "\n"


def _entry(number: int, one: Passed) -> str:
    mark = " (copied)" if one.copied else ""
    return "\n".join([f"{number}.{mark} {one.text}", *(f"    | {p}" for p in one.passages)])
