"""What the check is measured by is what it says it is."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import yaml

from retrieval.checking import Fault
from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import Term
from retrieval.passages import Passage, passages_of
from retrieval.settings import PROJECT
from tests.eval.checking import planting, rewording, turning, tying
from tests.eval.checking.__main__ import holds, table
from tests.eval.checking.cases import Case, Judged, split_of
from tests.eval.checking.claims import read_claims
from tests.eval.checking.making import LANGUAGES, REWORDINGS, rewordings
from tests.small.shelf import SMALL

TERMS = [
    Term(id=name, en=(name,), fa=(name,), definition={"en": "A messenger with chats."})
    for name in ("Signal", "Briar", "Telegram")
]
DRAW = random.Random(1)


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return [p for document in read_knowledge(SMALL).documents for p in passages_of(document)]


def test_a_planted_number_date_or_name_is_another_than_the_text_has() -> None:
    planter = planting.planter(TERMS, "dev")
    text = "On 3 May 2018 about 40 million people used Signal."
    number = planter.number(text, "en", DRAW)
    date = planter.date(text, "en", DRAW)
    name = planter.name(text, "en", DRAW)
    assert number
    assert "2018" in number
    assert "40 million" not in number
    assert date
    assert "40 million" in date
    assert "3 May 2018" not in date
    assert name
    assert "Signal" not in name
    assert planter.number("No figure here.", "en", DRAW) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("Do not send the code.", "en"), ("کد را نفرستید.", "fa"), ("این امن نیست.", "fa")],
)
def test_a_dropped_not_is_gone(text: str, language: str) -> None:
    changed = turning.without_not(text, "fa" if language == "fa" else "en", DRAW)
    assert changed
    assert not any(word in changed for word in ("not", "نفرست", "نیست"))


def test_the_steps_of_one_half_are_not_those_of_the_other() -> None:
    dev, test = planting.planter(TERMS, "dev"), planting.planter(TERMS, "test")
    for language in LANGUAGES:
        assert not set(dev.steps[language]) & set(test.steps[language])
        assert not set(dev.clauses[language]) & set(test.clauses[language])


def test_a_clause_that_is_tied_on_stands_behind_the_whole_text() -> None:
    text = "A summons has to be in writing."
    turned = tying.turned(text, "Do not answer the call.", "en", DRAW)
    assert turned
    assert turned.startswith("A summons has to be in writing")
    assert "do not answer the call." not in turned
    for _ in range(9):
        borrowed = tying.borrowed(text, ["Look at the list to find other phones."], "en", DRAW)
        assert borrowed
        assert borrowed.endswith(("find other phones.", "look at the list to find other phones."))
    assert tying.borrowed(text, ["Never tell anybody."], "en", DRAW) is None


def test_a_shortened_sentence_says_nothing_new() -> None:
    text = "Turn off face unlocking, because it can be forced from you; a code cannot be guessed."
    changed = rewording.shortened(text, "en", DRAW)
    assert changed
    assert len(changed) < len(text)
    assert set(changed.split()) <= {*text.split(), "guessed.", "unlocking;", "you."}


def test_half_a_sentence_is_taken_only_where_it_stands_alone() -> None:
    whole = "Use a long code for the phone; nobody can guess such a code."
    half = rewording.halved(whole, "en", DRAW)
    assert half in {"Use a long code for the phone.", "Nobody can guess such a code."}
    bound = "Use a long code for the phone; but never on the first day."
    assert rewording.halved(bound, "en", DRAW) is None


def test_a_dropped_condition_is_gone() -> None:
    text = "Do not give names unless you are forced to."
    assert turning.unbound(text, "en", DRAW) == "Do not give names."
    assert turning.unbound("Ask if they know.", "en", DRAW) is None


def test_every_reworded_text_stands_beside_a_document_of_the_folder() -> None:
    written = yaml.safe_load(REWORDINGS.read_text("utf-8"))
    for passage in written:
        document, _, rest = passage.partition("#")
        language = rest.rpartition("@")[2]
        assert list((PROJECT / "knowledge").glob(f"*/{document}.{language}.md")), passage
    assert sum(len(texts) for texts in written.values()) >= 120
    assert {split_of(passage.partition("#")[0]) for passage in written} == {"dev", "test"}


def test_a_reworded_text_without_its_passage_is_named(passages: list[Passage]) -> None:
    with pytest.raises(ValueError, match="no passage"):
        list(rewordings(passages))


def test_claims_of_others_are_read_and_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    rows = [
        {"claim": "Signal is free.", "evidence": "Signal costs nothing.", "label": "attributable"},
        {"claim": "سیگنال پولی است.", "evidence": "Signal costs nothing.", "label": "0"},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    good, bad = read_claims(path)
    assert (good.good, good.language, good.across) == (True, "en", False)
    assert (bad.good, bad.language, bad.across) == (False, "fa", True)
    path.write_text('{"claim": "x"}', "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        list(read_claims(path))


def test_the_floors_hold_only_where_each_kind_is_caught(passages: list[Passage]) -> None:
    def judged(kind: str, good: bool, refused: bool) -> Judged:
        case = Case(kind, good, "Text.", "en", passages[0], "sentence")
        return Judged(case, (Fault("meaning", ""),) if refused else (), 0.0)

    caught = [judged("a", False, True)] * 95 + [judged("b", False, True)] * 9
    honest = [judged("c", True, False)] * 19
    assert holds(table([*caught, *honest, judged("b", False, False), judged("c", True, True)]))
    assert not holds(table([*caught, *honest, *[judged("b", False, False)] * 2]))
    assert not holds(table([*caught, *honest, *[judged("c", True, True)] * 5]))
