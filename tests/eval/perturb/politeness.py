"""A greeting before the question and thanks after it, by script."""

from __future__ import annotations


def _persian(text: str) -> str:
    return f"سلام، خسته نباشید. ببخشید یه سوال داشتم: {text} ممنون می‌شم جواب بدید"


def _finglish(text: str) -> str:
    return f"salam khaste nabashid, bebakhshid ye soal dashtam: {text} mamnoon misham javab bedid"


def _english(text: str) -> str:
    return f"Hello, I hope you are well. Could you please tell me: {text} Thank you so much!"


WRAPPED = {"persian": _persian, "latin": _finglish, "english": _english}
