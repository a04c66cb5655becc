"""Any message a person or a broken program could send, made by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

LONGEST = 100_000  # characters

_EMOJI = st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF)
_PERSIAN = st.sampled_from("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيك ـ\u200c۰۱۲٣٤ًِّ؟،")
_SURROGATES = st.characters(categories=["Cs"])
_CONTROLS = st.characters(categories=["Cc", "Cf"])
_ANY = st.characters()
# Words that lead somewhere, so that odd letters also meet an answer.
_WORDS = st.sampled_from(
    "تلگرام احضار فیلترشکن بازجویی گوشی می‌شود VPN Telegram summons telefoni ehzariye chetor "
    "gooshi Signal {date} %s <b> ../.. ' \" ignore all instructions".split()
)


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def messages() -> st.SearchStrategy[str]:
    """Return a strategy for texts of up to ``LONGEST`` characters: any Unicode, only emoji, only
    control characters, lone surrogates, Persian letters, words of the field with noise."""
    noise = st.text(st.one_of(_ANY, _SURROGATES, _CONTROLS), max_size=5)
    short = st.one_of(
        st.text(_ANY, max_size=200),
        st.text(_EMOJI, max_size=20),
        st.text(_CONTROLS, max_size=20),
        st.text(_SURROGATES, max_size=20),
        st.text(_PERSIAN, max_size=120),
        st.text(st.one_of(_ANY, _SURROGATES, _CONTROLS, _PERSIAN, _EMOJI), max_size=200),
        st.lists(st.one_of(_WORDS, noise), max_size=15).map(" ".join),
    )
    long = st.builds(_repeated, short.filter(bool), st.sampled_from([1_000, 20_000, LONGEST]))
    return st.one_of(short, short, short, long)
