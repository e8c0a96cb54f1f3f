"""Days that people can be asked to meet on: working days in Norway, and the one to propose in a month.

24 and 31 December are no public holidays, and nobody meets then.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

_EVES = frozenset({(12, 24), (12, 31)})
_MIDDLE = (1, 2, 3)  # Tuesday to Thursday: those who travel need neither Monday's nor Friday's


@cache
def _holidays(year: int) -> dict[date, str]:
    from holidays import country_holidays  # slow to import

    return dict(country_holidays("NO", years=year, language="no").items())


def holiday(day: date) -> str | None:
    """What a public holiday is called, in Norwegian."""
    return _holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in _EVES and holiday(day) is None


def month_of(month: int | None, per_year: int | None, number: int) -> int | None:
    """The month of the year's meeting number `number`; those of a kind stand evenly apart.

    A kind that is held once a year and says no month is held in October; twice, in April and October. None: by
    agreement, so at any time.
    """
    if per_year is None:
        return month
    apart = 12 / per_year
    if month is None:
        return max(1, int(apart * number) - 2) if number <= per_year else 12
    return min(12, month + int(apart * (number - 1)))


def propose(year: int, month: int | None, *, earliest: date, at_best: date, in_time: date | None = None) -> date:
    """A good working day of the month, near its middle, from Tuesday to Thursday where there is one.

    Rather not before `at_best` (people are to be asked in time), and not before `earliest`: where only that can be
    had, the month's last good day; when the month is past, the first good day of the year that is left, rather not
    before `in_time`. Of a year that is over: its month, as it was.
    Days between 22 December and New Year are proposed only when no others are left.
    """
    at_best = max(earliest, at_best)
    in_time = max(earliest, in_time or at_best)
    proposed = _days(year, month or 10)
    if year >= earliest.year:
        if month and (near := [day for day in proposed if day >= at_best]):
            return _best(near)
        if month and (late := [day for day in proposed if day >= earliest]):
            return max(late, key=lambda day: (day.weekday() in _MIDDLE, day))
        whole = [day for n in range(1, 13) for day in _days(year, n)]
        for start in (in_time, at_best, earliest):
            if left := [day for day in whole if day >= start]:
                return next((day for day in left[:10] if day.weekday() in _MIDDLE), left[0])
    if year == earliest.year and (any_left := _days(year, 12, quiet=True)[-1]) >= earliest:
        return any_left
    return _best(proposed)


def _best(days: list[date]) -> date:
    return min(days, key=lambda day: (day.weekday() not in _MIDDLE, abs(day.day - 15), day))


def _days(year: int, month: int, *, quiet: bool = False) -> list[date]:
    """The working days of a month; with `quiet` those around Christmas too."""
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    return [day for day in days if is_working_day(day) and (quiet or (day.month, day.day) < (12, 22))]
