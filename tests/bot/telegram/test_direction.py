"""Lines in which Persian and Latin stand together, as they must be written to read right."""

from __future__ import annotations

import pytest

from bot.telegram.direction import clean, directed, visible

F, P, R, L = "\u2068", "\u2069", "\u200f", "\u200e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("سیگنال امن است.", "سیگنال امن است."),
        ("از Signal استفاده کنید.", f"از {F}Signal{P} استفاده کنید."),
        ("Signal امن است.", f"{R}{F}Signal{P} امن است."),
        ("سیگنال (Signal) امن است.", f"سیگنال ({F}Signal{P}) امن است."),
        ("از Psiphon (iOS/Android) بگیرید", f"از {F}Psiphon (iOS/Android){P} بگیرید"),
        ("(Signal) و (Tor)", f"{R}({F}Signal{P}) و ({F}Tor{P})"),
        ("به +98-21-555 زنگ بزنید", f"به {F}+98-21-555{P} زنگ بزنید"),
        ("به ۰۲۱-۵۵۵ زنگ بزنید", f"به {F}۰۲۱-۵۵۵{P} زنگ بزنید"),
        ("در ۱۴۰۰/۰۷/۰۱ بود", f"در {F}۱۴۰۰/۰۷/۰۱{P} بود"),
        ("سه یا ۳ روز", "سه یا ۳ روز"),
        ("Signal، ۳ روز", f"{R}{F}Signal{P}، ۳ روز"),
        ("Signal، Tor و VPN", f"{R}{F}Signal{P}، {F}Tor{P} و {F}VPN{P}"),
        ("Use Tor (or a VPN).", f"{R}{F}Use Tor (or a VPN).{P}"),
        ("به a@b.org بنویسید", f"به {F}a@b.org{P} بنویسید"),
        ("با /forget پاک می‌شود", f"با {F}/forget{P} پاک می‌شود"),
        ("نشانی .onion است. بعد", f"نشانی {F}.onion{P} است. بعد"),
        ("۱۲۳", "۱۲۳"),
        ("", ""),
    ],
)
def test_persian_lines(text: str, shown: str) -> None:
    own_start = shown[:1] not in {"۱", ""}
    assert directed(text, "fa") == (shown if own_start or not shown else R + shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Use Signal.", "Use Signal."),
        ("People say تلگرام there.", f"People say {F}تلگرام{P} there."),
        ("تلگرام is blocked", f"{L}{F}تلگرام{P} is blocked"),
        ("(تلگرام) is blocked", f"{L}({F}تلگرام{P}) is blocked"),
        ("• one", f"{L}• one"),
        ("سلام به شما.", f"{L}{F}سلام به شما.{P}"),
    ],
)
def test_english_lines(text: str, shown: str) -> None:
    assert directed(text, "en") == shown


def test_what_telegram_drops_or_refuses_is_cleaned_away() -> None:
    assert clean("a\ud800b\x00c\u202ed\u2066e\u2069\tf\r\ng\ufeff") == "a\ufffdbcde f\ng"
    assert clean("👩\u200d👧 می‌شود") == "👩\u200d👧 می‌شود"


def test_only_what_shows_something_is_visible() -> None:
    assert not any(visible(text) for text in ["", " \n", "\u200f\u200c", "\u3164", "\u2800"])
    assert visible("🙏")
