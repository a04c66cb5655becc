"""``python -m tests.rig``: a real small model behind the check; see README.md beside this file."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from retrieval.library import Library
from retrieval.model.breaker import Breaker
from retrieval.model.line import Line
from retrieval.model.opening import open_chat
from retrieval.model.spending import Limits, Spending
from retrieval.model.teller import Teller
from retrieval.model.waiting import waiting
from retrieval.settings import PROJECT, LibrarySettings
from tests.eval.questions import read_questions
from tests.rig.asking import ask_all, chosen, read_results
from tests.rig.figures import lines, sample
from tests.rig.installing import model_of, python_of
from tests.rig.remembering import Remembering
from tests.rig.serving import served

_UNLIMITED = Limits(chat_tokens=10**9, day_tokens=10**9)


def main() -> None:
    """Set the rig up where needed, ask, and print the figures."""
    options = _parser().parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    results = options.folder / "results.jsonl"
    if options.anew:
        results.unlink(missing_ok=True)
    asked = [question for question in read_questions() if question.split == options.split]
    with _url(options) as url:
        places = {name: getattr(options, name) for name in ("knowledge", "state")}
        settings = LibrarySettings(
            **{name: path for name, path in places.items() if path},
            model=options.model,
            model_provider="openai",
            model_url=url,
        )
        library = Library.open(settings)
        chat = Remembering(open_chat(settings), options.folder / "said")
        line = Line(chat, Spending(_UNLIMITED, time.time), Breaker(time.monotonic))
        teller = Teller(line, library.checker, options.seconds, rewrites=True, composes=True)
        with waiting(teller, library) as model:
            for result in ask_all(chosen(asked, options.questions), library, model, results):
                print(f"{result.id}: {result.reason or 'composed'}", file=sys.stderr)
    found = read_results(results)
    (options.folder / "sample.txt").write_text(sample(found, options.sample), "utf-8")
    print(*lines(found), sep="\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.rig", description=__doc__)
    parser.add_argument(
        "--folder",
        type=Path,
        default=PROJECT / ".state" / "rig",
        help="where the server, the weights and the results are kept (default: .state/rig)",
    )
    parser.add_argument("--questions", type=int, default=60, help="how many (default: 60)")
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--seconds", type=float, default=120.0, help="the model's time an answer")
    parser.add_argument("--sample", type=int, default=100, help="statements to read by hand")
    parser.add_argument(
        "--threads", type=int, default=os.cpu_count(), help="of the server; on a busy machine 1"
    )
    parser.add_argument("--anew", action="store_true", help="forget the results so far")
    parser.add_argument("--url", help="a server that runs already, instead of the rig's own")
    parser.add_argument("--model", default="rig", help="its model's name (default: rig)")
    parser.add_argument("--knowledge", type=Path, metavar="DIR", help="the knowledge folder")
    parser.add_argument("--state", type=Path, metavar="DIR", help="where the index lives")
    return parser


def _url(options: argparse.Namespace) -> AbstractContextManager[str]:
    if options.url is not None:
        return nullcontext(options.url)
    folder = options.folder
    log = folder / "server.log"
    return served(python_of(folder), model_of(folder), log, options.threads)


if __name__ == "__main__":
    main()
