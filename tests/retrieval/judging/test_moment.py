"""Whether it is asked how things stand at this moment, rather than what to do or what was."""

from __future__ import annotations

import pytest

from retrieval.judging.moment import is_of_this_moment


@pytest.mark.parametrize(
    "text",
    [
        "is whatsapp down right now or is it only me",
        "were channel admins arrested today",
        "is telegram slower than usual this evening",
        "الان تلگرام وصله؟",
        "همین الان تو تهران نت قطعه یا فقط مال منه",
        "امشب اینترنت رو قطع می‌کنن؟",
    ],
)
def test_how_things_stand_is_of_this_moment(text: str) -> None:
    assert is_of_this_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        "is whatsapp still blocked",
        "i installed a bad vpn, what do i do now",
        "how do i lock my phone, i want to do it tonight",
        "since when is instagram closed",
        "گوشیمو پس دادن، الان چیکار کنم",
        "از کی تلگرام فیلتر شد",
        "امروز احضار شدم، چطور وکیل بگیرم",
    ],
)
def test_what_to_do_and_what_was_is_not(text: str) -> None:
    assert not is_of_this_moment(text)
