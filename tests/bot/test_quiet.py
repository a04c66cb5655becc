"""Logging lets through what is harmless and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot import quiet
from bot.quiet import QuietRecord, Shown, describe
from retrieval.settings import PROJECT

SECRET = "pomegranate"  # noqa: S105


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    before = logging.getLogRecordFactory()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    logging.setLogRecordFactory(QuietRecord)
    root.addHandler(handler)
    root.setLevel("DEBUG")
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(before)


def test_our_own_templates_show_and_their_values_only_where_marked(output: io.StringIO) -> None:
    log = logging.getLogger("bot.somewhere")
    log.info("waited %s seconds for %s of %d, 100%%", Shown(3), SECRET, 4711)
    assert output.getvalue() == "waited 3 seconds for … of …, 100%\n"


def test_the_librarys_numbers_show_and_its_words_do_not(output: io.StringIO) -> None:
    logging.getLogger("retrieval.index").info("%d of %.1f in %s", 3, 2.25, SECRET)
    assert output.getvalue() == "3 of 2.2 in …\n"


@pytest.mark.parametrize("name", ["bot.x", "retrieval.x", "httpx", "root", "telegram.ext"])
def test_a_formatted_message_shows_nothing(output: io.StringIO, name: str) -> None:
    log = logging.getLogger(name)
    log.warning(f"asked about {SECRET}")  # noqa: G004
    log.warning("asked about " + SECRET)  # noqa: G003
    log.warning(ValueError(SECRET))
    log.warning({"question": SECRET})
    assert SECRET not in output.getvalue()
    assert output.getvalue().count("spoke at") == 4


def test_other_peoples_templates_show_nothing_either(output: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST pomegranate %s", SECRET)
    assert output.getvalue().startswith("spoke at bot/test_quiet.py:")


def test_an_exception_shows_its_class_and_places_but_not_its_words(output: io.StringIO) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        logging.getLogger("bot.x").exception("failed")
        described = describe(error)
    assert SECRET not in output.getvalue()
    assert "failed: RuntimeError at bot/test_quiet.py:" in output.getvalue()
    assert "; from KeyError at bot/test_quiet.py:" in described


LEAVES = {
    "an uncaught exception": f"raise ValueError('{SECRET}')",
    "a thread": f"import threading; threading.Thread(target=int, args=('{SECRET}',)).start()",
    "a task": f"import asyncio\nasync def f(): raise ValueError('{SECRET}')\n"
    "async def m(): asyncio.create_task(f()); await asyncio.sleep(0.01)\nasyncio.run(m())",
    "a warning": f"import warnings; warnings.warn('{SECRET}')",
    "__del__": f"class C:\n def __del__(self): raise ValueError('{SECRET}')\nC()",
    "a broken log call": f"import logging; logging.getLogger('x').error('%d', '{SECRET}')",
    "a handler of a library's own": "import logging; g = logging.getLogger('x'); "
    f"g.addHandler(logging.StreamHandler()); g.error('{SECRET}')",
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("way", LEAVES)
def test_no_way_out_of_a_process_shows_words(way: str, form: str) -> None:
    code = f"from bot import quiet\nquiet.set_up('DEBUG', '{form}')\n{LEAVES[way]}\n"
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert SECRET not in outcome.stdout + outcome.stderr
    assert outcome.stderr.strip()


def test_a_line_of_json_holds_four_things_and_nothing_that_hangs_on_a_record() -> None:
    code = (
        "import logging\nfrom bot import quiet\nfrom bot.quiet import Shown\n"
        "quiet.set_up('DEBUG', 'json')\nlog = logging.getLogger('bot.x')\n"
        f"log.info('waited %s for %s', Shown(3), '{SECRET}', extra={{'question': '{SECRET}'}})\n"
        f"try: raise KeyError('{SECRET}')\n"
        "except KeyError: log.exception('failed', stack_info=True)\n"
        f"logging.getLogger('httpx').warning('{SECRET}\\n')\n"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    assert SECRET not in outcome.stderr
    lines = [json.loads(line) for line in outcome.stderr.splitlines()]
    assert [line["message"].split(" at ")[0] for line in lines] == [
        "waited 3 for …",
        "failed: KeyError",
        "spoke",
    ]
    assert {tuple(line) for line in lines} == {("time", "level", "logger", "message")}
    assert all(dt.datetime.fromisoformat(line["time"]).tzinfo for line in lines)


def test_below_debug_libraries_do_not_log_each_request() -> None:
    code = (
        "import logging\nfrom bot import quiet\nquiet.set_up('INFO')\n"
        "logging.getLogger('httpx').info('x'); logging.getLogger('httpx').warning('x')"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    assert outcome.stderr.count("httpx spoke at") == 1


def test_no_core_dump_is_written() -> None:
    code = (
        "import resource\nfrom bot import quiet\nquiet.set_up('INFO')\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    assert outcome.stdout == "0\n"
    assert quiet.HIDDEN == "…"
