"""Days as people write them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from model import clock
from model.language import _
from model.text import fold

_WEEKDAYS = (
    ("mandag", "måndag", "monday"),
    ("tirsdag", "tysdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "laurdag", "saturday"),
    ("søndag", "sundag", "sunday"),
)
# The shortest beginning that tells one day from the others; tor and thu, tir, tys and tue all have three letters.
_SHORTEST = 3
_NEAR = {
    "i dag": 0, "idag": 0, "today": 0,
    "i morgen": 1, "imorgen": 1, "i morgon": 1, "imorgon": 1, "tomorrow": 1,
    "i overmorgen": 2, "i overmorgon": 2,
    "i gar": -1, "igar": -1, "yesterday": -1,
    "i forgars": -2,
}  # fmt: skip

_STEP_RE = re.compile(r"([+-])\s*(\d{1,4})\s*([a-zå]+)")
# Folded unit -> (days, months) in one of it.
_UNITS = {
    **dict.fromkeys(("d", "dag", "dager", "dagar", "day", "days"), (1, 0)),
    **dict.fromkeys(("u", "uke", "uker", "v", "veke", "veker", "w", "week", "weeks"), (7, 0)),
    **dict.fromkeys(("m", "mnd", "maned", "maneder", "manad", "manader", "month", "months"), (0, 1)),
    **dict.fromkeys(("ar", "y", "year", "years"), (0, 12)),
}

_ISO_RE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH_RE = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")


def read_day(text: str, *, past: bool = False) -> date:
    """The day somebody means; ValueError with a sentence for the reader when it cannot be told.

    Takes `18.11`, `18.11.26`, `18/11-26`, `18.11.2026`, `2026-11-18`; `+10d`, `+2w` or `+2u`, `+3m`, `-3d`; `i dag`,
    `today`, `i morgen`, `i går` …; and weekdays in nb, nn and en, whole or from three letters.

    Deadlines lie ahead: a weekday is the next one after today, `18.11` is this year's unless it has been, and a year of
    two digits lies within 50 years. What is logged has happened: with `past` each is the last up to today (the year: to
    this year, so that a slip of days is seen for what it is and not taken for another century).
    """
    written = text.strip()
    today = clock.today()
    told = fold(written)
    try:
        if told in _NEAR:
            return today + timedelta(days=_NEAR[told])
        if (step := _STEP_RE.fullmatch(written.lower())) and (days_or_months := _UNITS.get(fold(step[3]))):
            return _step(today, int(step[1] + step[2]), *days_or_months)
        if iso := _ISO_RE.fullmatch(written):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if found := _DAY_MONTH_RE.fullmatch(written.replace(" ", "")):
            return _day_month(today, int(found[1]), int(found[2]), found[3], past)
    except (ValueError, OverflowError):
        raise ValueError(_("There is no such day.")) from None
    if (weekday := _weekday(told)) is not None:
        ahead = (weekday - today.weekday()) % 7
        if past:
            return today - timedelta(days=-ahead % 7)
        return today + timedelta(days=ahead or 7)
    raise ValueError(_("Write a day such as 18.11, 18.11.2026, +2w or fri."))


def age(birth: date, on: date) -> int:
    """Whole years from birth to `on`; someone born on 29 February turns on 1 March in common years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def months_on(day: date, months: int) -> date:
    """So many months on, or back; a month on from the 31st is the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _step(today: date, number: int, days: int, months: int) -> date:
    return months_on(today, number * months) + timedelta(days=number * days)


def _day_month(today: date, day: int, month: int, year: str | None, past: bool) -> date:
    if year is None:
        return _nearest(today, day, month, past)
    if len(year) == 4:
        return date(int(year), month, day)
    century = today.year - today.year % 100
    latest = today.year if past else today.year + 50
    number = century + int(year)
    if number > latest:
        number -= 100
    elif number <= latest - 100:
        number += 100
    return date(number, month, day)


def _nearest(today: date, day: int, month: int, past: bool) -> date:
    """The year that puts the day ahead of us, today included (or behind us). 29 February waits for a leap year."""
    for years in range(9):
        year = today.year + (-years if past else years)
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    raise ValueError


def _weekday(told: str) -> int | None:
    if len(told) < _SHORTEST:
        return None
    for number, names in enumerate(_WEEKDAYS):
        if any(fold(name).startswith(told) for name in names):
            return number
    return None
