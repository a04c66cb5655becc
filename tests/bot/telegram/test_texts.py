"""The texts people see: complete in both languages, and fit to be sent."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.telegram import render, texts
from bot.telegram.commands import forgotten, with_hours
from bot.telegram.erasing import Erased
from retrieval.answering.answer import Language
from tests.bot.telegram.judge import judge

TEXTS = texts.load()


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in strings(inner)]
    return [str(value)]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_message_is_sent_as_one_valid_message(language: Language) -> None:
    own = TEXTS[language]
    long = own.messages.model_dump() | own.kinds.model_dump()
    for name, erased in (("refused", Erased(3, 1)), ("pending", Erased(0, 0, 4))):
        long[f"forget_{name}"] = forgotten(own, language, erased)
    del long["forget"]
    for text in filter(None, long.values()):
        for gap, value in (("{kept}", "1"), ("{pending}", "4"), ("{host}", "api.example.org")):
            text = text.replace(gap, value)
        [message] = render.chrome(with_hours(text, language), language)
        judge(message.html)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_a_pressed_button_says_fits_telegrams_bubble(language: Language) -> None:
    assert len(TEXTS[language].messages.too_old_button) <= 200


def test_nothing_shouts() -> None:
    for own in TEXTS.values():
        for text in strings(own.model_dump()):
            assert "!" not in text
            assert not re.search(r"\b[A-Z]{4,}\b", text)


def test_persian_is_written_with_persian_letters_digits_and_punctuation() -> None:
    for text in strings(TEXTS["fa"].model_dump()):
        bare = re.sub(r"\{\w+\}|/\w+", "", text)
        assert not re.search(r"[يكىةۀ٠-٩0-9?;]", bare), text
        assert not re.search(r"[\u0600-\u06ff],", bare), text
        assert not re.search(r"\bن?می [\u0600-\u06ff]", bare), text  # a half-space is missing
        assert not re.search(r"[\u0600-\u06ff] های?\b", bare), text


def write(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in texts.FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("en.yaml", "  button_more:", "  button_mor:", "answer.button_mor"),
        ("fa.yaml", "name: فارسی", "nothing: x", "name: Field required"),
        ("fa.yaml", "({count})", "", "answer.button_sources must use the placeholders"),
        ("en.yaml", "    research:", "    studies:", "stands in one language only"),
        ("en.yaml", "name: English", "name: [", "is not valid YAML"),
    ],
)
def test_a_fault_in_a_text_file_is_named(
    folder: Path, name: str, old: str, new: str, words: str
) -> None:
    write(folder, name, old, new)
    with pytest.raises(texts.TextsError, match=re.escape(words)):
        texts.load(folder)


def test_a_missing_text_file_is_named(folder: Path) -> None:
    (folder / "fa.yaml").unlink()
    with pytest.raises(texts.TextsError, match=r"fa\.yaml: cannot be read"):
        texts.load(folder)
