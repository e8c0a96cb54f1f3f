"""Days as people write them, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import clock, language
from model.dates import age, read_day

TODAY = date(2026, 11, 21)  # a Saturday
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.fixed(TODAY):
        yield


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18.11.2026", date(2026, 11, 18)),
        ("18.11.26", date(2026, 11, 18)),
        ("18/11-26", date(2026, 11, 18)),
        ("18/11/2026", date(2026, 11, 18)),
        ("18-11-2026", date(2026, 11, 18)),
        (" 18. 11. 2026 ", date(2026, 11, 18)),
        ("2026-11-18", date(2026, 11, 18)),
        ("1.2.2027", date(2027, 2, 1)),
        ("18.11", date(2027, 11, 18)),
        ("21.11", date(2026, 11, 21)),
        ("22.11.", date(2026, 11, 22)),
        ("1/12", date(2026, 12, 1)),
        ("29.2", date(2028, 2, 29)),
        ("15.3.10", date(2010, 3, 15)),
        ("15.3.98", date(1998, 3, 15)),
        ("+10d", date(2026, 12, 1)),
        ("+2w", date(2026, 12, 5)),
        ("+2u", date(2026, 12, 5)),
        ("+2 uker", date(2026, 12, 5)),
        ("+2 veker", date(2026, 12, 5)),
        ("+3m", date(2027, 2, 21)),
        ("+1 måned", date(2026, 12, 21)),
        ("+1 år", date(2027, 11, 21)),
        ("-3d", date(2026, 11, 18)),
        ("-1u", date(2026, 11, 14)),
        ("i dag", TODAY),
        ("idag", TODAY),
        ("Today", TODAY),
        ("i morgen", date(2026, 11, 22)),
        ("i morgon", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 22)),
        ("i går", date(2026, 11, 20)),
        ("yesterday", date(2026, 11, 20)),
        ("fre", date(2026, 11, 27)),
        ("fredag", date(2026, 11, 27)),
        ("Fri", date(2026, 11, 27)),
        ("man.", date(2026, 11, 23)),
        ("måndag", date(2026, 11, 23)),
        ("tysdag", date(2026, 11, 24)),
        ("tir", date(2026, 11, 24)),
        ("tue", date(2026, 11, 24)),
        ("wed", date(2026, 11, 25)),
        ("tor", date(2026, 11, 26)),
        ("thu", date(2026, 11, 26)),
        ("søndag", date(2026, 11, 22)),
        ("lør", date(2026, 11, 28)),
        ("laurdag", date(2026, 11, 28)),
    ],
)
def test_a_deadline(written: str, meant: date) -> None:
    assert read_day(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18.11", date(2026, 11, 18)),
        ("21.11", TODAY),
        ("22.11", date(2025, 11, 22)),
        ("29.2", date(2024, 2, 29)),
        ("22.11.26", date(2026, 11, 22)),
        ("1.1.70", date(1970, 1, 1)),
        ("1.1.09", date(2009, 1, 1)),
        ("fre", date(2026, 11, 20)),
        ("lør", TODAY),
        ("søn", date(2026, 11, 15)),
        ("i går", date(2026, 11, 20)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_something_that_has_happened(written: str, meant: date) -> None:
    assert read_day(written, past=True) == meant


@pytest.mark.parametrize(
    "written", ["", " ", "x", "fr", "to", "18", "18.", "1811", "18.11.202", "+w", "+2x", "2w", "+99999d", "snart"]
)
def test_what_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match=r"^Write a day such as 18\.11"):
        read_day(written)


@pytest.mark.parametrize(
    "written", ["31.2.2026", "29.2.2027", "0.1", "32.1", "1.13", "2026-13-01", "+9999y", "-9999y", "0000-01-01"]
)
def test_days_that_are_not_in_the_calendar(written: str) -> None:
    with pytest.raises(ValueError, match=r"^There is no such day\.$"):
        read_day(written)


@pytest.mark.parametrize(
    ("start", "meant"), [(date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 8, 31), date(2026, 9, 30))]
)
def test_a_month_on_from_a_long_month_is_the_last_day(start: date, meant: date) -> None:
    with clock.fixed(start):
        assert read_day("+1m") == meant


@given(DAYS, st.booleans())
def test_a_whole_day_is_read_back_as_written(day: date, past: bool) -> None:
    for written in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m-%Y}"):
        assert read_day(written, past=past) == day


@given(today=DAYS, day=DAYS)
def test_a_day_without_a_year_lies_on_the_right_side(today: date, day: date) -> None:
    written = f"{day.day}.{day.month}"
    with clock.fixed(today):
        ahead, behind = read_day(written), read_day(written, past=True)
    assert behind <= today <= ahead
    assert (ahead.day, ahead.month) == (behind.day, behind.month) == (day.day, day.month)
    assert ahead == behind or ahead - behind <= timedelta(days=366 * 8)


@given(today=DAYS, name=st.sampled_from(["man", "tirsdag", "ons", "torsdag", "fri", "laurdag", "sunday"]))
def test_a_weekday_is_within_a_week(today: date, name: str) -> None:
    with clock.fixed(today):
        ahead, behind = read_day(name), read_day(name, past=True)
    assert timedelta(days=1) <= ahead - today <= timedelta(days=7)
    assert timedelta(days=0) <= today - behind <= timedelta(days=6)
    assert ahead.weekday() == behind.weekday()


@pytest.mark.parametrize("tongue", ["nb", "nn", "en"])
def test_what_is_understood_does_not_depend_on_the_language(tongue: str) -> None:
    language.use(tongue)
    assert read_day("fre") == read_day("fri") == date(2026, 11, 27)


def test_age() -> None:
    assert age(date(2008, 11, 21), TODAY) == 18
    assert age(date(2008, 11, 22), TODAY) == 17
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age(date(2008, 2, 29), date(2026, 3, 1)) == 18
