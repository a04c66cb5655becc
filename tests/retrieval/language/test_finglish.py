"""Persian in Latin letters is recognised, and written back well enough to search with."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.knowledge.reading import read_knowledge
from retrieval.knowledge.shared_files import read_glossary
from retrieval.language.finglish import Lexicon, is_finglish, to_persian
from retrieval.language.normalise import search_form
from retrieval.language.words import stems
from retrieval.settings import PROJECT
from tests.eval.finglish import Reader, questions
from tests.eval.perturb.finglish import to_latin
from tests.eval.perturb.habits import HABITS, typed_with

ENGLISH = frozenset("safe telegram called phone when left open summons vpn company".split())
NOTHING = Lexicon.of([])


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    terms = read_glossary(PROJECT / "knowledge")
    return Lexicon.of(
        (latin, persian) for term in terms for latin in term.finglish for persian in term.fa
    )


@pytest.mark.parametrize(
    "text",
    [
        "zang zadan goftan bia",
        "vpn amne?",
        "ehzariye peyamaki",
        "goshimo gereftan chikar konam",
        "telegramam ro mibandan",
        "starlink bekharam?",
        "xune ro bazresi mikonan",
    ],
)
def test_finglish_is_recognised(text: str, lexicon: Lexicon) -> None:
    assert is_finglish(text, lexicon, ENGLISH)


@pytest.mark.parametrize(
    "text",
    ["is telegram safe", "what should I do if they call me", "VPN", "man to be bad", "",
     "Whatsapp", "servers phones links", "WhatsApp backup"],
)  # fmt: skip
def test_english_is_left_alone(text: str, lexicon: Lexicon) -> None:
    assert not is_finglish(text, lexicon, ENGLISH)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("ehzariye dadan", "احضاریه"),
        ("goshimo gereftan", "گوشی"),
        ("hossein sarbandi ki bood", "سربندی"),
        ("internet ghat shod", "قطع"),
        ("bazjoo ramz khast", "رمز"),
        ("site baz nemishe", "سایت"),
    ],
)
def test_words_of_the_field_come_out_right(typed: str, held: str, lexicon: Lexicon) -> None:
    assert search_form(held) in search_form(to_persian(typed, lexicon, frozenset()))


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("whatsappam", "واتساپ"),
        ("instagramet", "اینستاگرام"),
        ("telegrami", "تلگرام"),
        ("telegramo", "تلگرام"),
        ("karbara", "کاربر"),
        ("karbarhaye", "کاربر"),
        ("operatoresh", "اپراتور"),
        ("jarimeye", "جریمه"),
    ],
)
def test_what_is_typed_onto_a_word_leaves_the_word(typed: str, stem: str, lexicon: Lexicon) -> None:
    read = to_persian(typed, lexicon, frozenset({"کاربر", "اپراتور"}))
    assert {*stems(stem)} & {found for word in read.split() for found in stems(word)}, read


@pytest.mark.parametrize(
    ("typed", "persian"),
    [
        ("mikonan", "می‌کنند"),
        ("nemishe", "نمی‌شود"),
        ("befahmam", "بفهمم"),
        ("miaran", "می‌آورند"),
        ("bendazam", "بیندازم"),
        ("nayavordan", "نیاوردند"),
        ("gereftamesh", "گرفتم‌اش"),
        ("midunestan", "می‌دانستند"),
    ],
)
def test_spoken_verbs_are_written_out(typed: str, persian: str) -> None:
    assert to_persian(typed, NOTHING, frozenset()) == persian


@pytest.mark.parametrize(
    ("persian", "spellings"),
    [
        ("قبرستان", "ghabrestan qabrestan gabrestan ghabrestoon ghabresstaan"),
        ("دانشگاه", "daneshgah daaneshgaah danneshgah daneshga daaneshgah"),
        ("خوابگاه", "khabgah xabgah khaabgaah khabggah"),
        ("شنبه", "shanbe shambe shanbeh"),
    ],
)
def test_a_word_may_be_spelt_in_many_ways(persian: str, spellings: str) -> None:
    read = {typed: to_persian(typed, NOTHING, frozenset()) for typed in spellings.split()}
    assert set(read.values()) == {persian}, read


def test_words_of_the_folder_settle_the_spelling() -> None:
    assert to_persian("sazman", NOTHING, frozenset({"سازمان"})) == "سازمان"
    assert to_persian("zadbar", NOTHING, frozenset({"ضدبار"})) == "ضدبار"


def test_of_a_terms_names_the_one_that_was_typed_is_taken() -> None:
    terms = [("ramzak", "گذرواژه"), ("ramzak", "رمزک"), ("sedabar", "گوشی")]
    assert to_persian("ramzak", Lexicon.of(terms), frozenset()) == "رمزک"
    assert to_persian("sedabar", Lexicon.of(terms), frozenset()) == "گوشی"


@pytest.mark.parametrize("word", ["obfs4", "sha256", "12", "x", "webtunnel", "pgp"])
def test_numbers_names_and_abbreviations_stay_as_they_are(word: str) -> None:
    assert to_persian(word, NOTHING, frozenset({"webtunnel"})) == word


def test_persian_questions_of_the_folder_are_recognised_and_english_ones_are_not() -> None:
    folder = PROJECT / "knowledge"
    knowledge = read_knowledge(folder)
    reader = Reader.of(knowledge, read_glossary(folder))
    english = questions(knowledge, "en")
    persian = questions(knowledge, "fa")
    assert len(english) > 100
    assert len(persian) > 100
    taken = [text for text in english if reader.takes(text)]
    assert len(taken) <= 0.005 * len(english), taken
    for habit in ("as in perturb/finglish", "ou, ee, -eh"):
        missed = [text for text in persian if not reader.takes(typed_with(habit, to_latin(text)))]
        assert len(missed) <= 0.03 * len(persian), (habit, missed[:20])


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_of_typing_leaves_no_persian_letter(habit: str) -> None:
    assert typed_with(habit, "gooshimo gereftan").isascii()


def test_the_words_are_not_read_where_no_finglish_is() -> None:
    """They take some time and megabytes, which a bot that is asked in Persian never needs."""
    code = (
        "from retrieval.language.finglish import Lexicon, is_finglish, vocabulary\n"
        "lexicon = Lexicon.of([])\n"
        "assert not is_finglish('is telegram safe for a journalist', lexicon, frozenset())\n"
        "assert is_finglish('goshimo gereftan', lexicon, frozenset())\n"
        "assert not vocabulary._word_counts.cache_info().misses\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.text(st.sampled_from("abcdeghiklmnoprstuvz '"), max_size=40))
def test_any_latin_text_comes_back(text: str) -> None:
    to_persian(text, NOTHING, frozenset())


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.sampled_from("abcehgikmnosuxyz' -"), min_size=1, max_size=30))
def test_a_hundred_thousand_characters_are_read_to_the_end(text: str) -> None:
    long = (text * (100_000 // len(text) + 1))[:100_000]
    is_finglish(long, NOTHING, frozenset(), frozenset({"سازمان"}))
    to_persian(long, NOTHING, frozenset({"سازمان"}))
