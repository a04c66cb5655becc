"""Reads the public test sets; none of them is ever trained on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


class NoDataError(Exception):
    """A file of the test sets is not where it should be."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Questions and the passages to find: question `n` is answered by passage `answers[n]`."""

    questions: list[str]
    passages: list[str]
    answers: list[int]


def ntrex(folder: Path, language: str) -> Retrieval:
    """NTREX-128: each sentence of `language` (`fas`, `prs` ...) is to find its English one."""
    english = _lines(folder / "ntrex" / "newstest2019-src.eng.txt")
    other = _lines(folder / "ntrex" / f"newstest2019-ref.{language}.txt")
    return Retrieval(other, english, list(range(len(other))))


def pquad(folder: Path) -> Retrieval:
    """PQuAD validation: its answerable questions, and all its passages."""
    questions: list[str] = []
    passages: list[str] = []
    answers: list[int] = []
    for article in json.loads(_text(folder / "pquad-validation.json"))["data"]:
        for paragraph in article["paragraphs"]:
            for entry in paragraph["qas"]:
                if not entry["is_impossible"]:
                    questions.append(entry["question"])
                    answers.append(len(passages))
            passages.append(paragraph["context"])
    return Retrieval(questions, passages, answers)


def clapnq(folder: Path) -> Retrieval:
    """ClapNQ dev, answerable: each question and its passage with the title before it."""
    rows = [json.loads(line) for line in _lines(folder / "clapnq_dev_answerable.jsonl")]
    passages = [f"{row['passages'][0]['title']}\n{row['passages'][0]['text']}" for row in rows]
    return Retrieval([row["input"] for row in rows], passages, list(range(len(rows))))


def _lines(path: Path) -> list[str]:
    return _text(path).rstrip("\n").split("\n")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NoDataError(
            f"{path} cannot be read: give the folder that holds the test sets as the argument."
        ) from error
