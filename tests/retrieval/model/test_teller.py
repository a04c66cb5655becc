"""A composed answer: checked, cited, and telling no less than the extractive one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.answering.answer import Answer, Status
from tests.model_server.acts import says
from tests.retrieval.model.conftest import OpenScene, Scene

GOOD = (
    "A summons has to be in writing; a call is not one. [1] "
    "Write down the number, the time and the words of the caller. [2] "
    "Say that you will come with a written summons. [2] "
    "Do not answer questions about other people on the phone. [3]"
)


def texts(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


async def test_checked_statements_make_the_answer_and_what_is_missing_is_added_word_for_word(
    scene: Scene,
) -> None:
    scene.model.will(says(GOOD))
    told = await scene.tell()
    assert told.reason == ""
    assert told.answer.status == "answered"
    assert set(texts(told.answer)) == set(texts(scene.plain))
    assert told.answer.notices == scene.plain.notices
    assert told.answer.verbatim == replace(scene.plain, question="")


async def test_each_excerpt_is_part_of_its_passage_and_each_statement_cited(scene: Scene) -> None:
    scene.model.will(says(GOOD.replace("Write down", "Note down")))
    told = await scene.tell()
    for statement in told.answer.statements:
        assert statement.citations
        for n in statement.citations:
            citation = told.answer.citation(n)
            assert citation.excerpt
            assert citation.excerpt in scene.passages[citation.passage].text


async def test_what_the_passage_does_not_say_is_dropped_after_one_repair(scene: Scene) -> None:
    invented = "Burn the summons and leave the country within 24 hours. [1] "
    scene.model.will(says(GOOD + " " + invented), says(invented))
    told = await scene.tell()
    assert len(scene.model.asked) == 2
    assert "Burn the summons" in scene.model.asked[1]
    assert "Burn" not in " ".join(texts(told.answer))
    assert told.draft is not None
    assert [written.text for written in told.draft.dropped] == [invented[:-5].strip()]


async def test_a_repaired_statement_is_shown(scene: Scene) -> None:
    opening, rest = GOOD.split("] ", 1)
    scene.model.will(says(f"A call is always a summons. [1] {rest}"), says(f"{opening}]"))
    told = await scene.tell()
    assert told.reason == ""
    assert told.draft is not None
    assert told.draft.repaired == 1


@pytest.mark.parametrize("marks", ["", " [3]", " [9]"])
async def test_a_statement_gets_the_citation_it_should_have_carried(
    scene: Scene, marks: str
) -> None:
    scene.model.will(says(f"A summons has to be in writing; a call is not one.{marks}"))
    told = await scene.tell()
    assert told.reason == ""
    [n] = told.answer.statements[0].citations
    assert told.answer.citation(n).passage == "phone-summons#law.1@en"
    assert len(scene.model.asked) == 1


async def test_only_what_has_passed_is_shown_on_the_way(scene: Scene) -> None:
    wrong = "Never go there under any circumstances. [1] "
    scene.model.will(says(wrong + GOOD), says(wrong))
    await scene.tell()
    assert scene.shown is not None
    assert len(scene.shown) == 4
    assert all("Never go" not in text for answer in scene.shown for text in texts(answer))
    assert all(answer.notices == scene.plain.notices for answer in scene.shown)


async def test_without_the_direct_answer_the_extractive_one_stands(scene: Scene) -> None:
    scene.model.will(says("Say that you will come with a written summons. [2]"))
    told = await scene.tell()
    assert (told.reason, told.answer.statements) == ("does not answer", scene.plain.statements)


async def test_a_warning_that_the_model_leaves_out_is_not_lost(scene: Scene) -> None:
    scene.model.will(says(GOOD.rsplit(" Do not", 1)[0]))
    told = await scene.tell()
    assert told.reason == ""
    last = told.answer.statements[-1]
    assert (last.role, last.text) == ("avoid", scene.plain.statements[-1].text)


async def test_a_persian_answer_is_composed_in_persian(open_scene: OpenScene) -> None:
    scene = open_scene("fa")
    spoken = [f"{s.text} [{s.citations[0]}]" for s in scene.plain.statements]
    scene.model.will(says(" ".join(spoken)))
    told = await scene.tell("زنگ زدند و گفتند بیا. چه کار کنم؟")
    assert told.reason == ""
    assert told.answer.language == "fa"
    assert "فقط از همین متن‌ها" in scene.model.asked[0]


@pytest.mark.parametrize("status", ["urgent", "abstained", "outside", "declined"])
async def test_other_answers_never_reach_the_model(scene: Scene, status: Status) -> None:
    plain = replace(scene.plain, status=status)
    told = await scene.tell(plain=plain)
    assert told.answer == plain
    assert scene.model.asked == []


async def test_composing_can_be_off(open_scene: OpenScene) -> None:
    scene = open_scene(model_compose=False)
    told = await scene.tell()
    assert told.answer == scene.plain
    assert scene.model.asked == []


async def test_passages_in_another_language_are_not_composed_from(scene: Scene) -> None:
    told = await scene.tell(plain=replace(scene.plain, language="fa"))
    assert told.reason == "not composed"
    assert scene.model.asked == []
