"""A model's text is cut into statements where a reader would cut it, whole or as it streams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.checking import Splitter, Written, split


def texts(text: str) -> list[str]:
    return [statement.text for statement in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use Signal [1]. Avoid SMS [2].", [("Use Signal.", (1,)), ("Avoid SMS.", (2,))]),
        ("Use Signal. [1] Avoid SMS.[2]", [("Use Signal.", (1,)), ("Avoid SMS.", (2,))]),
        ("Use Signal [1, 2][3].", [("Use Signal.", (1, 2, 3))]),
        ("Use Signal [1-3].", [("Use Signal.", (1, 2, 3))]),
        ("سیگنال را نصب کنید [۱، ۲]. بعد قفلش کنید [۳].",
         [("سیگنال را نصب کنید.", (1, 2)), ("بعد قفلش کنید.", (3,))]),
        ("چرا؟ چون امن نیست! [۲]", [("چرا؟", ()), ("چون امن نیست!", (2,))]),
        ("گوشی را ببندید؛ رمز را عوض کنید [۱].",
         [("گوشی را ببندید؛", (1,)), ("رمز را عوض کنید.", (1,))]),
        ("First line\nsecond line [1]", [("First line", ()), ("second line", (1,))]),
        ("First line.\n[1] second line", [("First line.", ()), ("second line", (1,))]),
        ("First line.\n[1]\nSecond line.[2]", [("First line.", (1,)), ("Second line.", (2,))]),
        ("- Lock it. [1]\n- Hide it. [2]", [("Lock it.", (1,)), ("Hide it.", (2,))]),
        ("1. Lock it. [1]\n2. Hide it. [2]", [("Lock it.", (1,)), ("Hide it.", (2,))]),
        ("See [citation needed] and [2018].", [("See [citation needed] and [2018].", ())]),
        ("**Lock** it [1].", [("Lock it.", (1,))]),
    ],
)  # fmt: skip
def test_each_statement_gets_the_marks_that_are_its_own(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(s.text, s.citations) for s in split(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Version 3.5.1 came on 20.4.2018 for e.g. Android.",
        "Open https://signal.org/install?x=1 or signal.org now.",
        "Dr. Karimi of the U.S. office wrote to No. 5.",
        "قیمت ۳.۵ میلیون و نسخه‌ی ۱.۲ است.",
        "به گفته‌ی م. کریمی این درست است.",
        "بر پایه‌ی ماده‌ی ۵۰۰، حکم یک سال است.",
    ],
)
def test_a_full_stop_inside_a_number_an_address_or_an_abbreviation_ends_nothing(text: str) -> None:
    assert texts(text) == [text]


def test_what_a_model_types_is_set_as_people_write_it() -> None:
    assert texts("* گوشي را خاموش مي کنید , بعد کتاب ها را  [۱] .") == [
        "گوشی را خاموش می‌کنید، بعد کتاب‌ها را."
    ]


_PIECES = st.sampled_from(
    ["[1]", "[2, 3]", "[۱]", "[", "]", "1", "۲", ".", "!", "؟", "؛", "…", "\n", "\n- ", "\n2. ",
     " ", "e.g.", "3.5", "a", "Signal is safe", "گوشی را قفل کنید", "م", "“", "»", "signal.org",
     "**", "،"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=14).map("".join) | st.text(max_size=60)


@given(_TEXTS, st.data())
def test_a_stream_gives_the_statements_of_the_whole_text(text: str, data: st.DataObject) -> None:
    splitter = Splitter()
    found: list[Written] = []
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=len(text))))
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        found += splitter.feed(text[start:end])
    found += splitter.close()
    assert tuple(found) == split(text)


@given(_TEXTS)
def test_no_word_is_lost_or_made_up(text: str) -> None:
    plain = "".join(c for c in text if c.isalpha())
    kept = "".join(c for s in split(text) for c in s.text if c.isalpha())
    assert kept.translate(_FOLD) == plain.translate(_FOLD)


_FOLD = str.maketrans("يىك", "ییک")


@given(_TEXTS)
def test_a_statement_says_something_and_carries_no_mark(text: str) -> None:
    for statement in split(text):
        assert any(c.isalnum() for c in statement.text)
        assert all(1 <= n <= 99 or n == 0 for n in statement.citations)
