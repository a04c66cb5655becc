"""Who writes in a language that is not spoken here is told so; nobody who writes Persian is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.knowledge.reading import read_knowledge
from retrieval.language.others import language_codes, other_language
from retrieval.settings import PROJECT
from tests.eval.questions import read_questions

OTHERS = {
    "ar": [
        "كيف يمكنني حماية هاتفي إذا تم استدعائي؟",
        "هل تطبيق تلغرام آمن؟",
        "ماذا أفعل إذا طلبوا مني كلمة المرور",
        "أنا في السجن وأريد محاميا",
        "ما هو التطبيق الذي يعمل بدون إنترنت؟ هل هذا آمن",
    ],
    "ckb": [
        "چۆن دەتوانم مۆبایلەکەم بپارێزم؟",
        "ئایا تێلێگرام سەلامەتە لە ئێران؟",
        "بانگیان کردووم بۆ ئیتلاعات، چی بکەم",
    ],
    "ur": [
        "میں اپنا فون کیسے محفوظ رکھوں؟",
        "کیا ٹیلی گرام محفوظ ہے؟",
        "مجھے پوچھ گچھ کے لیے بلایا گیا ہے",
    ],
    "ps": [
        "زه څنګه خپل موبایل خوندي کړم؟",
        "ایا ټلګرام په ایران کې بند دی؟",
        "ما ته یې زنګ وهلی چې راشه، څه وکړم",
    ],
    "ug": ["تېلېفونۇمنى قانداق قوغدايمەن؟", "مەن نېمە قىلىشىم كېرەك"],
    "az": ["Telefonumu necə qoruya bilərəm?", "Telegram təhlükəsizdir, yoxsa deyil?"],
    "tr": [
        "Telefonumu nasıl korurum?",
        "Telegram güvenli mi, yoksa değil mi?",
        "İfadeye çağrıldım, ne yapmalıyım?",
    ],
    "ru": ["Как мне защитить телефон?", "безопасен ли Telegram в Иране"],
}
# Persian and English as people write them, with what could be taken for another language.
OURS = [
    "كيفيت تماس با سيگنال چطوره؟",
    "گوشي من دست اطلاعات بوده، چي كار كنم",
    "على احضار شده، چه کار کنیم",
    "حقوق متهم در مرحلهٔ تحقیقات مقدماتى",
    "آیا استفاده از فیلترشکن مطابق مادّهٔ ۷۵۳ جرم است؟",
    "ان شاءالله آزاد میشه، الان چیکار کنم",
    "السلام علیکم و رحمة الله، سوال داشتم",
    "مسئولیت مدیر گروه تلگرام",
    "آیا تأمین مؤثر است؟",
    "دې گروه ما چند نفر ره گرفته",  # Dari, with a stray letter
    "مه میخایم موبایل خوده پاک کنم، چطو کنم",  # Dari
    "گوشیۀ مە پیش اوناست",
    "تلگرام وبلاگ ۆیندوز",
    "VPN",
    "سلام",
    "تور",
    "in kar amne?",
    "mi khan biam edare chi kar konam",
    "bu midan ke telegram var dare?",
    "what is a VPN and is it safe to use in Iran?",
    "my friend in Istanbul, Muğla uses Signal",
    "café naïve façade",
    "۱۲۳",
    "",
    "؟؟",
    "🙏",
]


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in OTHERS.items() for text in texts]
)
def test_another_language_is_recognised(code: str, text: str) -> None:
    assert other_language(text) == code


@pytest.mark.parametrize("text", OURS)
def test_persian_and_english_are_never_turned_away(text: str) -> None:
    assert other_language(text) is None


def test_none_of_the_questions_people_ask_is_turned_away() -> None:
    """Neither as written nor with Arabic letters."""
    arabic = str.maketrans({"ی": "ي", "ک": "ك", "ه": "ة"})
    known = [q.text for d in read_knowledge(PROJECT / "knowledge").documents for q in d.questions]
    asked = [question.question for question in read_questions()]
    written = [form for each in (*known, *asked) for form in (each, each.translate(arabic))]
    turned_away = {each for each in written if other_language(each) is not None}
    assert turned_away == set()


def test_no_passage_is_taken_for_another_language() -> None:
    passages = [
        section
        for document in read_knowledge(PROJECT / "knowledge").documents
        for section in document.sections
    ]
    texts = [block.text for section in passages for block in section.blocks]
    assert {text for text in texts if other_language(text) is not None} == set()


WORDS = "گوشی تلگرام احضار فیلترشکن رمز بازجویی وکیل امنه چطور اگه دیگه signal".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.data())
def test_one_foreign_letter_makes_no_persian_message_foreign(
    words: list[str], data: st.DataObject
) -> None:
    letter = data.draw(st.sampled_from("يكةىأإەۆێےہېۍٱ"))
    words.insert(data.draw(st.integers(0, len(words))), f"م{letter}")
    assert other_language(" ".join(["که", *words])) is None


@given(st.text(max_size=80))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert other_language(text) in {None, *language_codes()}
