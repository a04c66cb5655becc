"""Lists of names stand in the order that readers look for them."""

from __future__ import annotations

from retrieval.language.alphabet import alphabetical


def test_persian_letters_stand_where_the_persian_alphabet_has_them() -> None:
    names = ["یاهو", "گوگل", "کره", "واتس‌اپ", "پروتون", "بله", "چت", "ژاپن", "آمد", "Signal"]
    assert sorted(names, key=alphabetical) == [
        "Signal", "آمد", "بله", "پروتون", "چت", "ژاپن", "کره", "گوگل", "واتس‌اپ", "یاهو",
    ]  # fmt: skip


def test_case_half_spaces_and_quotation_marks_do_not_count() -> None:
    assert alphabetical("«پیام‌رسان»") == alphabetical("پیام رسان")
    assert alphabetical("iGap") == alphabetical("IGAP")
