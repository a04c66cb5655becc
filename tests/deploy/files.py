"""The files of deploy/ as data: compose files, manifests, units."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from retrieval.settings import PROJECT

DEPLOY = PROJECT / "deploy"
COMPOSE = ("compose.yaml", "cluster.yaml")
OVERLAYS = ("one", "many")
UNITS = ("daricheh.service", "daricheh@.service")

Document = dict[str, Any]


def program(name: str) -> str | None:
    """Return a program beside the Python that runs the tests, or one of the machine's."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


def compose(name: str) -> Document:
    """Return a compose file, read as YAML."""
    found: Document = yaml.safe_load((DEPLOY / "compose" / name).read_text("utf-8"))
    return found


def manifests(overlay: str) -> list[Document]:
    """Return the manifests that an overlay is made of, its patches too, the base's first."""
    return [
        document
        for folder in ("base", overlay)
        for path in _listed(DEPLOY / "kubernetes" / folder)
        for document in yaml.safe_load_all(path.read_text("utf-8"))
    ]


def kustomization(folder: str) -> Document:
    """Return the kustomization of a folder of deploy/kubernetes."""
    path = DEPLOY / "kubernetes" / folder / "kustomization.yaml"
    found: Document = yaml.safe_load(path.read_text("utf-8"))
    return found


def _listed(folder: Path) -> Iterator[Path]:
    named = kustomization(folder.name)
    patches = [patch["path"] for patch in named.get("patches", ())]
    yield from (folder / name for name in [*named["resources"], *patches] if name.endswith(".yaml"))


def containers(overlay: str) -> Iterator[tuple[str, Document, Document]]:
    """Yield each container of an overlay: the deployment's name, the container, its pod's spec.

    A patch's containers hold only what it changes.
    """
    for manifest in manifests(overlay):
        if manifest["kind"] == "Deployment":
            pod = manifest["spec"]["template"]["spec"]
            for container in pod.get("containers", ()):
                yield manifest["metadata"]["name"], container, pod


def unit(name: str) -> dict[str, list[str]]:
    """Return a unit's directives, each with its values in their order."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "systemd" / name).read_text("utf-8").splitlines():
        if match := re.fullmatch(r"(\w+)=(.*)", line):
            found.setdefault(match[1], []).append(match[2])
    return found


def environments() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the settings that each way of running gives the bot, with where they stand."""
    alone = compose("compose.yaml")["services"]["bot"]["environment"]
    yield "compose.yaml", alone
    yield "cluster.yaml", alone | compose("cluster.yaml")["services"]["bot"]["environment"]
    for overlay in OVERLAYS:
        given = [
            entry
            for name, container, _ in containers(overlay)
            if name == "bot"
            for entry in container.get("env", ())
        ]
        yield overlay, {entry["name"]: entry["value"] for entry in given}
    for name in UNITS:
        yield name, dict(line.split("=", 1) for line in unit(name)["Environment"])
