"""The only door to the time of day.

Every deadline is reckoned from here, so every deadline can be tested: `SAMLOP_TODAY=2026-12-01` or `fixed()` stop
the clock's date for rehearsals and tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

_fixed: date | None = None


def today() -> date:
    """The date on the wall (local time), unless it is fixed."""
    if _fixed is not None:
        return _fixed
    told = os.environ.get("SAMLOP_TODAY")
    if told:
        return date.fromisoformat(told)
    return date.today()


def now() -> datetime:
    """The moment in UTC, to the second. On a fixed date: that date, with the real time of day."""
    moment = datetime.now(UTC).replace(microsecond=0)
    if _fixed is None and "SAMLOP_TODAY" not in os.environ:
        return moment
    return datetime.combine(today(), time(moment.hour, moment.minute, moment.second), UTC)


def stamp() -> str:
    """`now()` as the text the store keeps: `2026-11-21T09:30:00Z`."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def fixed(day: date) -> Iterator[None]:
    """Hold the date still within a block."""
    global _fixed
    before, _fixed = _fixed, day
    try:
        yield
    finally:
        _fixed = before
