"""What Redis sees of a value: nothing, and its length to a step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shared.keys import derived
from bot.shared.names import Names
from bot.shared.seal import LARGE, SMALLEST, ForeignError, Seal, padded


@given(st.binary(max_size=5000))
def test_what_was_sealed_opens_in_its_place_and_in_another_process(plain: bytes) -> None:
    assert Seal("secret").opened(Seal("secret").sealed(plain, "here"), "here") == plain


@pytest.mark.parametrize(("secret", "place"), [("other", "here"), ("secret", "there")])
def test_with_another_secret_or_elsewhere_it_does_not_open(secret: str, place: str) -> None:
    sealed = Seal("secret").sealed(b"a question", "here")
    with pytest.raises(ForeignError):
        Seal(secret).opened(sealed, place)


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 600])
def test_what_is_damaged_does_not_open(damaged: bytes) -> None:
    with pytest.raises(ForeignError):
        Seal("secret").opened(damaged, "here")


def test_short_values_all_have_one_length_and_no_two_are_alike() -> None:
    sealed = [Seal("secret").sealed(b"x" * n, "here") for n in range(50)]
    assert len({len(each) for each in sealed}) == 1
    seal = Seal("secret")
    assert seal.sealed(b"same", "here") != seal.sealed(b"same", "here")


@given(st.integers(min_value=1, max_value=200_000))
def test_a_step_is_never_too_small_and_the_steps_are_few(size: int) -> None:
    step = padded(size)
    assert step >= max(size, SMALLEST)
    assert step & (step - 1) == 0 or step % LARGE == 0


def test_names_tell_nothing_and_are_the_same_in_every_process() -> None:
    one, other = Names("secret"), Names("secret")
    assert one.hidden("chat", 5001) == other.hidden("chat", 5001)
    assert one.hidden("chat", 5001) != one.hidden("chat", 5002)
    assert one.hidden("chat", 5001) != Names("another").hidden("chat", 5001)
    assert "5001" not in one.of("lane", one.hidden("chat", 5001))
    assert one.lane_in(one.of("talk", "abc")) == "abc"


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    keys = {derived("secret", purpose) for purpose in ("names", "values", "webhook path")}
    assert len(keys) == 3
