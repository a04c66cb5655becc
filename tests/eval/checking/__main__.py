"""``python -m tests.eval.checking``: how many planted faults the check catches, and how many honest
statements it refuses.

Ends with status 1 where a floor does not hold.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict

from retrieval.checking import Checker
from retrieval.encoder import Encoder, load_encoder
from retrieval.errors import DarichehError
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import Term, read_glossary
from retrieval.passages import passages_of
from retrieval.settings import LibrarySettings
from tests.eval.bootstrap import interval
from tests.eval.checking.cases import Case, Judged, judge
from tests.eval.checking.claims import read_claims
from tests.eval.checking.making import Making

# Of planted faults caught: in all, and of each kind. Of honest statements refused: at most.
CAUGHT, CAUGHT_OF_EACH, REFUSED = 0.95, 0.90, 0.10

_TIMED = 60  # texts whose passages a checker holds all at once


def main() -> int:
    """Measure and print; return the status to end with."""
    options = _options()
    settings = LibrarySettings(**({"knowledge": options.knowledge} if options.knowledge else {}))
    try:
        knowledge = read_knowledge(settings.knowledge)
        terms = read_glossary(settings.knowledge)
        encoder = load_encoder(settings.encoder)
        passages = [p for document in knowledge.documents for p in passages_of(document)]
        if options.claims:
            cases = list(read_claims(options.claims))
        else:
            cases = Making(passages, terms, encoder, options.split, options.each).cases()
        checker = Checker(encoder, terms=terms)
        judged = [judge(checker, case) for case in cases]
        cold, warm = _milliseconds(encoder, terms, cases[:: max(1, len(cases) // _TIMED)])
    except (DarichehError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    rows = table(judged)
    if options.json:
        found = {"split": options.split, "cold_ms": cold, "warm_ms": warm, "rows": rows}
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(*lines(rows), sep="\n")
        print(f"processor time of a text: {warm:.1f} ms, with its passage read first {cold:.1f} ms")
    if options.misses:
        _print_misses(judged, options.misses)
    return 0 if options.claims or holds(rows) else 1


def _milliseconds(
    encoder: Encoder, terms: Sequence[Term], cases: Sequence[Case]
) -> tuple[float, float]:
    """Return the processor time of a case whose passage was never read, and of one that was."""
    checker = Checker(encoder, terms=terms)
    found = []
    for _ in range(2):
        total = 0.0
        for case in cases[:_TIMED]:
            started = time.process_time()
            judge(checker, case)
            total += time.process_time() - started
        found.append(total / max(len(cases[:_TIMED]), 1) * 1000)
    return found[0], found[1]


class Row(TypedDict):
    """Texts of a kind: how many of them were ``refused``, and the 95 % interval of that share."""

    honest: bool
    kind: str
    language: str
    base: str
    cases: int
    refused: float
    interval: tuple[float, float]


def table(judged: Sequence[Judged]) -> list[Row]:
    """Return a row for each kind and language, and for all planted and all honest ones: the share
    of faults caught, or of honest texts refused, with its 95 % interval."""
    groups: dict[tuple[bool, str, str, str], list[float]] = defaultdict(list)
    for one in judged:
        refused = float(bool(one.faults))
        case = one.case
        pair = f"{case.language} of {case.passage.language}" if case.across else case.language
        for kind in (case.kind, "all"):
            for language in (pair, "all"):
                for base in dict.fromkeys((case.base, "all")):
                    groups[case.good, kind, language, base].append(refused)
    return [
        {
            "honest": good,
            "kind": kind,
            "language": language,
            "base": base,
            "cases": len(values),
            "refused": sum(values) / len(values),
            "interval": interval(values),
        }
        for (good, kind, language, base), values in sorted(groups.items())
    ]


def holds(rows: Iterable[Row]) -> bool:
    """Return whether the floors hold: those of each kind are held over both languages."""
    for row in rows:
        if row["language"] != "all" or row["base"] != "all":
            continue
        refused = row["refused"]
        if row["honest"]:
            if row["kind"] == "all" and refused > REFUSED:
                return False
        elif refused < (CAUGHT if row["kind"] == "all" else CAUGHT_OF_EACH):
            return False
    return True


def lines(rows: Iterable[Row]) -> list[str]:
    """Return the table as people read it."""
    made = ["             kind             language   base      cases  refused  95 % interval"]
    for row in rows:
        low, high = row["interval"]
        made.append(
            f"{'honest' if row['honest'] else 'planted':8} {row['kind']:22} {row['language']:9} "
            f"{row['base']:9} {row['cases']:6} {row['refused']:8.3f}  {low:.3f} to {high:.3f}"
        )
    return made


def _print_misses(judged: Iterable[Judged], kinds: str) -> None:
    for one in judged:
        if not one.right and (kinds == "all" or kinds in one.case.kind):
            print(f"\n[{one.case.kind}, {one.case.base}, {one.case.passage.id}, {one.score:.2f}]")
            print(f"  {one.case.text}")
            print(f"  {'; '.join(f'{f.kind}: {f.detail}' for f in one.faults)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.checking", description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev", help="which half")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--each", type=int, default=60, help="cases of a kind and language at most")
    parser.add_argument("--misses", metavar="KIND", help="print what was judged wrongly")
    parser.add_argument("--claims", type=Path, help="claims and evidence instead, a line each")
    parser.add_argument("--knowledge", type=Path, help="the knowledge folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
