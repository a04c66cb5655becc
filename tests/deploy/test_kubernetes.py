"""The manifests: confined, probed, pinned, without a secret, and valid where a validator is."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from tests.deploy.files import DEPLOY, OVERLAYS, Document, containers, kustomization, manifests

OLDEST_KUSTOMIZE = 5  # knows `labels`, and patches by their path
# What a patch adds to a container of the base is checked as part of the whole, below.
WHOLE = [
    (overlay, name, container, pod)
    for overlay in OVERLAYS
    for name, container, pod in containers(overlay)
    if "image" in container
]
NAMED = [f"{overlay}-{name}" for overlay, name, _, _ in WHOLE]


@pytest.mark.parametrize(("overlay", "name", "container", "pod"), WHOLE, ids=NAMED)
def test_a_container_can_do_as_little_as_the_restricted_standard_asks(
    overlay: str, name: str, container: Document, pod: Document
) -> None:
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]
    assert not pod.keys() & {"hostNetwork", "hostPID", "hostIPC"}
    assert all("hostPath" not in volume for volume in pod["volumes"])


@pytest.mark.parametrize(("overlay", "name", "container", "pod"), WHOLE, ids=NAMED)
def test_a_container_is_probed_on_a_port_it_has(
    overlay: str, name: str, container: Document, pod: Document
) -> None:
    ports = {port["name"] for port in container["ports"]}
    for probe in ("livenessProbe", "readinessProbe"):
        how = container[probe].get("httpGet") or container[probe]["tcpSocket"]
        assert how["port"] in ports


@pytest.mark.parametrize(("overlay", "name", "container", "pod"), WHOLE, ids=NAMED)
def test_a_container_mounts_what_its_pod_has(
    overlay: str, name: str, container: Document, pod: Document
) -> None:
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_images_are_pinned() -> None:
    tags = {each["name"]: str(each["newTag"]) for each in kustomization("base")["images"]}
    for _, name, container, _ in WHOLE:
        image = container["image"]
        tag = tags[image] if image in tags else image.rpartition(":")[2]
        assert tag[0].isdigit(), f"{name}: {image}"
        assert "." in tag, f"{name}: {image}"


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_manifest_holds_a_secret(overlay: str) -> None:
    assert all(manifest["kind"] != "Secret" for manifest in manifests(overlay))
    for folder in ("base", overlay):
        assert "secretGenerator" not in kustomization(folder)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_secret_that_is_mounted_is_one_that_deploy_secrets_makes(overlay: str) -> None:
    script = (DEPLOY / "secrets").read_text("utf-8")
    keys = {
        item["key"]
        for manifest in manifests(overlay)
        if manifest["kind"] == "Deployment"
        for volume in manifest["spec"]["template"]["spec"]["volumes"]
        for item in volume.get("secret", {}).get("items", ())
    }
    assert "telegram-token" in keys
    assert [key for key in keys if key not in script] == []


def policies(overlay: str) -> dict[str, Document]:
    return {
        manifest["metadata"]["name"]: manifest["spec"]
        for manifest in manifests(overlay)
        if manifest["kind"] == "NetworkPolicy"
    }


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_only_the_bot_gets_out_and_only_to_telegram(overlay: str) -> None:
    """Without a rule nothing passes, and no rule but the bot's names an address to go to."""
    found = policies(overlay)
    assert found["nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    outside = {
        name: [peer["ipBlock"]["cidr"] for peer in rule["to"] if "ipBlock" in peer]
        for name, spec in found.items()
        for rule in spec.get("egress", ())
    }
    outside = {name: blocks for name, blocks in outside.items() if blocks}
    assert set(outside) == {"bot-to-telegram"}
    assert "0.0.0.0/0" not in outside["bot-to-telegram"]
    for name, spec in found.items():
        if spec.get("egress"):
            assert spec["podSelector"]["matchLabels"] == {"app.kubernetes.io/name": "bot"}, name
        assert all(rule.get("to") for rule in spec.get("egress", ())), name
        assert all(rule.get("from") for rule in spec.get("ingress", ())), name


def test_telegram_alone_may_call_the_bots() -> None:
    from bot.webhook.origin import TELEGRAM

    (rule,) = policies("many")["telegram-to-bot"]["ingress"]
    assert {peer["ipBlock"]["cidr"] for peer in rule["from"]} == {str(each) for each in TELEGRAM}


def test_redis_keeps_its_log_in_memory_and_is_set_up_as_in_compose_otherwise() -> None:
    """Kustomize reads no file outside its folder, so there are two."""
    there, here = (
        {line for line in (DEPLOY / path).read_text("utf-8").splitlines() if line[:1] != "#"}
        for path in ("compose/redis.conf", "kubernetes/many/redis.conf")
    )
    assert there - here == {"appendonly no"}
    named = {line.split()[0] for line in here - there}
    assert named <= {"appendonly", "appendfsync", "dir"} | {
        "auto-aof-rewrite-percentage",
        "auto-aof-rewrite-min-size",
    }
    (redis,) = [pod for _, name, _, pod in WHOLE if name == "redis"]
    (data,) = [volume for volume in redis["volumes"] if volume["name"] == "data"]
    assert data["emptyDir"]["medium"] == "Memory"


def kustomize() -> int:
    """Return the major version of the kustomize that kubectl holds, 0 where there is none."""
    if shutil.which("kubectl") is None:
        return 0
    command = ["kubectl", "version", "--client", "--output", "json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    match = re.search(r'"kustomizeVersion": *"v(\d+)\.', told)
    return int(match[1]) if match else 0


@pytest.fixture(params=OVERLAYS)
def built(request: pytest.FixtureRequest) -> list[Any]:
    """An overlay as kustomize puts it together."""
    if kustomize() < OLDEST_KUSTOMIZE:
        pytest.skip("no kubectl that holds kustomize 5 or newer is installed")
    folder = DEPLOY / "kubernetes" / request.param
    done = subprocess.run(
        ["kubectl", "kustomize", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


def test_the_overlays_can_be_put_together(built: list[Any]) -> None:
    deployments = {e["metadata"]["name"]: e for e in built if e["kind"] == "Deployment"}
    bot = deployments["bot"]
    pod = bot["spec"]["template"]["spec"]
    assert {v["name"] for v in pod["volumes"]} == {
        mount["name"] for mount in pod["containers"][0]["volumeMounts"]
    }
    assert all(each["metadata"].get("namespace", "daricheh") == "daricheh" for each in built)


def test_the_published_schemas_hold(built: list[Any]) -> None:
    validator = pytest.importorskip("kubernetes_validate")
    for manifest in built:
        validator.validate(manifest, "1.32", strict=True)
