"""Searching the project's own knowledge: one hit for all translations, in the asker's language."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.index.store import Index
from retrieval.language.words import tokens
from retrieval.library import Library

QUESTIONS = ["Can agents summon me by phone?", "احضار تلفنی چیست؟", "ehzare telefoni"]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_hit_stands_for_all_its_translations(library: Library, text: str) -> None:
    hits = library.search(text).hits
    keys = [hit.passage.key for hit in hits]
    assert len(keys) == len(set(keys))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_hit_is_in_the_language_of_the_question_where_there_is_one(
    library: Library, text: str
) -> None:
    search = library.search(text)
    own = [hit for hit in search.hits if hit.passage.language == search.question.language]
    assert len(own) > 0.9 * len(search.hits)
    for hit in search.hits:
        if hit.passage.language != search.question.language:
            other = f"{hit.passage.key}@{search.question.language}"
            assert library.passage(other) is None


def test_scores_are_what_they_say(library: Library) -> None:
    search = library.search(QUESTIONS[0])
    assert np.linalg.norm(search.vector) == pytest.approx(1, abs=1e-3)
    assert all(-1.001 <= hit.dense <= 1.001 and hit.words >= 0 for hit in search.hits)


def test_every_name_of_the_glossary_can_be_searched_by_its_words(index: Index) -> None:
    """A stemmer may cut a word down to a stop word, and nothing of it would be left."""
    forms = [form for term in index.contents.terms for form in (*term.fa, *term.en)]
    assert len(forms) > 100
    lost = [form for form in forms if not tokens(form) and " " not in form]
    assert lost == []


def test_the_same_question_finds_the_same(library: Library) -> None:
    first, second = library.search(QUESTIONS[1]), library.search(QUESTIONS[1])
    assert first.hits == second.hits


def test_what_is_printed_as_json_is_the_first_hits(library: Library) -> None:
    search = library.search(QUESTIONS[0])
    printed = search.to_json(3)
    assert printed.keys() == {"query", "language", "results"}
    assert [row["rank"] for row in printed["results"]] == [1, 2, 3]
    assert [row["passage"] for row in printed["results"]] == [h.passage.id for h in search.hits[:3]]
    wanted = {"rank", "score", "passage", "document", "language", "title", "section", "text"}
    assert printed["results"][0].keys() == wanted


def test_nothing_to_look_for_finds_nothing(library: Library) -> None:
    search = library.search("😀")
    assert search.hits == ()
    assert search.to_json(5)["results"] == []
