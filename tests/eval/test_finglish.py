"""The measures of reading Finglish say what they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.finglish import agreement, pairs


def test_words_and_stems_that_came_back_are_counted() -> None:
    found = agreement([("تلگرام فیلتر است", "تلگرام باز است")])
    assert found.words == pytest.approx(2 / 3)
    assert found.stems == pytest.approx(1 / 2)


def test_what_is_read_in_formal_persian_agrees_with_how_it_is_said() -> None:
    assert agreement([("تلگرام باز نمی‌شود", "تلگرام باز نمیشه")]).words == 1


def test_rows_for_development_and_for_the_report_do_not_meet(tmp_path: Path) -> None:
    file = tmp_path / "pairs.txt"
    file.write_text("Finglish\tPersian\n" + "".join(f"a{n}\tب\n" for n in range(5)), "utf-8")
    rows = {half: {latin for latin, _ in pairs(file, half)} for half in ("dev", "report")}
    assert not rows["dev"] & rows["report"]
    assert len(rows["dev"] | rows["report"]) == 5
