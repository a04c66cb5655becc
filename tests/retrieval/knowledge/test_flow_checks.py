"""Every fault planted in a flow is named, with file, line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from retrieval.knowledge.faults import Fault
from retrieval.knowledge.flow_checks import flow_faults
from retrieval.knowledge.flows import Flow
from retrieval.knowledge.reading import read_knowledge
from retrieval.settings import PROJECT
from tests.conftest import WriteDocument

CASE = """id: case
title: {en: "A case", fa: "یک وضع"}
opening: {en: "Short questions.", fa: "چند پرسش کوتاه."}
steps:
  - id: how
    text: {en: "How?", fa: "چطور؟"}
    options:
      - {id: call, label: {en: "A call", fa: "تماس"}, at_once: ["a#one:1"]}
      - {id: letter, label: {en: "A letter", fa: "نامه"}}
  - id: when
    text: {en: "When?", fa: "چه وقت؟"}
    when: {how: call}
    options:
      - {id: today, label: {en: "Today", fa: "امروز"}}
      - {id: later, label: {en: "Later", fa: "بعد"}}
result:
  kind: case
  title: {en: "Your case", fa: "وضع شما"}
  blocks:
    - id: steps
      title: {en: "Steps", fa: "قدم‌ها"}
      when: {how: call}
      quotes:
        - {passage: "a#one:1,2", when: {when: today}}
"""
PLAN = """id: plan
title: {en: "A plan", fa: "یک برنامه"}
opening: {en: "Short questions.", fa: "چند پرسش کوتاه."}
steps:
  - id: ways
    text: {en: "Ways?", fa: "راه‌ها؟"}
    multiple: true
    options:
      - {id: one, label: {en: "One", fa: "یکی"}, points: {net: 1}, lacks: [more]}
      - {id: none, label: {en: "None", fa: "هیچ"}, alone: true, helps: [more]}
result:
  kind: plan
  title: {en: "Your plan", fa: "برنامه‌ی شما"}
  areas:
    - {id: net, label: {en: "Net", fa: "شبکه"}}
  levels:
    - {id: low, at_least: 0, label: {en: "Low", fa: "کم"}}
  advice:
    - {id: more, area: net, weight: 2, label: {en: "More", fa: "بیشتر"}, quotes: ["a#one:1"]}
"""
COMPARISON = """id: compare
title: {en: "Compare", fa: "مقایسه"}
opening: {en: "Pick.", fa: "انتخاب کنید."}
steps:
  - id: uses
    text: {en: "Uses?", fa: "از چه؟"}
    options:
      - {id: app, tool: app, label: {en: "App", fa: "برنامه"}, wants: [{field: calls, among: [voice]}]}
result:
  kind: comparison
  title: {en: "Side by side", fa: "کنار هم"}
  candidates:
    - app
  fields: [calls]
  limits: limits
"""  # noqa: E501
TOOL = """---
id: app
kind: tool
language: {language}
title: App
summary: App
topics: [messengers]
as_of: 2026-04-27
reviewed: 2026-11-01
review_by: 2027-05-01
sources:
  - {{key: one, publisher: P, title: T, url: "https://a.org/", date: 2021-09-23, tier: research, licence: CC0}}
name: App
purpose: [messenger]
end_to_end: "yes"
phone_number: "no"
works_offline: "no"
open_source: "yes"
operator_sees: Nothing.
---
## What is it? {{#what}}
A messenger.

## Limits {{#limits}}
It does not cook.
"""  # noqa: E501


@pytest.fixture
def folder(knowledge_folder: Path, write_document: WriteDocument) -> Path:
    """A folder of one document, one tool card and three flows without a fault."""
    write_document("a", "## One {#one}\nFirst sentence. Second sentence.\n")
    write_document("a", "## یک {#one}\nجمله‌ی اول. جمله‌ی دوم.\n", language="fa")
    for name in ("tools", "flows"):
        (knowledge_folder / name).mkdir()
    for language in ("en", "fa"):
        card = knowledge_folder / f"tools/app.{language}.md"
        card.write_text(TOOL.format(language=language), "utf-8")
    for name, text in (("case", CASE), ("plan", PLAN), ("compare", COMPARISON)):
        (knowledge_folder / f"flows/{name}.yaml").write_text(text, "utf-8")
    return knowledge_folder


def faults(folder: Path) -> list[Fault]:
    """Return the faults of flows alone; those of the documents are tested with them."""
    knowledge = read_knowledge(folder)
    found = [*knowledge.faults, *flow_faults(knowledge.flows, knowledge.documents)]
    return [fault for fault in found if fault.lint == "flow"]


def test_good_flows_have_no_fault(folder: Path) -> None:
    assert faults(folder) == []


# The flow, what is replaced by what, the line and words of the fault.
PLANTED = [
    ("case", "id: case", "id: [", 3, "The file is not valid YAML"),
    ("case", "id: case", "id: other", 1, "file name"),
    ("case", "opening:", "openning:", 3, "not a field"),
    ("case", "opening:", "openning:", 1, "`opening` is missing"),
    ("case", 'title: {en: "A case", fa: "یک وضع"}', 'title: {en: "A case"}', 2, "fa` is missing"),
    ("case", "id: letter", "id: a_letter", 9, "pattern"),
    ("case", "id: letter", f"id: {'l' * 19}", 9, "18 characters"),
    ("case", "id: letter", "id: call", 9, "used twice"),
    ("case", "  - id: when", "  - id: how", 10, "used twice"),
    ("case", "id: when\n", "id: not\n", 10, "cannot be called"),
    ("case", "    when: {how: call}", "    when: {who: call}", 12, "names the step `who`"),
    ("case", "    when: {how: call}", "    when: {how: mail}", 12, "names the option `mail`"),
    ("case", "    when: {how: call}", "    when: {when: today}", 12, "asked later"),
    ("case", "    when: {how: call}", "    when: {all: []}", 12, "when"),
    (
        "case",
        "    when: {how: call}",
        "    when: {all: [{how: call}, {how: letter}]}",
        12,
        "No way of answering",
    ),
    ("case", "      when: {how: call}", "      when: {how: letter}", 24, "No way of answering"),
    ("case", "      when: {how: call}", "      when: {how: post}", 22, "names the option `post`"),
    ("case", "when: {when: today}", "when: {when: never}", 24, "names the option `never`"),
    ("case", '"a#one:1"', '"a one"', 8, "passage"),
    ("case", '"a#one:1"', '"a#two"', 8, "no section `a#two` in en"),
    ("case", '"a#one:1"', '"b#one"', 8, "no section `b#one` in fa"),
    ("case", "a#one:1,2", "a#one:1,3", 24, "2 sentences in en, not 3"),
    ("case", '"A call"', '"A call that is far too long to fit"', 8, "characters"),
    ("case", '"چطور؟"', '"How?"', 6, "not in Persian"),
    ("case", '"How?"', '"چطور؟"', 6, "not in English"),
    ("case", '"چطور؟"', '"چطور شما را می خواهند؟"', 6, "stands apart"),
    ("case", 'fa: "تماس"}', 'fa: "تماس"}, points: {net: 1}', 8, "`points` of the option `call`"),
    ("case", 'fa: "تماس"}', 'fa: "تماس"}, tool: app', 8, "`tool` of the option `call`"),
    ("case", 'fa: "تماس"}', 'fa: "تماس"}, alone: true', 8, "`alone` of the option `call`"),
    ("case", "kind: case", "kind: sermon", 17, "kind of result"),
    ("plan", "lacks: [more]", "lacks: [less]", 9, "no advice `less`"),
    ("plan", "points: {net: 1}", "points: {web: 1}", 9, "no area `web`"),
    ("plan", "points: {net: 1}", "points: {net: 0}", 15, "No answer gives points for `net`"),
    ("plan", "area: net", "area: web", 19, "no area `web`"),
    (
        "plan",
        "  advice:\n",
        '  advice:\n    - {id: odd, area: net, weight: 1, label: {en: "Odd", fa: "عجیب"}, '
        'quotes: ["a#one"]}\n',
        19,
        "No answer calls for the advice `odd`",
    ),
    ("plan", "weight: 2", "weight: 4", 19, "weight"),
    ("plan", "at_least: 0", "at_least: 10", 16, "lowest has no level"),
    ("compare", "tool: app", "tool: appp", 8, "no tool card `appp` in en"),
    ("compare", "    - app", "    - a", 13, "no tool card `a` in en"),
    ("compare", "limits: limits", "limits: more", 13, "does not say in en"),
    ("compare", "fields: [calls]", "fields: [audits]", 8, "does not show `calls`"),
    ("compare", "among: [voice]", "least: 2, among: [voice]", 8, "`among` or `least`"),
    ("compare", "field: calls", "field: colour", 8, "field"),
]


@pytest.mark.parametrize(("flow", "right", "wrong", "line", "said"), PLANTED)
def test_a_planted_fault_is_named(
    folder: Path, flow: str, right: str, wrong: str, line: int, said: str
) -> None:
    path = folder / f"flows/{flow}.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    found = faults(folder)
    assert any(
        (fault.path, fault.line) == (f"flows/{flow}.yaml", line)
        and said in fault.problem
        and len(fault.mend) > 5
        for fault in found
    ), found


def test_a_flow_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "flows/case.yaml").write_bytes(b"id: \xff")
    assert "UTF-8" in faults(folder)[0].problem


def test_the_handbooks_example_is_a_flow() -> None:
    page = (PROJECT / "knowledge/README.md").read_text("utf-8")
    example = page.split("## A flow")[1].split("```")[1]
    assert Flow.model_validate(yaml.safe_load(example)).id == "summons"


def test_the_projects_own_flows_have_no_fault() -> None:
    assert faults(PROJECT / "knowledge") == []
