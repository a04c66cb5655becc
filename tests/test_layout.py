"""The house keeps its plan: what lies where, and who may know of whom."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path

import pytest

from retrieval.settings import PROJECT

FOLDERS = {"knowledge", "retrieval", "bot", "tests", "deploy"}
FILES = {"pyproject.toml", "README.md"}
PACKAGES = ("retrieval", "bot", "tests")
# What no package may import, by the first folder of the module that would import it.
FORBIDDEN = {
    "retrieval": {"bot", "tests", "telegram"},
    "bot": {"tests", "chromadb", "langchain_chroma"},
}
VAGUE = re.compile(r"(?:^|_)(?:utils?|manager|core|helpers?|misc|common)(?:$|_)")
# Folders of the machine something was made on, and the hosts of package registries; in brackets,
# so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("/(?:[w]ork|[r]oot|[t]mp/w)/")
REGISTRY_HOSTS = re.compile(r"[p]ypi\.(?:org|io)|[p]ythonhosted|[a]rtifactory|[n]pmjs\.")


def tracked() -> list[Path]:
    """Return the files that git tracks and that are there, relative to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [Path(name) for name in listed.stdout.split("\0") if name]
    return [path for path in paths if (PROJECT / path).is_file()]


def modules() -> list[Path]:
    return [path for name in PACKAGES for path in (PROJECT / name).rglob("*.py")]


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module that the file at ``path`` imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides where it leads"
            yield node.module or ""
        elif isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            name = node.args[0]
            if called in ("import_module", "__import__") and isinstance(name, ast.Constant):
                yield str(name.value)


def test_the_top_level_holds_what_the_plan_shows() -> None:
    top = {path.parts[0] for path in tracked()}
    odd = {name for name in top if not name.startswith((".", "LICENSE"))} - FOLDERS - FILES
    assert odd == set()
    assert top >= FOLDERS
    assert "pyproject.toml" in top


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_dependencies_point_one_way(package: str) -> None:
    wrong = [
        f"{path.relative_to(PROJECT)} imports {name}"
        for path in (PROJECT / package).rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] in FORBIDDEN[package]
    ]
    assert wrong == []


def test_only_the_index_knows_of_chroma() -> None:
    """The rest of the library sees passages and vectors, so another store is one folder's work."""
    wrong = [
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "retrieval").rglob("*.py")
        if path.parent != PROJECT / "retrieval" / "index"
        and any(name.split(".")[0] in ("chromadb", "langchain_chroma") for name in imported(path))
    ]
    assert wrong == []


def test_modules_are_named_for_what_they_do() -> None:
    named = [part for path in modules() for part in (path.stem, path.parent.name)]
    assert [name for name in named if VAGUE.search(name)] == []


def test_every_package_folder_is_a_package() -> None:
    folders = {
        path.parent for name in ("retrieval", "bot") for path in (PROJECT / name).rglob("*.py")
    }
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRY_HOSTS], ids=["paths", "registries"])
def test_no_tracked_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        text = (PROJECT / path).read_bytes().decode("utf-8", "ignore")
        found += [f"{path}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_every_data_file_is_installed_with_its_package() -> None:
    """A wheel holds what ``package-data`` names: a data file of another kind would be missed."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    data = [
        path for path in tracked() if path.parts[0] in ("retrieval", "bot") and path.suffix != ".py"
    ]
    assert len(data) >= 10
    assert [str(p) for p in data if not any(fnmatch(p.name, pattern) for pattern in patterns)] == []
    for path in data:
        package = _package_of(path)
        inside = path.relative_to(Path(*package.split("."))).as_posix()
        assert resources.files(package).joinpath(inside).is_file(), path


def _package_of(path: Path) -> str:
    """Return the innermost package that holds ``path``."""
    folder = path.parent
    while not (PROJECT / folder / "__init__.py").is_file():
        folder = folder.parent
    return ".".join(folder.parts)
