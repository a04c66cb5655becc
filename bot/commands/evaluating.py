"""``daricheh eval``: hands over to the evaluation, which lies beside the tests in a checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import typer

from retrieval.errors import DarichehError
from retrieval.settings import PROJECT

# Every argument is passed on, --help among them.
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
# What the evaluation needs beyond the bot: the extra `eval`.
_NEEDED = ("ir_measures", "jinja2")


def evaluate(context: typer.Context) -> None:
    """Ask the questions of tests/eval and say how well they are answered (--help: what it takes).

    Needs a checkout of the project. Ends with status 1 where a floor does not hold.
    """
    if not (PROJECT / "tests" / "eval" / "__main__.py").is_file():
        raise DarichehError(
            "The evaluation is not part of an installed package: run deploy/run eval in a checkout."
        )
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise DarichehError(
            "The evaluation's packages are not installed: run deploy/run eval, "
            'or pip install "daricheh[eval]".'
        )
    # A process of its own: the bot knows nothing of the tests. -P, so that no `tests` in the folder
    # the command was started in is taken for ours.
    ended = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-P", "-m", "tests.eval", *context.args],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        check=False,
    )
    raise typer.Exit(ended.returncode)
