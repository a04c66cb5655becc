"""Every kind of file keeps its text and its metadata, and loses its furniture."""

from __future__ import annotations

import sys

import pytest

from tests.retrieval.drafts.conftest import Importer

SENTENCE = (
    "The operators slowed the platform down for three days and then let it go, as the ministry "
    "told the press at the end of that week in spring."
)
SECOND = (
    "Nobody at the ministry said which office had given the order, and the operators pointed to "
    "each other when they were asked about it by several newspapers in the capital."
)
PERSIAN = (
    "اپراتورها سه روز سرعت این سکو را کم کردند و بعد رهایش کردند؛ وزارتخانه این را در پایان همان "
    "هفته‌ی بهار به روزنامه‌ها گفت و هیچ‌کس نگفت دستور از کجا آمده بود."
)

COPIED_PAGE = f"""close button
Switch to Iranwire Light?

Operators Slow Down a Platform

May 11, 2021
Maria Abdi
7 min read
A phone in the hand of a passer-by in the north of the city, last spring
A phone in the hand of a passer-by in the north of the city, last spring

{SENTENCE}

{SECOND}

Related coverage:

Minister Denies Everything

An Unrelated Article About Something Else

May 11, 2021
2 min read
"""


def test_a_copied_page_keeps_the_article_and_loses_the_page(importer: Importer) -> None:
    taken = importer.one("page.txt", COPIED_PAGE)
    draft = importer.draft(taken)
    assert draft.quoted == f"{SENTENCE}\n\n{SECOND}"
    source = draft.fields["sources"][0]
    assert (source["publisher"], source["date"]) == ("IranWire", "2021-05-11")
    assert draft.fields["title"] == "Operators Slow Down a Platform"
    assert draft.fields["origin"]["author"] == "Maria Abdi"
    dropped = " ".join(taken.dropped)
    assert "Related coverage" in dropped
    assert "close button" in dropped
    assert "caption" in dropped


def test_a_heading_that_looks_like_a_tail_does_not_behead_an_article(importer: Importer) -> None:
    taken = importer.one("a.txt", f"A title of it\n\nRelated:\n\n{SENTENCE}\n\n{SECOND}")
    assert SECOND in importer.draft(taken).quoted


HTML = f"""<html lang="en"><head><title>Operators slow it down</title>
<meta property="og:site_name" content="The Paper">
<link rel="canonical" href="https://paper.example/a?utm_source=feed">
<meta property="article:published_time" content="2021-05-11"></head>
<body><nav><a href="/">Home</a> <a href="/about">About our newspaper and its people</a></nav>
<article><h1>Operators slow it down</h1><p>{SENTENCE}</p><p>{SECOND}</p>
<p style="display: none">Secret words that only a machine would read.</p></article>
<footer>Imprint of the house, all rights reserved</footer></body></html>"""


def test_a_web_page_keeps_the_article_and_its_metadata(importer: Importer) -> None:
    taken = importer.one("page.html", HTML)
    draft = importer.draft(taken)
    assert SENTENCE in draft.quoted
    assert SECOND in draft.quoted
    for gone in ("About our newspaper", "Imprint", "Secret words"):
        assert gone not in draft.quoted
    source = draft.fields["sources"][0]
    assert source["url"] == "https://paper.example/a"
    assert (source["publisher"], source["date"]) == ("The Paper", "2021-05-11")
    assert [flag.kind for flag in taken.flags if "Secret" in flag.excerpt] == ["hidden-text"]


MARKDOWN = f"""---
title: Slow platforms
lang: en
date: 2021-05-11
license: CC BY-SA 4.0
---
{{% include banner.html %}}
# Slow platforms {{: .big }}

![a picture](slow.png)

{SENTENCE} [More](https://paper.example/b?fbclid=abc&id=3).

- one :material-check: thing
- another thing

!!! note "Mind"

    {SECOND}
"""


def test_markdown_loses_the_dialect_of_its_site(importer: Importer) -> None:
    draft = importer.draft(importer.one("guide.md", MARKDOWN))
    for gone in ("banner", "{:", "slow.png", "material", "!!!", "fbclid"):
        assert gone not in draft.quoted
    assert "More (https://paper.example/b?id=3)" in draft.quoted
    assert "- one thing\n- another thing" in draft.quoted
    assert f"Mind\n\n{SECOND}" in draft.quoted
    source = draft.fields["sources"][0]
    assert (source["date"], source["licence"]) == ("2021-05-11", "CC BY-SA 4.0")


def test_markdown_with_broken_front_matter_is_taken_with_a_note(importer: Importer) -> None:
    taken = importer.one("a.md", f"---\ntitle: [never\n---\n# Title\n\n{SENTENCE}\n")
    assert any("front matter" in note for note in taken.notes)
    assert taken.title == "Title"


def test_lektor_fields_are_told_apart(importer: Importer) -> None:
    text = (
        "_model: topic\n---\ntitle: Bridges\n---\nkey: 7\n---\n"
        f"body:\n\n{SENTENCE}\n\n----\n\n- an item\n"
    )
    taken = importer.one("contents.lr", text)
    draft = importer.draft(taken)
    assert taken.title == "Bridges"
    assert draft.quoted.startswith(SENTENCE)
    assert "topic" not in draft.quoted


PO = f"""msgid ""
msgstr ""
"Language: fa\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#: a.md:block 1 (header)
msgid "A title"
msgstr "یک عنوان"

#: a.md:block 2 (paragraph)
#, fuzzy
msgid "{SENTENCE}"
msgstr "{PERSIAN}"

#: a.md:block 3 (paragraph)
msgid "Not translated"
msgstr ""
"""


def test_gettext_gives_the_translation_and_says_what_nobody_confirmed(importer: Importer) -> None:
    taken = importer.one("manual.po", PO)
    draft = importer.draft(taken)
    assert (taken.language, taken.title) == ("fa", "یک عنوان")
    assert PERSIAN in draft.quoted
    assert SENTENCE not in draft.quoted
    assert any("1 translations are marked fuzzy" in note for note in taken.notes)
    assert any("1 of 3 strings" in note for note in taken.notes)


def test_a_short_gettext_file_is_never_taken_for_the_path_of_another(importer: Importer) -> None:
    real = importer.write("real.po", PO)
    assert "gettext" in importer.refused("path.po", str(real))


def test_texts_of_an_app_are_read_in_order(importer: Importer) -> None:
    messages = f'{{"b": {{"message": "{SENTENCE}", "description": "for translators only"}}}}'
    quoted = importer.draft(importer.one("messages.json", messages)).quoted
    assert quoted == f"- {SENTENCE}"
    checklist = f"title: Steps\nlist:\n- label: {SENTENCE}\n- check: Go out at once\n"
    taken = importer.one("list.yml", checklist)
    assert taken.title == "Steps"
    assert importer.draft(taken).quoted.endswith("- Go out at once")


@pytest.mark.parametrize(
    ("name", "module", "content"), [("a.html", "trafilatura", HTML), ("a.po", "polib", PO)]
)
def test_a_missing_parser_is_named_with_what_to_install(
    importer: Importer, monkeypatch: pytest.MonkeyPatch, name: str, module: str, content: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert "pip install 'daricheh[import]'" in importer.refused(name, content)
