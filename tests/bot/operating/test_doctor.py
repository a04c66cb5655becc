"""Machine, library and servers are examined, and the command says it all without a secret."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.operating.doctor.finding import Finding
from bot.operating.doctor.library import index_findings, knowledge_findings
from bot.operating.doctor.machine import disk_findings, memory_findings
from bot.operating.doctor.names import name_findings
from bot.operating.doctor.servers import server_findings
from bot.operating.doctor.versions import version_findings
from bot.settings import BotSettings
from retrieval.encoder import Encoder
from retrieval.index.store import IndexStore
from retrieval.settings import PROJECT
from tests.cluster.redis_server import MISSING, PROGRAM, redis_server
from tests.small.shelf import SMALL, TODAY
from tests.telegram.server import TOKEN, StandIn

MB = 2**20
ROOT = os.geteuid() == 0


def told(findings: Iterable[Finding]) -> dict[str, Finding]:
    by_check = {each.check: each for each in findings}
    assert all(bool(each.mend) == (each.level != "ok") for each in by_check.values())
    return by_check


def settings(**given: Any) -> BotSettings:
    return BotSettings(_env_file=None, **given)


# Machine


@pytest.mark.parametrize(("free", "level"), [(50, "fault"), (300, "warning"), (900, "ok")])
def test_a_disk_that_fills_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: str
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free * MB)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    assert told(disk_findings(tmp_path / "state"))["disk"].level == level


@pytest.mark.skipif(ROOT, reason="root may write anywhere")
def test_a_state_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    found = told(disk_findings(tmp_path / "state"))["state folder"]
    tmp_path.chmod(0o700)
    assert found.level == "fault"
    assert "DARICHEH_STATE" in found.mend


def test_a_state_folder_that_everybody_may_open_is_told_and_none_is_made(tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert told(disk_findings(state))["state folder"].level == "ok"
    assert not state.exists()
    state.mkdir(mode=0o755)
    state.chmod(0o755)
    assert told(disk_findings(state))["state folder"].level == "warning"
    state.chmod(0o700)
    assert told(disk_findings(state))["state folder"].level == "ok"
    assert list(state.iterdir()) == []


def linux(root: Path, available: int, swaps: str = "", **groups: tuple[str, int]) -> Path:
    """Lay out what Linux tells of memory, in MB; ``groups`` are limits and uses by group."""
    (root / "proc/self").mkdir(parents=True)
    told = f"MemTotal: {4096 * 1024} kB\nMemAvailable: {available * 1024} kB\n"
    (root / "proc/meminfo").write_text(told)
    (root / "proc/swaps").write_text(f"Filename Type Size Used Priority\n{swaps}")
    (root / "proc/self/cgroup").write_text(f"0::/{'/'.join(groups)}\n")
    folder = root / "sys/fs/cgroup"
    folder.mkdir(parents=True)
    for name, (limit, used) in groups.items():
        folder = folder / name
        folder.mkdir()
        (folder / "memory.max").write_text(limit if limit == "max" else str(int(limit) * MB))
        (folder / "memory.current").write_text(str(used * MB))
    return root


def test_memory_is_what_the_machine_and_every_group_leave(tmp_path: Path) -> None:
    plenty = linux(tmp_path / "a", 2000, outer=("max", 500), inner=("1024", 100))
    assert told(memory_findings(plenty))["memory"].level == "ok"
    limited = linux(tmp_path / "b", 2000, outer=("512", 100), inner=("max", 100))
    found = told(memory_findings(limited))["memory"]
    assert (found.level, found.what) == ("warning", "412 MB to be had.")
    assert told(memory_findings(linux(tmp_path / "c", 200)))["memory"].level == "fault"
    assert told(memory_findings(tmp_path / "nowhere"))["memory"].level == "ok"


def test_a_swap_on_a_disk_is_told_and_one_in_memory_is_not(tmp_path: Path) -> None:
    disk = linux(tmp_path / "a", 2000, "/dev/sda2 partition 2097148 0 -2\n")
    assert "/dev/sda2" in told(memory_findings(disk))["swap"].what
    compressed = linux(tmp_path / "b", 2000, "/dev/zram0 partition 2097148 0 100\n")
    assert told(memory_findings(compressed))["swap"].level == "ok"


def test_this_machines_own_memory_can_be_read() -> None:
    assert "memory" in told(memory_findings())


# Versions


def test_versions_are_held_against_what_the_project_asks_for() -> None:
    required = ["numpy>=2", 'redis>=6; extra == "cluster"', "chromadb>=1.5"]
    there = {"numpy": "2.3.1", "chromadb": "1.5.9"}.__getitem__
    found = told(version_findings(required, there))
    assert {each.level for each in found.values()} == {"ok"}
    assert "2 packages" in found["packages"].what
    older = told(version_findings([*required, "numpy>=3"], there))["packages"]
    assert (older.level, "numpy is 2.3.1, wanted is >=3" in older.what) == ("warning", True)


def test_a_package_or_a_python_that_is_missing_is_a_fault() -> None:
    found = told(version_findings(["a-package-that-is-not-there"], python=(3, 10, 4)))
    assert {each.level for each in found.values()} == {"fault"}
    assert "a-package-that-is-not-there" in found["packages"].what
    assert "3.11" in found["python"].mend


# Library


def at(knowledge: Path, state: Path) -> BotSettings:
    return settings(knowledge=knowledge, state=state)


@pytest.fixture(scope="module")
def indexed(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of contacts and a state folder with its index; not to be changed."""
    knowledge, state = (tmp_path_factory.mktemp(name) for name in ("contacts", "indexed"))
    shutil.copytree(SMALL / "contacts", knowledge / "contacts")
    IndexStore(knowledge, state).update(encoder)
    return knowledge, state


def index(chosen: BotSettings) -> Finding:
    return told(index_findings(chosen))["index"]


def test_an_index_is_there_up_to_date_or_outgrown(
    indexed: tuple[Path, Path], tmp_path: Path
) -> None:
    knowledge, state = indexed
    found = index(at(knowledge, state))
    assert (found.level, "up to date" in found.what) == ("ok", True)
    assert index(at(knowledge, tmp_path)).level == "warning"
    assert list(tmp_path.iterdir()) == []  # none was made
    copy = tmp_path / "knowledge"
    shutil.copytree(knowledge, copy)
    (copy / "contacts" / "tor-support.en.md").unlink()
    found = index(at(copy, state))
    assert (found.level, "has changed since" in found.what) == ("warning", True)
    assert "daricheh knowledge index" in found.mend


@pytest.mark.parametrize(
    "part", ["passages.json", "vectors/chroma.sqlite3", "words", "manifest.json"]
)
def test_a_damaged_index_is_a_fault_whichever_part_it_is(
    indexed: tuple[Path, Path], tmp_path: Path, part: str
) -> None:
    knowledge, whole = indexed
    state = tmp_path / "state"
    shutil.copytree(whole, state)
    version = next(path.parent for path in state.glob("index/*/manifest.json"))
    if (version / part).is_dir():
        shutil.rmtree(version / part)
    else:
        (version / part).write_bytes(b"{")
    found = index(at(knowledge, state))
    assert (found.level, "damaged" in found.what) == ("fault", True)
    assert str(state / "index") in found.mend


def test_an_encoder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    chosen = settings(knowledge=SMALL, state=tmp_path, encoder=str(tmp_path / "no-model"))
    assert told(index_findings(chosen))["encoder"].level == "fault"


def test_knowledge_past_its_review_is_counted(tmp_path: Path) -> None:
    fresh = told(knowledge_findings(at(SMALL, tmp_path), lambda: TODAY))
    assert (fresh["knowledge"].level, fresh["freshness"].level) == ("ok", "ok")
    later = TODAY + dt.timedelta(days=3650)
    late = told(knowledge_findings(at(SMALL, tmp_path), lambda: later))["freshness"]
    assert late.level == "warning"
    assert late.what.startswith("9 documents are past their review")


def test_knowledge_that_is_missing_empty_or_faulty_is_told(tmp_path: Path) -> None:
    assert told(knowledge_findings(at(tmp_path / "no", tmp_path)))["knowledge"].level == "fault"
    assert told(knowledge_findings(at(tmp_path, tmp_path)))["knowledge"].level == "fault"
    copy = tmp_path / "knowledge"
    shutil.copytree(SMALL, copy)
    page = copy / "contacts" / "tor-support.en.md"
    page.write_text(page.read_text("utf-8").replace("kind: contact", "kind: rumour"), "utf-8")
    found = told(knowledge_findings(at(copy, tmp_path)))["knowledge"]
    assert (found.level, "1 more have errors" in found.what) == ("warning", True)


# Settings


def test_a_misspelt_setting_is_told_with_the_name_that_was_meant(tmp_path: Path) -> None:
    assert [f.level for f in name_findings(["DARICHEH_STATE", "PATH"], tmp_path)] == ["ok"]
    (tmp_path / ".env").write_text("DARICHEH_ADMIN=pomegranate\nOTHER=1\n")
    first, second = name_findings(["DARICHEH_TELEGRAM_TOKN", "PATH"], tmp_path)
    assert "DARICHEH_ADMIN is no setting" in first.what
    assert first.mend == "Did you mean DARICHEH_ADMINS?"
    assert second.mend == "Did you mean DARICHEH_TELEGRAM_TOKEN?"
    assert "pomegranate" not in first.what + second.what


# Servers


async def servers(**given: Any) -> dict[str, Finding]:
    chosen = settings(**given)
    return await asyncio.to_thread(lambda: told(server_findings(chosen)))


async def test_without_other_servers_nothing_is_said() -> None:
    assert await servers() == {}


@pytest.mark.skipif(PROGRAM is None, reason=MISSING)
async def test_redis_answers_keeps_things_on_disk_wants_a_password_or_is_gone() -> None:
    async with redis_server() as redis:
        found = await servers(redis_url=redis.url)
        assert (found["redis"].level, found["redis on disk"].level) == ("ok", "warning")
        await redis.kill()
        found = await servers(redis_url=redis.url)
        assert found["redis"].level == "fault"
        options = ("--appendonly", "no", "--maxmemory-policy", "allkeys-lru")
        await redis.start(*options)
        found = await servers(redis_url=redis.url)
        assert {check: each.level for check, each in found.items()} == {
            "redis": "ok",
            "redis memory": "warning",
        }
        await redis.asked("CONFIG SET requirepass pomegranate")
        found = await servers(redis_url=redis.url)
        assert (found["redis"].level, "password" in found["redis"].what) == ("fault", True)
        password = redis.folder / "password"
        password.write_text("pomegranate\n")
        found = await servers(redis_url=redis.url, redis_password_file=password)
        assert found["redis"].level == "ok"
        assert not any("pomegranate" in each.what + each.mend for each in found.values())


class _Answer(RequestHandler):
    def initialize(self, key: str | None) -> None:
        self._key = key

    def get(self) -> None:
        if self._key and self.request.headers.get("Authorization") != f"Bearer {self._key}":
            self.set_status(401)
        self.finish({})


@asynccontextmanager
async def serving(path: str, key: str | None = None) -> AsyncIterator[str]:
    """A server that knows one page, for whoever shows ``key``; gives its address."""
    pages = Application([(path, _Answer, {"key": key})], log_function=lambda _handler: None)
    server, sockets = HTTPServer(pages), bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    server.stop()
    await server.close_all_connections()


async def test_chroma_answers_refuses_or_is_something_else() -> None:
    async with serving("/api/v2/heartbeat", "pomegranate") as url:
        assert (await servers(chroma_url=url))["chroma"].level == "fault"
        found = await servers(chroma_url=url, chroma_token="pomegranate")  # noqa: S106
        assert found["chroma"].level == "ok"
    assert (await servers(chroma_url=url))["chroma"].level == "fault"
    async with serving("/other") as url:
        found = await servers(chroma_url=url)
        assert "not as it should" in found["chroma"].what


async def test_a_model_answers_is_outside_or_is_gone() -> None:
    pytest.importorskip("langchain_openai")
    async with serving("/v1/models", "pomegranate") as root:
        here = {"model": "tiny", "model_url": f"{root}/v1"}
        assert (await servers(**here))["language model"].level == "fault"
        assert (await servers(**here, model_key="pomegranate"))["language model"].level == "ok"
    assert (await servers(**here))["language model"].level == "fault"
    far = {"model": "tiny", "model_url": "https://models.invalid/v1", "model_key": "pomegranate"}
    found = await servers(**far)
    assert "DARICHEH_MODEL_OUTSIDE" in found["language model"].what
    assert "pomegranate" not in found["language model"].what + found["language model"].mend


# The command


async def doctor(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DARICHEH_")}
    command = [sys.executable, "-m", "bot", "doctor", *options]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            env={**kept, "PYTHONPATH": str(PROJECT), **environment},
            check=False,
            timeout=300,
        )

    return await asyncio.to_thread(run)


async def test_the_command_prints_one_object_and_ends_by_the_worst(
    telegram: StandIn, indexed: tuple[Path, Path]
) -> None:
    places = ("--knowledge", str(indexed[0]), "--state", str(indexed[1]))
    known = {"DARICHEH_TELEGRAM_API_URL": telegram.url, "DARICHEH_TELEGRAM_TOKEN": TOKEN}
    ended = await doctor("--json", *places, **known)
    printed = json.loads(ended.stdout)
    faults = [each["check"] for each in printed["findings"] if each["level"] == "fault"]
    assert set(faults) <= {"packages", "memory", "disk"}  # those are the machine's
    assert printed["ok"] == (not faults)
    assert ended.returncode == (1 if faults else 0)
    levels = {each["check"]: each["level"] for each in printed["findings"]}
    assert levels["bot"] == levels["index"] == levels["clock"] == levels["token"] == "ok"
    for secret in (TOKEN, TOKEN.split(":")[1]):
        assert secret not in ended.stdout + ended.stderr


async def test_the_command_names_each_fault_with_its_mend_and_ends_with_1(tmp_path: Path) -> None:
    ended = await doctor("--knowledge", str(tmp_path), "--state", str(tmp_path / "state"))
    assert ended.returncode == 1
    assert "fault    token: No token is set." in ended.stdout
    assert "→ Get one from @BotFather" in ended.stdout
    assert "fault    knowledge: There is no valid document." in ended.stdout


async def test_a_setting_that_cannot_be_used_is_a_finding_and_does_not_show_its_value() -> None:
    ended = await doctor("--json", DARICHEH_TELEGRAM_PROXY="ftp://user:pomegranate@host")
    assert ended.returncode == 1
    [finding] = json.loads(ended.stdout)["findings"]
    assert (finding["check"], finding["level"]) == ("settings", "fault")
    assert "pomegranate" not in ended.stdout + ended.stderr
