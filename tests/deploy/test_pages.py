"""The pages of deploy/ name what there is, and every setting has its line in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import BotSettings
from retrieval.settings import PROJECT
from tests.deploy.files import DEPLOY

PAGES = sorted(DEPLOY.rglob("*.md"))
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
NAMED = re.compile(r"`((?:tests|bot|retrieval|knowledge|deploy)/[\w./@-]*)`")
ROW = re.compile(r"(?m)^\| `DARICHEH_(\w+)` \|")


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(DEPLOY)) for page in PAGES])
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    missing += [name for name in NAMED.findall(text) if not (PROJECT / name).exists()]
    assert missing == []


def test_every_test_that_the_threat_model_leans_on_is_there() -> None:
    text = (DEPLOY / "threat-model.md").read_text("utf-8")
    tests = set(re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)`", text))
    assert len(tests) >= 20
    assert [name for name in tests if not list((PROJECT / "tests").rglob(name))] == []


def test_every_setting_has_one_line_in_one_place() -> None:
    named = ROW.findall((DEPLOY / "settings.md").read_text("utf-8"))
    assert sorted(named) == sorted(name.upper() for name in BotSettings.model_fields)
