"""How much of a question a passage holds."""

from __future__ import annotations

import pytest

from retrieval.index.words import WordsIndex
from retrieval.search.coverage import Coverage, coverage

# Two passages, the second in two languages.
WORDS = WordsIndex.build(["signal hides numbers", "telegram telegram group", "telegram گروه"])


def test_what_no_passage_holds_is_unknown() -> None:
    found = coverage(("signal", "zebra"), [0], WORDS)
    assert found.unknown == 0.5
    assert found.held == pytest.approx(
        WORDS.weight("signal") / (WORDS.weight("signal") + WORDS.weight("zebra"))
    )


def test_a_translation_holds_what_the_passage_lacks() -> None:
    assert coverage(("group", "گروه"), [1], WORDS).held < 1
    assert coverage(("group", "گروه"), [1, 2], WORDS) == Coverage(1.0, 0.0)


@pytest.mark.parametrize("name", ["twitch", "توییچ"])
def test_a_name_that_the_passage_lacks_is_foreign_to_it(name: str) -> None:
    assert coverage((name, "signal"), [0], WORDS).foreign
    held = WordsIndex.build([f"signal {name}", "telegram"])
    assert not coverage((name, "signal"), [0], held).foreign
    assert not coverage(("signal",), [0], WORDS).foreign


def test_a_name_of_two_words_is_said_by_both() -> None:
    assert coverage(("new", "zealand"), [0], WORDS).foreign
    assert not coverage(("new", "signal"), [0], WORDS).foreign


def test_a_question_without_words_covers_nothing() -> None:
    assert coverage((), [0], WORDS) == Coverage()
