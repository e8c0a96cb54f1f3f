"""Identity numbers are found in every shape there is, and other numbers are left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model import identity

WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
KINDS = {
    "birth": (0, 0),
    "D": (40, 0),
    "H": (0, 40),
    "D and H": (40, 40),
    "synthetic": (0, 80),
    "D synthetic": (40, 80),
    "helsenett": (0, 65),
}
DAYS = st.dates(date(1930, 1, 1), date(2060, 12, 31))
SHAPES = (
    "{0}{1}",
    "{0} {1}",
    "{0}-{1}",
    "{0} - {1}",
    "{0}.{1}",
    "{2}.{3}.{4} {1}",
    "{2} {3} {4} {5} {6}",
    "{2}/{3}/{4}-{1}",
)


def number(day: date, running: int, added: tuple[int, int] = (0, 0), rest: int = 0) -> str | None:
    """A number of the day with its control digits; None where the rules give a control digit of 10."""
    start = f"{day.day + added[0]:02}{day.month + added[1]:02}{day.year % 100:02}{running:03}"
    first = (rest - sum(w * int(d) for w, d in zip(WEIGHTS_1, start, strict=True))) % 11
    if first == 10:
        return None
    start += str(first)
    second = -sum(w * int(d) for w, d in zip(WEIGHTS_2, start, strict=True)) % 11
    return None if second == 10 else start + str(second)


def written(digits: str, shape: str) -> str:
    return shape.format(digits[:6], digits[6:], digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])


@pytest.mark.parametrize("kind", KINDS)
@given(day=DAYS, running=st.integers(0, 999), rest=st.integers(0, 3), shape=st.sampled_from(SHAPES))
def test_every_kind_is_found_in_every_shape(kind: str, day: date, running: int, rest: int, shape: str) -> None:
    digits = number(day, running, KINDS[kind], rest)
    assume(digits is not None)
    assert digits is not None
    told = written(digits, shape)
    text = f"Ringte mor (fnr. {told}), tlf 912 34 567."
    start = text.index(told)
    assert identity.find(text) == [(start, start + len(told))]
    assert identity.has_number(text)
    masked = identity.mask(text)
    assert masked == f"Ringte mor (fnr. {identity.MASK}), tlf 912 34 567."
    assert not identity.has_number(masked)


@given(day=DAYS, running=st.integers(0, 999), place=st.integers(0, 10), other=st.integers(1, 9))
def test_one_wrong_control_digit_is_no_number(day: date, running: int, place: int, other: int) -> None:
    """Of numbers given out before 2032 any slip in k2 shows; the rest of the digits may turn into another valid one."""
    digits = number(day, running)
    assume(digits is not None)
    assert digits is not None
    slipped = digits[:10] + str((int(digits[10]) + other) % 10)
    assert not identity.has_number(slipped)


@given(
    day=st.one_of(st.just(0), st.integers(32, 40), st.integers(72, 99)),
    rest=st.integers(0, 10**9 - 1),
)
def test_impossible_days_are_no_numbers(day: int, rest: int) -> None:
    assert not identity.has_number(f"{day:02}{rest:09}")


@given(
    month=st.sampled_from([0, *range(13, 41), *range(53, 66), 78, 79, 80, *range(93, 100)]),
    tail=st.integers(0, 10**7 - 1),
)
def test_impossible_months_are_no_numbers(month: int, tail: int) -> None:
    assert not identity.has_number(f"15{month:02}{tail:07}")


@given(st.integers(0, 10**10 - 1))
def test_shorter_numbers_are_left_alone(value: int) -> None:
    for digits in (f"{value % 10**8:08}", f"{value % 10**9:09}", f"{value:010}"):
        assert identity.find(f"Ring {digits} i dag, eller +47 {digits[:8]}.") == []


@given(day=DAYS, running=st.integers(0, 999), before=st.integers(0, 9))
def test_a_number_within_a_longer_run_of_digits_is_another_number(day: date, running: int, before: int) -> None:
    digits = number(day, running)
    assume(digits is not None)
    assert not identity.has_number(f"{before}{digits}")
    assert not identity.has_number(f"{digits}{before}")


def test_leap_days() -> None:
    leap = next(n for running in range(999) if (n := number(date(2008, 2, 29), running)))
    assert identity.has_number(leap)
    common = [n for running in range(999) for rest in range(4) if (n := _with_day("290209", running, rest))]
    assert common
    assert not any(identity.has_number(n) for n in common)


def _with_day(ddmmyy: str, running: int, rest: int) -> str | None:
    """Control digits for a day that is not in the calendar, so only the day can give it away."""
    start = f"{ddmmyy}{running:03}"
    first = (rest - sum(w * int(d) for w, d in zip(WEIGHTS_1, start, strict=True))) % 11
    second = -sum(w * int(d) for w, d in zip(WEIGHTS_2, f"{start}{first}", strict=True)) % 11 if first < 10 else 10
    return None if second == 10 else f"{start}{first}{second}"


@pytest.mark.parametrize(
    "text",
    [
        "22 22 22 22", "+47 912 34 567", "004791234567", "912 345 678 MVA", "Møte 18.11.2026 kl. 10.30",
        "2026-11-18T09:30:00Z", "1503.40.12345", "9713 05 12345", "Postboks 1234, 6800 Førde", "",
        "12345678901234567890",
    ],
)  # fmt: skip
def test_phones_organisations_accounts_and_days_are_left_alone(text: str) -> None:
    assert identity.find(text) == []
    assert identity.mask(text) == text


def test_several_numbers_in_one_text() -> None:
    one = next(n for running in range(999) if (n := number(date(2008, 5, 17), running)))
    two = next(n for running in range(999) if (n := number(date(2009, 12, 24), running, (40, 0))))
    text = f"{one},{two} og {one[:6]} {one[6:]}"
    assert [text[start:end] for start, end in identity.find(text)] == [one, two, f"{one[:6]} {one[6:]}"]
    assert identity.mask(text) == f"{identity.MASK},{identity.MASK} og {identity.MASK}"
