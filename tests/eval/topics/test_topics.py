"""The topics' questions can be trusted, and the table counts what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.judging.examples import read_examples
from retrieval.knowledge.reading import Knowledge, read_knowledge
from tests.eval.held import repeated
from tests.eval.questions import read_questions
from tests.eval.topics.table import LANGUAGES, Topic, read_topics, rows, table

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
TOPICS = read_topics()
QUESTIONS = {
    f"{topic.topic} / {language} / {number}": question
    for topic in TOPICS
    for language in LANGUAGES
    for number, question in enumerate(topic.questions(language), 1)
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return read_knowledge(KNOWLEDGE)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.topic)
def test_right_documents_exist_in_both_languages(topic: Topic, knowledge: Knowledge) -> None:
    held = {(document.id, document.language) for document in knowledge.documents}
    wanted = {(id, language) for id in topic.documents for language in LANGUAGES}
    assert wanted - held == set()


def test_no_question_stands_in_a_document(knowledge: Knowledge) -> None:
    listed = [asked.text for document in knowledge.documents for asked in document.questions]
    assert repeated(QUESTIONS, listed) == {}


def test_no_question_stands_among_the_judges_examples() -> None:
    assert repeated(QUESTIONS, [example.text for example in read_examples()]) == {}


def test_no_question_stands_in_the_evaluation() -> None:
    assert repeated(QUESTIONS, [question.question for question in read_questions()]) == {}


def test_a_question_is_found_where_one_of_the_first_three_results_is_right() -> None:
    topic = Topic(
        topic="locks", documents=frozenset({"right"}), en=("1", "2", "3"), fa=("4", "5", "6")
    )
    found = {
        "1": ["right"],
        "2": ["wrong", "wrong", "right"],
        "3": ["wrong", "wrong", "wrong", "right"],
    }
    english, persian = rows([topic], lambda question: found.get(question, []))
    assert (english.found, english.missed) == (2, ("3",))
    assert (persian.found, persian.missed) == (0, ("4", "5", "6"))


def test_the_table_ends_with_totals_of_all_and_of_each_language() -> None:
    topic = Topic(
        topic="locks", documents=frozenset({"right"}), en=("1", "2", "3"), fa=("4", "5", "6")
    )
    made = rows([topic], lambda question: ["right"] if question in "123" else [])
    assert table(made).splitlines() == [
        "locks  en  3 of 3",
        "locks  fa  0 of 3",
        "all: 3 of 6 found among the first 3 (0.500)",
        "en: 3 of 3 found among the first 3 (1.000)",
        "fa: 0 of 3 found among the first 3 (0.000)",
    ]
    assert "    4" in table(made, misses=True).splitlines()
