"""Which sentences are shown, in which order, and what they cite."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.compose import (
    DIRECT_STATEMENTS,
    SCREEN_CHARACTERS,
    SCREEN_STATEMENTS,
    SENTENCE_SLACK,
    Citations,
    Span,
    arranged,
    spans_of,
)
from retrieval.knowledge.documents import SectionRole
from retrieval.passages import Passage, Reference, Sentence

WIRE = Reference("IranWire", "A report", "https://iranwire.com/", "2021-09-23", "reporting")
LAW = Reference("The law", "Article 1", None, None, "official")


def passage(
    name: str, *texts: str, role: SectionRole = "fact", references: tuple[Reference, ...] = (WIRE,)
) -> Passage:
    """Return a passage of the sentences ``texts``, one a line."""
    sentences = []
    start = 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), references))
        start += len(text) + 1
    return Passage(
        id=f"doc#{name}.1@en",
        document="doc",
        language="en",
        kind="guidance",
        title="Title",
        section=name,
        path=(),
        role=role,
        position=0,
        text="\n".join(texts),
        sentences=tuple(sentences),
        topics=(),
        urgent=None,
        as_of="2026-04-27",
        review_by="2027-04-27",
    )


def spans(made: Passage, *fits: float) -> list[Span]:
    return spans_of(made, {f"{made.id}/{n}": fit for n, fit in enumerate(fits)})


def texts(shown: list[Span]) -> list[str]:
    return [span.text for span in shown]


def test_the_best_sentence_opens_and_the_rest_follows_as_written() -> None:
    direct = spans(passage("a", "One.", "Two.", "Three."), 0.5, 0.7, 0.6)
    shown, rest = arranged(direct, [])
    assert texts(shown) == ["Two.", "One.", "Three."]
    assert rest == []


def test_after_the_answer_come_steps_and_then_warnings() -> None:
    direct = spans(passage("a", "Fact."), 0.9)
    avoid = spans(passage("c", "Avoid it.", role="avoid"))
    do = spans(passage("b", "Do it.", role="do"))
    more = spans(passage("d", "Another fact."))
    shown, _ = arranged(direct, [*avoid, *do, *more])
    assert texts(shown) == ["Fact.", "Another fact.", "Do it.", "Avoid it."]


def test_a_sentence_far_from_the_question_waits_for_more() -> None:
    far = 0.9 - SENTENCE_SLACK - 0.01
    direct = spans(passage("a", "Near.", "Far.", "Also near."), 0.9, far, 0.9 - SENTENCE_SLACK)
    shown, rest = arranged(direct, [])
    assert texts(shown) == ["Near.", "Also near."]
    assert texts(rest) == ["Far."]


def test_a_long_answer_leaves_room_for_steps() -> None:
    direct = spans(passage("a", *(f"Sentence {n}." for n in range(9))), *([0.5] * 9))
    steps = spans(passage("b", *(f"Step {n}." for n in range(9)), role="do"))
    shown, rest = arranged(direct, steps)
    assert len(shown) == SCREEN_STATEMENTS
    assert [span.passage.role for span in shown].count("fact") == DIRECT_STATEMENTS
    assert texts(rest)[0] == f"Sentence {DIRECT_STATEMENTS}."


def test_a_sentence_longer_than_the_screen_is_shown_alone() -> None:
    long = "x" * (SCREEN_CHARACTERS + 1)
    shown, rest = arranged(spans(passage("a", long, "Short."), 0.9, 0.8), [])
    assert texts(shown) == [long]
    assert texts(rest) == ["Short."]


def test_no_short_sentence_slips_in_before_a_long_one_that_did_not_fit() -> None:
    """What is left for "more" goes on where the screen ended."""
    long = "x" * SCREEN_CHARACTERS
    shown, rest = arranged(spans(passage("a", "One.", long, "Three."), 0.9, 0.8, 0.8), [])
    assert texts(shown) == ["One."]
    assert texts(rest) == [long, "Three."]


def test_nothing_gives_nothing() -> None:
    assert arranged([], []) == ([], [])


LENGTHS = st.lists(st.tuples(st.integers(1, 400), st.floats(-1, 1)), max_size=12)


@given(LENGTHS, LENGTHS)
def test_nothing_is_lost_doubled_or_too_much(
    direct: list[tuple[int, float]], others: list[tuple[int, float]]
) -> None:
    first = passage("a", *("x" * length for length, _ in direct))
    second = passage("b", *("y" * length for length, _ in others), role="do")
    given_spans = spans(first, *(fit for _, fit in direct))
    beside = spans(second, *(fit for _, fit in others))
    shown, rest = arranged(given_spans, beside)
    key = [(span.passage.id, span.number) for span in (*shown, *rest)]
    assert sorted(key) == sorted((s.passage.id, s.number) for s in (*given_spans, *beside))
    assert len(shown) <= SCREEN_STATEMENTS
    assert sum(len(span.text) for span in shown) <= SCREEN_CHARACTERS or len(shown) == 1
    assert bool(shown) == bool(key)


def test_citations_are_numbered_in_order_of_use() -> None:
    one = passage("a", "First.", "Second.", references=(WIRE, LAW))
    two = passage("b", "Third.", references=(LAW,))
    citations = Citations()
    made = [citations.statement(span) for span in (*spans_of(two), *spans_of(one))]
    assert [statement.citations for statement in made] == [(1,), (2, 3), (2, 3)]
    assert [(c.n, c.section, c.publisher) for c in citations.all()] == [
        (1, "b", "The law"),
        (2, "a", "IranWire"),
        (3, "a", "The law"),
    ]


def test_an_excerpt_grows_to_hold_every_statement_that_cites_it() -> None:
    made = passage("a", "First.", "Second.", "Third.", "Fourth.")
    every = spans_of(made)
    for order in ((1, 2), (2, 1)):
        citations = Citations()
        for number in order:
            citations.statement(every[number])
        assert [citation.excerpt for citation in citations.all()] == ["Second.\nThird."]


def test_a_statement_knows_what_it_is_for() -> None:
    step = spans_of(passage("b", "Do it.", role="do"))[0]
    assert Citations().statement(step).role == "do"


def test_what_another_passage_says_in_the_same_words_is_not_said_twice() -> None:
    first = passage("one", "Telegram was blocked in April 2018 by a court order.")
    again = passage("two", "Telegram was blocked by a court order in April 2018.")
    other = passage("three", "Orders to leave came two weeks before.")
    shown, rest = arranged(spans(first, 0.9), [*spans(again, 0.8), *spans(other, 0.7)])
    assert texts(shown) == [first.text, other.text]
    assert texts(rest) == [again.text]
