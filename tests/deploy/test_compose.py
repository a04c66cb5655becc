"""The compose files: confined, pinned, secrets as files, and one way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.files import COMPOSE, DEPLOY, Document, compose

SERVICES = [
    (file, name, service)
    for file in COMPOSE
    for name, service in compose(file)["services"].items()
    if "extends" not in service  # it has what it extends
]
NAMED = [f"{file}-{name}" for file, name, _ in SERVICES]


@pytest.mark.parametrize(("file", "name", "service"), SERVICES, ids=NAMED)
def test_a_service_is_confined(file: str, name: str, service: Document) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["ulimits"]["core"] == 0
    assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid", "devices"}
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize(("file", "name", "service"), SERVICES, ids=NAMED)
def test_an_image_is_pinned(file: str, name: str, service: Document) -> None:
    tag = service["image"].rpartition(":")[2].removeprefix("v")
    assert tag[0].isdigit()
    assert "." in tag


@pytest.mark.parametrize("name", ["bot", "redis"])
def test_what_a_conversation_passes_through_is_never_swapped_out(name: str) -> None:
    found = {n: s for _, n, s in SERVICES}[name]
    assert found["memswap_limit"] == found["mem_limit"]


@pytest.mark.parametrize("file", COMPOSE)
def test_secrets_are_files_that_deploy_secrets_makes(file: str) -> None:
    script = (DEPLOY / "secrets").read_text("utf-8")
    for name, where in compose(file)["secrets"].items():
        assert where == {"file": f"secrets/{name}"}
        assert name in script
    ignored = (DEPLOY / "compose" / ".gitignore").read_text("utf-8").split()
    assert "secrets/" in ignored


@pytest.mark.parametrize("file", COMPOSE)
def test_what_is_named_is_there(file: str) -> None:
    found = compose(file)
    for service in found["services"].values():
        assert set(service.get("networks", ())) <= found["networks"].keys()
        assert set(service.get("depends_on", ())) <= found["services"].keys()
        secrets = [s if isinstance(s, str) else s["source"] for s in service.get("secrets", ())]
        assert set(secrets) <= found["secrets"].keys()
        configs = [config["source"] for config in service.get("configs", ())]
        assert set(configs) <= found.get("configs", {}).keys()
    for config in found.get("configs", {}).values():
        assert Path(DEPLOY, "compose", config["file"]).is_file()


def test_only_the_bots_reach_outside() -> None:
    found = compose("cluster.yaml")
    assert found["networks"]["inside"]["internal"] is True
    masquerade = found["networks"]["desk"]["driver_opts"]
    assert set(masquerade.values()) == {"false"}
    for name, service in found["services"].items():
        assert ("outside" in service["networks"]) == (name == "bot"), name
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:")
